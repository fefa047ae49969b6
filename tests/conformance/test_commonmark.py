"""CommonMark 0.31.2: every example's headings, links, images and code blocks against the HTML that it expects.

The examples come from the sources of the crate ``pulldown-cmark`` (see ``support.markdown_examples``); 652 of 652 are
checked on both engines. ``DEVIATIONS`` names those whose records differ from the HTML on purpose; it may only shrink.
"""

from __future__ import annotations

import json

import pytest

from support.expected_html import expectation_of, summary_of
from support.markdown_examples import Example, examples, parse_on, require_examples

EXAMPLES = examples("spec")
NUMBER_OF_EXAMPLES = 652

# Where a record is not what the HTML shows: the example and the reason.
DEVIATIONS = {
    "spec_test_96": "what stands between two lines of hyphens at the very start is front matter",
    "spec_test_169": "a pre element in an HTML block is no code block of the document",
    "spec_test_520": "a link within an image's description is recorded, though HTML's alt has no link",
    "spec_test_574": "an image within an image's description is recorded as well",
    "spec_test_575": "a link within an image's description is recorded, though HTML's alt has no link",
    "spec_test_617": "the src of an unknown element is recorded as a link",
    "spec_test_642": "a line break in an HTML attribute is recorded as one space",
    "spec_test_643": "a line break in an HTML attribute is recorded as one space",
}


def test_all_examples_are_here() -> None:
    require_examples(EXAMPLES)
    assert len(EXAMPLES) == NUMBER_OF_EXAMPLES
    assert set(DEVIATIONS) <= {example.name for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_records_match_the_expected_html(engine: str, example: Example) -> None:
    record = json.loads(parse_on(engine, example.markdown))
    agrees = summary_of(record) == expectation_of(example.html, record)
    if example.name in DEVIATIONS:
        assert not agrees, f"{example.name} agrees now: remove it from DEVIATIONS"
    else:
        assert summary_of(record) == expectation_of(example.html, record), example.markdown
