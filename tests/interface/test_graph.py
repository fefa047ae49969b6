"""``cde docs graph`` as text, for Graphviz and for Mermaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import TreeMaker
from support.command_line import cde


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(
        {
            "README.md": '# Top\n\n[a](<a "b"#.md>) [c](c.md)\n',
            'a "b"#.md': "# A\n\n[c](c.md)\n",
            "c.md": "# C\n",
            "lost\x1b[31m.md": "# Lost\x1b[31m\n",
        }
    )


def test_text(repository: Path, engine: str) -> None:
    outcome = cde("docs", "graph", "--engine", engine, cwd=repository)
    assert outcome.code == 0
    assert outcome.out == (
        "4 documents · 2 links between them · 1 entry · 2 orphans · 2 unreachable\n"
        "\n"
        "Most linked\n"
        "       2  c.md  C\n"
        "\n"
        "Orphans: no other document links to them\n"
        '  a "b"#.md  A\n'
        "  lost\\x1b[31m.md  Lost\\x1b[31m\n"
    )


def test_dot(repository: Path, engine: str) -> None:
    lines = cde("docs", "graph", "--format", "dot", "--engine", engine, cwd=repository).out.splitlines()
    assert (lines[0], lines[-1]) == ("digraph links {", "}")
    assert '  "README.md" [style=bold];' in lines
    assert '  "a \\"b\\"#.md" -> "c.md";' in lines
    assert '  "lost\\\\x1b[31m.md" [style=dashed];' in lines


def test_mermaid(repository: Path, engine: str) -> None:
    assert cde("docs", "graph", "--format", "mermaid", "--engine", engine, cwd=repository).out == (
        "flowchart LR\n"
        '  n0("README.md")\n'
        '  n1["a #quot;b#quot;#35;.md"]\n'
        '  n2["c.md"]\n'
        '  n3["lost\\x1b[31m.md"]\n'
        "  n0 --> n2\n"
        "  n1 --> n2\n"
    )


def test_entries_and_wrong_calls(repository: Path) -> None:
    chosen = cde("docs", "graph", "--entry", 'a "b"#.md', "--format", "json", cwd=repository).json
    assert chosen["summary"] == {"documents": 4, "edges": 2, "entries": 1, "orphans": 2, "unreachable": 2}
    wrong = cde("docs", "graph", "--entry", "none.md", cwd=repository)
    assert (wrong.code, wrong.err.startswith("error: the entry is no scanned document: none.md\nhint: ")) == (2, True)
    assert cde("docs", "graph", "--format", "sarif", cwd=repository).code == 2
    assert cde("files", "list", "--format", "dot", cwd=repository).code == 2
