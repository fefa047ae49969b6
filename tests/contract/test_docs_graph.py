"""The link graph, on both engines: edges, entries, distances, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cde_orchestrator.domain.graph import LinkGraphSummary, LinkNode
from cde_orchestrator.domain.options import GraphOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines, new_cancel_token
from cde_orchestrator.errors import InvalidArgumentError, OperationCancelledError
from conftest import TreeMaker

FILES: dict[str, str | bytes] = {
    "README.md": "# Top\n\n[a](docs/a.md#x) [a](docs/a.md) ![i](docs/b.md) [x](README.md) [f][r]\n\n[r]: docs/sub\n",
    "docs/a.md": "# A\n\n[b](B.md) [gone](gone.md) [out](https://example.org) x[^1]\n\n[^1]: [up](../README.md)\n",
    "docs/b.md": "# B\n\n<a href='sub/'>folder</a>\n",
    "docs/sub/index.md": "# Index\n",
    "docs/lost.md": "# Lost\n\n[lonely](lonely.md)\n",
    "docs/lonely.md": "[lost](lost.md)\n",
    "notes.md": "# Notes\n",
    "caf\udce9.md": "# Name\n\n[notes](notes.md)\n",
}


def graph(
    engines: Engines, root: Path, options: GraphOptions | None = None, detail: str = "full"
) -> tuple[dict[str, LinkNode], LinkGraphSummary, bytes]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions(detail=detail))  # type: ignore[arg-type]
    answer = engines.documentation.graph(tree, scan, options or GraphOptions())
    assert isinstance(answer.summary, LinkGraphSummary)
    return {node.path: node for node in answer.items}, answer.summary, answer.to_json()


def test_edges_and_the_way_from_the_entries(engines: Engines, make_tree: TreeMaker) -> None:
    nodes, summary, raw = graph(engines, make_tree(FILES))
    assert list(nodes) == sorted(FILES, key=lambda path: path.encode("utf-8", "surrogateescape"))
    assert {path: node.links_to for path, node in nodes.items() if node.links_to} == {
        "README.md": ("docs/a.md", "docs/sub/index.md"),
        "caf\udce9.md": ("notes.md",),
        "docs/a.md": ("README.md", "docs/b.md"),
        "docs/b.md": ("docs/sub/index.md",),
        "docs/lonely.md": ("docs/lost.md",),
        "docs/lost.md": ("docs/lonely.md",),
    }
    assert {path: node.depth for path, node in nodes.items()} == {
        "README.md": 0,
        "caf\udce9.md": None,
        "docs/a.md": 1,
        "docs/b.md": 2,
        "docs/lonely.md": None,
        "docs/lost.md": None,
        "docs/sub/index.md": 1,
        "notes.md": None,
    }
    assert nodes["docs/sub/index.md"].linked_from == 2
    assert [path for path, node in nodes.items() if node.entry] == ["README.md"]
    assert summary == LinkGraphSummary(documents=8, edges=8, entries=1, orphans=1, unreachable=4)
    document = json.loads(raw)
    assert document["schema"] == "cde.docs.graph/1"
    assert document["items"][1]["path"] == "caf\\xe9.md"
    assert nodes["docs/lonely.md"].title is None
    assert nodes["notes.md"].ref.startswith("notes.md#L1-L1@")


def test_entries_may_be_chosen(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    nodes, summary, _ = graph(engines, root, GraphOptions(("docs/lost.md", "caf\udce9.md")))
    assert {path for path, node in nodes.items() if node.depth is not None} == {
        "docs/lost.md",
        "docs/lonely.md",
        "caf\udce9.md",
        "notes.md",
    }
    assert (summary.entries, summary.unreachable) == (2, 4)
    for path in ("none.md", "docs", "./README.md", ""):
        with pytest.raises(InvalidArgumentError, match="the entry is no scanned document") as caught:
            graph(engines, root, GraphOptions((path,)))
        assert caught.value.path == path


def test_a_table_of_contents_is_an_entry_wherever_it_stands(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"book/src/SUMMARY.md": "[a](a.md)\n", "book/src/a.md": "# A\n", "src/README.md": "# B\n"})
    nodes, summary, _ = graph(engines, root)
    assert {path: node.depth for path, node in nodes.items()} == {
        "book/src/SUMMARY.md": 0,
        "book/src/a.md": 1,
        "src/README.md": None,
    }
    assert summary.entries == 1


def test_a_leading_slash_follows_the_site_root(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"README.md": "[a](/a.md)\n", "site/a.md": "# A\n"})
    assert graph(engines, root)[1].edges == 0
    assert graph(engines, root, GraphOptions(site_root="site"))[1].edges == 1
    with pytest.raises(InvalidArgumentError, match="the site root is no folder"):
        graph(engines, root, GraphOptions(site_root="none"))


def test_what_cannot_be_answered(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    with pytest.raises(InvalidArgumentError, match="full detail"):
        graph(engines, root, detail="summary")
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    cancel = new_cancel_token()
    cancel.cancel()
    with pytest.raises(OperationCancelledError):
        engines.documentation.graph(tree, scan, GraphOptions(), cancel=cancel)


def test_an_empty_tree_has_an_empty_graph(engines: Engines, make_tree: TreeMaker) -> None:
    assert graph(engines, make_tree({}))[1] == LinkGraphSummary(0, 0, 0, 0, 0)


def test_a_ring_ends(engines: Engines, make_tree: TreeMaker) -> None:
    files = {f"{number:03}.md": f"# N\n\n[next]({(number + 1) % 300:03}.md)\n" for number in range(300)}
    nodes, summary, _ = graph(engines, make_tree(files), GraphOptions(("000.md",)))
    assert nodes["299.md"].depth == 299
    assert (summary.edges, summary.orphans, summary.unreachable) == (300, 0, 0)
