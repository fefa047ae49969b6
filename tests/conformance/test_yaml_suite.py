"""The YAML test suite, with each of its texts as front matter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.front_matter import front_matter

CASES = json.loads((Path(__file__).parent / "data" / "yaml-test-suite" / "cases.json").read_text(encoding="utf-8"))

# Accepted although the suite calls them errors: text inside brackets and quotes may have any indentation, as it has in
# PyYAML, libyaml and ruamel.yaml, by which people's front matter was written. The list may only shrink.
LENIENT = {"9C9N", "DK95/01", "QB6E"}
NOT_A_MAPPING = "the front matter is not a mapping"
# Valid YAML whose keys are collections, which JSON cannot hold.
COMPLEX_KEY = "a key must be a single value"


def test_the_whole_suite_is_here() -> None:
    assert len(CASES) == 322
    assert sum(case["error"] for case in CASES) == 75


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['name']}")
def test_case(engine: str, case: dict[str, Any]) -> None:
    # A comment first, because text after a blank line would be no front matter.
    text = case["yaml"] if case["yaml"].endswith("\n") else case["yaml"] + "\n"
    found = front_matter(engine, f"---\n#\n{text}---\n")
    message = (found["error"] or {}).get("message")
    if case["id"] in LENIENT:
        assert case["error"]
        assert message is None
    elif case["error"]:
        assert message == "the YAML cannot be parsed"
    elif isinstance(case.get("json"), dict):
        assert message is None
        assert found["data"] == case["json"]
    elif case.get("json") is not None:
        assert message == NOT_A_MAPPING
    else:
        assert message in {None, NOT_A_MAPPING, COMPLEX_KEY}
