"""Documents made to cost time, memory or stack: both engines answer, with a diagnostic where a limit is reached.

None of these is timed; what would take more than linear time here would not end within a run of the suite.
"""

from __future__ import annotations

import json

import pytest

from support.markdown_examples import parse_on

SIZE = 30_000

HOSTILE = {
    "block quotes": ">" * SIZE + "a",
    "lists in a line": "- " * SIZE + "a",
    "lists by indentation": "".join(" " * (2 * depth) + "- a\n" for depth in range(60)),
    "too deep by indentation": "".join(" " * (2 * depth) + "- a\n" for depth in range(120)),
    "opening brackets": "[" * SIZE,
    "brackets": "[" * SIZE + "]" * SIZE,
    "images in images": "![" * (SIZE // 8) + "a" + "](b)" * (SIZE // 8),
    "links in links": "[a " * (SIZE // 8) + "](b)" * (SIZE // 8),
    "links that never close": "[a](b" * (SIZE // 5),
    "undefined in undefined": "[" * (SIZE // 8) + "a" + "][b]" * (SIZE // 8),
    "asterisks": "*" * SIZE,
    "openers": "*a " * (SIZE // 3),
    "mixed delimiters": "*a_b~~" * (SIZE // 6),
    "backticks": "".join("a" + "`" * length for length in range(1, 240)),
    "less than": "<" * SIZE,
    "tags that never close": '<a b="' * (SIZE // 6),
    "comments that never close": "x <!--" * (SIZE // 6),
    "sections that never close": "x <![CDATA[]" * (SIZE // 12),
    "columns": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n|b|\n",
    "missing cells": "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + "|b|\n" * 300,
    "references": "[a]: /u\n\n" + "[a] " * (SIZE // 4),
    "references to much": "[a]: " + "x" * SIZE + "\n\n" + "[a] " * (SIZE // 4),
    "definitions": "[a]: /u\n" * (SIZE // 8),
    "a title over many lines": "[a](b '" + "x\n" * SIZE + "')",
    "footnotes": "[^a]: x\n\n" + "[^a] " * (SIZE // 5),
    "addresses": "http://a.b/" + ")" * SIZE,
    "mail addresses": "a@" * SIZE,
    "wiki links": "[[a" * (SIZE // 3),
    "tabs": "\t" * SIZE,
    "tabs in a heading": "#" + "\t" * SIZE + "#",
    "a long line beyond ASCII": "é[é](é) " * (SIZE // 8),
    "carriage returns": "a\r" * SIZE,
    "blank lines": "- a\n" + "\n" * SIZE,
    "expressions": "{" * SIZE,
    "JSX that never closes": "<a {" * (SIZE // 4),
    "zeros": "\0" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_answered_alike(engine: str, name: str) -> None:
    for syntax in ("markdown", "mdx"):
        found = parse_on(engine, HOSTILE[name], syntax)
        record = json.loads(found)
        assert record == "limit-exceeded" or record["size"] == len(HOSTILE[name].encode())
        if engine == "rust":
            assert found == parse_on("python", HOSTILE[name], syntax)


@pytest.mark.parametrize("name", ["block quotes", "lists in a line", "too deep by indentation", "missing cells"])
def test_limits_are_errors_of_the_one_document(engine: str, name: str) -> None:
    assert json.loads(parse_on(engine, HOSTILE[name])) == "limit-exceeded"


def test_texts_cannot_grow_without_bound(engine: str) -> None:
    record = json.loads(parse_on(engine, "![a " * 2000 + "](b)" * 2000))
    assert max(len(link["text"]) for link in record["links"]) in (999, 1000)
    record = json.loads(parse_on(engine, "[" * 500 + "a" + "][b]" * 500))
    assert max(len(found["text"]) for found in record["undefined_references"]) == 200
