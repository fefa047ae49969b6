"""Both engines give the same bytes for reStructuredText, AsciiDoc, notebooks and plain text, positions included."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import require_core
from support.markdown_examples import parse_on
from support.markup_generator import ASCIIDOC_PIECES, RST_PIECES, asciidoc_document, notebook, rst_document

# `CDE_GENERATED_DOCUMENTS=20000` is the gate of a release.
GENERATED = int(os.environ.get("CDE_GENERATED_DOCUMENTS", "2000"))
GENERATORS: dict[str, Callable[[random.Random], str]] = {
    "restructuredtext": rst_document,
    "asciidoc": asciidoc_document,
    "notebook": notebook,
    "text": rst_document,
}


@pytest.fixture(autouse=True)
def _core() -> None:
    require_core()


def assert_equal(text: str, syntax: str) -> None:
    assert parse_on("rust", text, syntax) == parse_on("python", text, syntax), text


@pytest.mark.parametrize("syntax", GENERATORS)
@pytest.mark.parametrize("seed", range(2))
def test_generated_documents(seed: int, syntax: str) -> None:
    chance = random.Random(seed)
    for _ in range(GENERATED // 8):
        assert_equal(GENERATORS[syntax](chance), syntax)


@given(st.lists(st.one_of(st.sampled_from(RST_PIECES), st.text(max_size=3)), max_size=25))
def test_restructuredtext_that_hypothesis_finds(pieces: list[str]) -> None:
    assert_equal("".join(pieces), "restructuredtext")


@given(st.lists(st.one_of(st.sampled_from(ASCIIDOC_PIECES), st.text(max_size=3)), max_size=25))
def test_asciidoc_that_hypothesis_finds(pieces: list[str]) -> None:
    assert_equal("".join(pieces), "asciidoc")


@given(st.text(alphabet='{}[]",:\\ \n1-e.ntrufalscdkow_yp#é\ud7ff', max_size=60))
def test_json_that_hypothesis_finds(text: str) -> None:
    assert_equal(text, "notebook")
    assert_equal(f'{{"cells": [{{"cell_type": "markdown", "source": {text}}}]}}', "notebook")


def test_ids_agree_on_every_code_point() -> None:
    characters = [chr(code) for code in range(0x20, 0x3100) if chr(code) not in "\x7f\x85"]
    for start in range(0, len(characters), 64):
        title = "a" + "b".join(characters[start : start + 64]) + "c"
        assert_equal(f"{title}\n{'=' * 300}\n", "restructuredtext")
        assert_equal(f"== {title}\n", "asciidoc")
