"""Both engines give the same bytes for a Markdown document, positions included."""

from __future__ import annotations

import os
import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import require_core
from support.markdown_examples import examples, parse_on, record_on, require_examples
from support.markdown_generator import CHARACTERS, PIECES, document

KNOWN = tomllib.loads((Path(__file__).parent / "known_differences.toml").read_text()).get("difference", [])
KNOWN_TEXTS = {entry["text"] for entry in KNOWN}
# `CDE_GENERATED_DOCUMENTS=20000` is the gate of a release.
GENERATED = int(os.environ.get("CDE_GENERATED_DOCUMENTS", "2000"))
SUITES = (
    "footnotes",
    "gfm_table",
    "gfm_tasklist",
    "heading_attrs",
    "math",
    "regression",
    "spec",
    "strikethrough",
    "table",
)


@pytest.fixture(autouse=True)
def _core() -> None:
    require_core()


def assert_equal(text: str, syntax: str = "markdown") -> None:
    if text not in KNOWN_TEXTS:
        assert parse_on("rust", text, syntax) == parse_on("python", text, syntax), text


@pytest.mark.parametrize("suite", SUITES)
def test_examples_of_other_parsers(suite: str) -> None:
    found = examples(suite)
    require_examples(found)
    for example in found:
        text = example.markdown
        for variant in (text, text.rstrip("\n"), text.replace("\n", "\r\n"), text.replace("\n", "\r")):
            assert_equal(variant)


@pytest.mark.parametrize("syntax", ["markdown", "mdx"])
@pytest.mark.parametrize("seed", range(4))
def test_generated_documents(seed: int, syntax: str) -> None:
    chance = random.Random(seed)
    for _ in range(GENERATED // 8):
        assert_equal(document(chance), syntax)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(CHARACTERS, max_size=6), st.text(max_size=3)), max_size=25))
def test_documents_that_hypothesis_finds(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert_equal(text)
    assert_equal(text, "mdx")


@pytest.mark.parametrize("entry", KNOWN, ids=lambda entry: entry["reason"][:40])
def test_known_differences_still_differ(entry: dict[str, str]) -> None:
    assert entry["reason"]
    assert parse_on("rust", entry["text"]) != parse_on("python", entry["text"]), "remove it from the list"


def test_the_tables_of_the_unicode_standard_agree() -> None:
    """Which code points are punctuation shows in emphasis, how labels fold in references."""
    characters = [chr(code) for code in range(0x80, 0x20000) if not 0xD800 <= code <= 0xDFFF]
    for start in range(0, len(characters), 8000):
        part = characters[start : start + 8000]
        text = "".join(f"# a*{one}*b\n\n" for one in part) + "\n".join(f"[x][q{one}]\n" for one in part)
        rust, python = record_on("rust", text), record_on("python", text)
        assert [one["text"] for one in rust["headings"]] == [one["text"] for one in python["headings"]]
        assert rust["undefined_references"] == python["undefined_references"]
