"""Slugs against those that the sites themselves give."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cde_orchestrator.engines.python.documentation.slug import Slugger
from support.front_matter import slugs

FIXTURES = json.loads((Path(__file__).parent / "data" / "github-slugger" / "fixtures.json").read_text(encoding="utf-8"))

HEADINGS = [
    "What's new?  - in 2.0",
    "  Straße & Čeština\t(ΟΔΥΣΣΕΥΣ) ",
    "İstanbul ½ ① ℃ ﬁ",
    "12",
    "!?",
    "_a_ -- b_",
    "你好 мир हिन्दी",
    "Ǆ K Å ẞ",
]
# What Python-Markdown 3.10, GitLab's and Hugo's source and mdBook 0.5 make of them.
EXPECTED = {
    "mkdocs": [
        "whats-new-in-20",
        "strae-cestina",
        "istanbul-12-1-c-fi",
        "12",
        "",
        "_a_-b_",
        "",
        "dz-k-a",
    ],
    "gitlab": [
        "whats-new-in-20",
        "straße-češtinaοδυσσευσ",
        "i\u0307stanbul-ﬁ",
        "anchor-12",
        "",
        "_a_-b_",
        "你好-мир-हिन्दी",
        "ǆ-k-å-ß",
    ],
    "hugo": [
        "whats-new----in-20",
        "--straße--čeština-οδυσσευσ-",
        "istanbul----ﬁ",
        "12",
        "heading",
        "_a_----b_",
        "你好-мир-हनद",
        "ǆ-k-å-ß",
    ],
    "mdbook": [
        "whats-new----in-20",
        "straße--čeština-οδυσσευς",
        "istanbul-½-①--ﬁ",
        "12",
        "section",
        "_a_----b_",
        "你好-мир-हिनदी",
        "ǆ-k-å-ß",
    ],
}


def test_github_slugger_fixtures() -> None:
    """The native engine's turn is in ``crates/cde-documentation/tests/slug_fixtures.rs``."""
    assert len(FIXTURES) == 78
    slugger = Slugger("github")
    assert [slugger.next(case["input"]) for case in FIXTURES] == [case["expected"] for case in FIXTURES]


def test_github_slugs_of_headings_that_stand_once(engine: str) -> None:
    once = [case for case in FIXTURES if not re.search("-[0-9]+$", case["expected"])]
    assert len(once) > 55
    for flavour in ("github", "docusaurus"):
        assert slugs(engine, flavour, [case["input"] for case in once]) == [case["expected"] for case in once]


@pytest.mark.parametrize("flavour", sorted(EXPECTED))
def test_other_flavours(engine: str, flavour: Any) -> None:
    assert slugs(engine, flavour, HEADINGS) == EXPECTED[flavour]


@pytest.mark.parametrize(
    ("flavour", "expected"),
    [
        ("github", ["a", "a-1", "a_1", "a-1-1", "a-2", "", "-1"]),
        ("docusaurus", ["a", "a-1", "a_1", "a-1-1", "a-2", "", "-1"]),
        ("gitlab", ["a", "a-1", "a_1", "a-1", "a-2", "", "-1"]),
        ("mkdocs", ["a", "a_1", "a_2", "a-1", "a_3", "_1", "_2"]),
        ("hugo", ["a", "a-1", "a_1", "a-1-1", "a-2", "heading", "heading-1"]),
        ("mdbook", ["a", "a-1", "a_1", "a-1-1", "a-2", "section", "section-1"]),
    ],
)
def test_each_flavour_counts_its_own_way(flavour: Any, expected: list[str]) -> None:
    """The native engine's turn is in ``crates/cde-documentation/src/slug/unique.rs``."""
    slugger = Slugger(flavour)
    assert [slugger.next(text) for text in ("a", "a", "a_1", "a-1", "a", "", "")] == expected


def test_the_tables_are_those_of_the_data_file() -> None:
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, root / "tools" / "generate_slug_table.py", "--check"], check=True)
