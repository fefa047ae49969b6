"""What a user demands of front matter, through the real process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from conftest import TreeMaker
from support.command_line import cde


def rules_found(root: Path, *words: str, engine: str) -> list[tuple[str, int]]:
    outcome = cde("docs", "check", "--select", "metadata", "--format", "json", "--engine", engine, *words, cwd=root)
    assert outcome.code in (0, 1), outcome.err
    return [(item["rule"], item["line"]) for item in outcome.json["items"]]


ENGINES = pytest.mark.parametrize("engine", ["rust", "python"])


@ENGINES
def test_nothing_is_demanded_until_somebody_asks(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({"a.md": "# A\n"})
    assert rules_found(root, engine=engine) == []
    assert rules_found(root, "--required-metadata", "title,owner", engine=engine) == [("missing-metadata-key", 1)] * 2
    (root / "cde.toml").write_text('[docs]\nrequired_metadata = ["owner"]\n')
    assert rules_found(root, engine=engine) == [("missing-metadata-key", 1)]


@ENGINES
def test_the_day_of_reference(make_tree: TreeMaker, engine: str) -> None:
    today = datetime.now(UTC).date()
    days = {"past": today - timedelta(days=2), "future": today + timedelta(days=2)}
    root = make_tree({f"{name}.md": f"---\ntitle: A\nreview_by: {day}\n---\n# A\n" for name, day in days.items()})
    assert rules_found(root, engine=engine) == [("stale-review-date", 3)]
    assert rules_found(root, "--today", "9999-12-31", engine=engine) == [("stale-review-date", 3)] * 2
    assert rules_found(root, "--today", "0001-01-01", engine=engine) == []
    assert rules_found(root, "--review-keys", "until", engine=engine) == []
