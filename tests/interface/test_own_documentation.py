"""This repository's own documents: what the product finds wrong in them fails the tests."""

from __future__ import annotations

from pathlib import Path

from support.command_line import cde

ROOT = Path(__file__).parents[2]


def test_nothing_is_wrong_with_our_own_documents(engine: str) -> None:
    outcome = cde("docs", "check", "--fail-on", "warning", "--engine", engine, cwd=ROOT)
    assert outcome.code == 0, outcome.out


def test_every_page_of_the_documentation_can_be_reached(engine: str) -> None:
    graph = cde("docs", "graph", "--format", "json", "--engine", engine, cwd=ROOT).json
    astray = [node["path"] for node in graph["items"] if node["depth"] is None and node["path"].startswith("docs/")]
    assert astray == []
