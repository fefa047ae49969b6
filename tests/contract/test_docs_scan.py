"""What a scan answers, on both engines: which documents, in what detail, how completely."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

import pytest

from cde_orchestrator.domain.options import ScanOptions, TreeOptions
from cde_orchestrator.engines.python.control import PythonCancelToken
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker

GUIDE = """---
title: The guide
status: draft
lang: en
---
# Guide {#top}

Read [the *manual*](man.md#use "T") and ![a chart](chart.png).

## Use

- [x] done
- [ ] open

```py x
code
```
"""


def scan(engines: Engines, root: object, tree: TreeOptions | None = None, **options: Any) -> dict[str, Any]:
    opened = engines.filesystem.open_tree(str(root), tree or TreeOptions())
    answer = engines.documentation.scan(opened, ScanOptions(**options))
    decoded: dict[str, Any] = json.loads(answer.to_json())
    return decoded


def paths(answer: Mapping[str, Any]) -> list[str]:
    return [item["path"] for item in answer["items"]]


def skipped(answer: Mapping[str, Any]) -> dict[str, tuple[int, list[str]]]:
    return {one["reason"]: (one["count"], one["examples"]) for one in answer["completeness"]["skipped"]}


def test_documents_are_known_by_their_names(engines: Engines, make_tree: TreeMaker) -> None:
    names = ["a.md", "B.MD", "c.markdown", "d.mdown", "e.mkd", "f.mdx", "sub/g.md"]
    others = ["h.txt", "i.py", "md", "requirements.txt", "j.md.bak"]
    answer = scan(engines, make_tree(dict.fromkeys(names + others, "x\n")), detail="names")
    assert sorted(paths(answer)) == sorted(names)
    assert paths(answer) == sorted(names, key=str.encode)
    assert answer["summary"]["documents"] == len(names)
    assert answer["completeness"]["scanned"] == len(names)
    assert "snapshot" not in answer


def test_formats_are_told_by_name(engines: Engines, make_tree: TreeMaker) -> None:
    formats = {
        "Changelog.TXT": "text",
        "README": "text",
        "a.rst": "restructuredtext",
        "b.ipynb": "notebook",
        "c.adoc": "asciidoc",
        "d.AsciiDoc": "asciidoc",
        "e.md": "markdown",
        "f.mdx": "mdx",
    }
    tree = make_tree({**dict.fromkeys(formats, "x\n"), "b.ipynb": '{"cells": []}', "requirements.txt": "x\n"})
    answer = scan(engines, tree)
    assert {one["path"]: one["format"] for one in answer["items"]} == formats
    assert answer["diagnostics"] == []
    assert {one["path"]: one["cells"] for one in answer["items"] if one["cells"] is not None} == {"b.ipynb": []}


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("source_suffix = '.txt'\n", "restructuredtext"),
        ("source_suffix = {\n    '.rst': 'x',\n    \".txt\": 'restructuredtext',\n}\n", "restructuredtext"),
        ("source_suffix = ['.rst']  # '.txt'\n", None),
        ("import os\n", None),
        ("source_suffix = '.txt'\n" + "#" * (1 << 18), None),
    ],
)
def test_texts_of_sphinx(engines: Engines, make_tree: TreeMaker, configuration: str, expected: str | None) -> None:
    text = "Title\n=====\n"
    tree = {"docs/conf.py": configuration, "docs/a/b.txt": text, "docs/README.txt": text, "c.txt": text}
    answer = scan(engines, make_tree(tree))
    formats = {one["path"]: one["format"] for one in answer["items"]}
    if expected is None:
        assert formats == {"docs/README.txt": "text"}
    else:
        assert formats == {"docs/README.txt": expected, "docs/a/b.txt": expected}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{}", None, "the notebook has no cells"),
        ('{"cells": 1}', None, "the notebook has no cells"),
        ("[]", None, "the notebook has no cells"),
        ("", 1, "the notebook is no valid JSON"),
        ('{"cells": []\n\n', 2, "the notebook is no valid JSON"),
        ('{"cells": [\n{"source": ["a\nb"]}]}', 2, "the notebook is no valid JSON"),
        ('{"cells": []}\n}', 2, "the notebook is no valid JSON"),
    ],
)
def test_notebooks_that_cannot_be_read(
    engines: Engines, make_tree: TreeMaker, text: str, line: int | None, message: str
) -> None:
    answer = scan(engines, make_tree({"n.ipynb": text}))
    (document,) = answer["items"]
    assert (document["cells"], document["headings"], document["word_count"]) == (None, [], 0)
    (diagnostic,) = answer["diagnostics"]
    assert (diagnostic["code"], diagnostic["line"], diagnostic["message"]) == ("notebook-invalid", line, message)
    assert answer["completeness"]["state"] == "complete"


def test_records_of_a_notebook_have_the_lines_of_its_file(engines: Engines, make_tree: TreeMaker) -> None:
    text = """{"nbformat": 4, "metadata": {"language_info": {"name": "julia"}}, "cells": [
 {"cell_type": "markdown", "source": ["# T\\n", "\\n",
  "[a](b.md)\\n"]},
 {"cell_type": "code", "source": "x = 1\\ny",
  "outputs": [{"source": ["# no"]}]},
 {"source": ["## U\\n",
  "`c`"], "cell_type": "markdown"}]}
"""
    (document,) = scan(engines, make_tree({"n.ipynb": text}))["items"]
    assert [(one["text"], one["line"], one["end_line"], one["section_end"]) for one in document["headings"]] == [
        ("T", 2, 7, 0),
        ("U", 6, 7, 0),
    ]
    (link,) = document["links"]
    assert (link["target"], link["line"], link["column"], link["start"], link["end"]) == ("b.md", 3, 1, 0, 0)
    (block,) = document["code_blocks"]
    assert (block["language"], block["line"], block["line_count"]) == ("julia", 4, 2)
    assert [(one["index"], one["kind"], one["line"], one["line_count"]) for one in document["cells"]] == [
        (0, "markdown", 2, 3),
        (1, "code", 4, 2),
        (2, "markdown", 6, 2),
    ]
    assert document["line_count"] == 7


def test_full_detail(engines: Engines, make_tree: TreeMaker) -> None:
    answer = scan(engines, make_tree({"guide.md": GUIDE}))
    (document,) = answer["items"]
    assert answer["schema"] == "cde.docs.scan/1"
    assert (document["title"], document["language"], document["format"]) == ("The guide", "en", "markdown")
    assert document["ref"] == f"guide.md#L1-L17@{document['hash'][7:19]}"
    assert [(one["text"], one["slug"], one["explicit_id"], one["line"]) for one in document["headings"]] == [
        ("Guide", "guide", "top", 6),
        ("Use", "use", None, 10),
    ]
    manual, chart = document["links"]
    assert (manual["text"], manual["target"], manual["fragment"], manual["title"]) == (
        "the manual",
        "man.md",
        "use",
        "T",
    )
    assert (manual["line"], manual["column"], manual["section"], manual["image"]) == (8, 6, 0, False)
    assert GUIDE.encode()[manual["start"] : manual["end"]] == b'[the *manual*](man.md#use "T")'
    assert (chart["target"], chart["image"], chart["text"]) == ("chart.png", True, "a chart")
    (block,) = document["code_blocks"]
    assert (block["language"], block["info"], block["line"], block["line_count"]) == ("py", "py x", 15, 1)
    assert document["task_items"] == {"open": 1, "done": 1}
    assert document["metrics"]["code_lines"] == 1
    assert answer["summary"] == {
        "documents": 1,
        "bytes": len(GUIDE),
        "words": document["word_count"],
        "headings": 2,
        "links": 1,
        "internal_links": 1,
        "images": 1,
        "code_blocks": 1,
        "tasks_open": 1,
        "tasks_done": 1,
        "with_front_matter": 1,
        "without_title": 0,
    }


def test_summary_detail(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"guide.md": GUIDE, "plain.md": "text\n"})
    answer = scan(engines, root, detail="summary", required_metadata=("title", "owner"))
    guide, plain = answer["items"]
    assert (guide["title"], guide["status"], guide["missing_metadata"]) == ("The guide", "draft", ["owner"])
    assert (guide["heading_count"], guide["link_count"]) == (2, 1)
    assert (plain["title"], plain["missing_metadata"]) == (None, ["title", "owner"])
    assert answer["snapshot"].startswith("sha256:")


def test_sections_end_where_the_next_heading_of_the_level_begins(engines: Engines, make_tree: TreeMaker) -> None:
    text = "# a\n\n## b\n\ntext\n\n### c\n\n## d\n\n# e\n"
    (document,) = scan(engines, make_tree({"a.md": text}))["items"]
    found = [(one["text"], one["line"], one["end_line"], one["parent"]) for one in document["headings"]]
    assert found == [("a", 1, 10, None), ("b", 3, 8, 0), ("c", 7, 8, 1), ("d", 9, 10, 0), ("e", 11, 11, None)]
    assert [text[one["start"] : one["section_end"]][:4] for one in document["headings"]] == [
        "# a\n",
        "## b",
        "### ",
        "## d",
        "# e\n",
    ]


def test_front_matter_that_cannot_be_read_is_a_diagnostic(engines: Engines, make_tree: TreeMaker) -> None:
    answer = scan(engines, make_tree({"a.md": "---\na: [\n---\n# t\n"}))
    (diagnostic,) = answer["diagnostics"]
    assert (diagnostic["code"], diagnostic["path"], diagnostic["severity"]) == (
        "frontmatter-invalid",
        "a.md",
        "warning",
    )
    assert answer["items"][0]["title"] == "t"
    assert answer["completeness"]["state"] == "complete"


def test_a_large_document_is_listed_without_content(engines: Engines, make_tree: TreeMaker) -> None:
    answer = scan(engines, make_tree({"a.md": "# t\n" * 10, "b.md": "# b\n"}), max_document_bytes=20)
    large, small = answer["items"]
    assert (large["size"], large["headings"], large["line_count"], small["title"]) == (40, [], 10, "b")
    assert [one["code"] for one in answer["diagnostics"]] == ["document-too-large"]
    assert answer["completeness"]["state"] == "partial"
    assert answer["completeness"]["limits"] == ["max-document-bytes"]


def test_a_deeply_nested_document_is_listed_without_content(engines: Engines, make_tree: TreeMaker) -> None:
    answer = scan(engines, make_tree({"a.md": "ok\n\n> > > > # t\n"}), max_nesting=3)
    assert answer["items"][0]["headings"] == []
    (diagnostic,) = answer["diagnostics"]
    assert (diagnostic["code"], diagnostic["line"]) == ("nesting-too-deep", 3)
    assert answer["completeness"]["limits"] == ["max-nesting"]
    deeper = scan(engines, make_tree({"a.md": "ok\n\n> > > > # t\n"}), max_nesting=4)
    assert deeper["items"][0]["title"] == "t"


def test_binary_files_and_links_are_skipped(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": b"\0\1\2", "b.md": "x\n"})
    (root / "c.md").symlink_to("b.md")
    answer = scan(engines, root)
    assert paths(answer) == ["b.md"]
    assert skipped(answer) == {"binary": (1, ["a.md"]), "symlink": (1, ["c.md"])}
    assert [one["code"] for one in answer["diagnostics"]] == ["binary-document"]


def test_vendored_documents_are_skipped_unless_asked_for(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"node_modules/x/README.md": "x\n", "a.md": "x\n"})
    assert skipped(scan(engines, root))["vendored"] == (1, ["node_modules/x/README.md"])
    assert paths(scan(engines, root, TreeOptions(vendored=True))) == ["a.md", "node_modules/x/README.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_document_makes_the_answer_partial(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": "x\n"})
    (root / "a.md").chmod(0)
    answer = scan(engines, root)
    assert skipped(answer)["unreadable"] == (1, ["a.md"])
    assert answer["completeness"]["state"] == "partial"


def test_encodings(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": b"\xef\xbb\xbf# \xe9\r\n", "b.md": "# ü\n".encode("utf-16"), "c.md": b"x\ry\r"})
    a, b, c = scan(engines, root)["items"]
    assert a["encoding"] == {"name": "utf-8", "bom": True, "line_ending": "crlf", "invalid_bytes": 1}
    assert a["title"] == "\ufffd"
    assert (b["title"], b["encoding"]["name"]) == ("ü", "utf-16-le")
    assert (c["line_count"], c["encoding"]["line_ending"]) == (2, "cr")


def test_outline(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"guide.md": GUIDE})
    answer = json.loads(engines.documentation.outline(str(root / "guide.md"), ScanOptions()).to_json())
    assert answer["schema"] == "cde.docs.outline/1"
    assert answer["summary"]["title"] == "The guide"
    assert [(one["level"], one["line"], one["end_line"], one["words"]) for one in answer["items"]] == [
        (1, 6, 17, 10),
        (2, 10, 17, 3),
    ]
    assert answer["items"][1]["ref"].startswith(f"{root}/guide.md#L10-L17@")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "Title\n=====\n\nPart\n----\n"),
        ("a.adoc", "= Title\n\n== Part\n"),
        ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": ["# Title\\n",\n"## Part"]}]}'),
        ("README.txt", "Title\n"),
    ],
)
def test_outlines_of_other_formats(engines: Engines, make_tree: TreeMaker, name: str, text: str) -> None:
    answer = engines.documentation.outline(str(make_tree({name: text}) / name), ScanOptions())
    titles = [(section.level, section.text) for section in answer.items]
    assert titles == [(1, "Title"), (2, "Part")][: len(titles)]
    assert titles
    assert answer.summary.title == "Title"


def test_a_scan_can_be_cancelled(make_tree: TreeMaker) -> None:
    from cde_orchestrator.engines.select import select_engine
    from cde_orchestrator.errors import OperationCancelledError

    engines = select_engine("python")
    tree = engines.filesystem.open_tree(str(make_tree({"a.md": "x\n"})), TreeOptions())
    token = PythonCancelToken()
    token.cancel()
    with pytest.raises(OperationCancelledError):
        engines.documentation.scan(tree, ScanOptions(), cancel=token)


def test_both_engines_give_the_same_bytes(both_engines: tuple[Engines, Engines], make_tree: TreeMaker) -> None:
    files: dict[str, str | bytes] = {
        "guide.md": GUIDE,
        "a.mdx": "import X from 'x'\n\n<X href='y.md'>\n\n# t {1}\n\n</X>\n",
        "bad.md": "---\na: [\n---\n",
        "large.md": "word " * 500,
        "nul.md": b"\0",
        "deep.md": ">" * 80 + "x\n",
        "latin.md": b"# caf\xe9\n",
        "x.rst": "x\n",
        "node_modules/m.md": "x\n",
    }
    root = make_tree(files)
    for detail in ("names", "summary", "full"):
        python, rust = (scan(engine, root, detail=detail, max_document_bytes=2000) for engine in both_engines)
        assert python.pop("engine") != rust.pop("engine")
        assert json.dumps(python) == json.dumps(rust)
