"""GitHub Flavored Markdown 0.29: the examples of tables, task lists and strikethrough, and GFM's footnotes.

The examples come from the sources of the crate ``pulldown-cmark`` (see ``support.markdown_examples``).
"""

from __future__ import annotations

import pytest

from support.expected_html import expectation_of, expected_of, summary_of
from support.markdown_examples import Example, examples, record_on, require_examples

TABLES = examples("gfm_table") + examples("table")
TASKS = examples("gfm_tasklist")
FOOTNOTES = examples("footnotes")


def names(found: list[Example]) -> list[str]:
    return [example.name for example in found]


def test_all_examples_are_here() -> None:
    require_examples(TABLES)
    assert (len(TABLES), len(TASKS), len(FOOTNOTES)) == (37, 2, 26)


@pytest.mark.parametrize("example", TABLES, ids=names(TABLES))
def test_tables(engine: str, example: Example) -> None:
    record = record_on(engine, example.markdown)
    expected = expected_of(example.html)
    assert len(record["tables"]) == expected.tables
    assert summary_of(record) == expectation_of(example.html, record)


@pytest.mark.parametrize("example", TASKS, ids=names(TASKS))
def test_task_lists(engine: str, example: Example) -> None:
    items = record_on(engine, example.markdown)["task_items"]
    expected = expected_of(example.html).task_items
    assert items == {"open": expected.count(False), "done": expected.count(True)}


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# ~~Hi~~ Hello, ~there~ world!", "Hi Hello, there world!"),
        ("# This will ~~~not~~~ strike.", "This will ~~~not~~~ strike."),
        ("# a~b~c a~~b~~c", "a~b~c abc"),
    ],
)
def test_strikethrough_is_no_text(engine: str, markdown: str, text: str) -> None:
    assert record_on(engine, markdown)["headings"][0]["text"] == text


@pytest.mark.parametrize("example", FOOTNOTES, ids=names(FOOTNOTES))
def test_footnotes(engine: str, example: Example) -> None:
    record = record_on(engine, example.markdown)
    references = [link for link in record["links"] if link["kind"] == "footnote"]
    definitions = [found for found in record["definitions"] if found["kind"] == "footnote"]
    assert len(references) == example.html.count('class="footnote-reference"')
    assert len(definitions) == example.html.count('class="footnote-definition"')
