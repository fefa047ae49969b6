"""Each rule's own examples, which its page in ``docs/reference/rules`` shows: broken is found, mended is not.

The examples are also broken and mended by turns in one place, so that a rule cannot pass by luck of the file's name.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cde_orchestrator.adapters.schemas import JsonSchemaValidator
from cde_orchestrator.domain.findings import Finding
from cde_orchestrator.domain.options import CheckOptions
from cde_orchestrator.engines.python.documentation.check.rules import rules
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from conftest import TreeMaker

ROOT = Path(__file__).parents[2]
EXAMPLES: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "data" / "rules.toml").read_text("utf-8"))


def findings_in(
    engines: Engines, root: Path, select: tuple[str, ...], options: dict[str, Any] | None = None
) -> list[Finding]:
    rules = CheckOptions(select=select, **{"today": "2026-01-01", **(options or {})})
    return list(AnalyzeDocumentationUseCase(engines, JsonSchemaValidator()).execute(root, rules=rules).items)


def test_every_rule_has_examples() -> None:
    assert EXAMPLES.keys() == {rule.name for rule in rules()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_examples(engines: Engines, make_tree: TreeMaker, name: str) -> None:
    example = EXAMPLES[name]
    page = example.get("page", "page.md")
    bad = example["bad"] * example.get("repeat", 1)
    root = make_tree({page: bad, **example.get("tree", {})})
    options = example.get("options")
    select = (name, *example.get("beside", ()))
    broken = findings_in(engines, root, select, options)
    assert [(finding.rule, finding.path) for finding in broken] == [(name, example.get("found", page))]
    assert broken[0].severity == example["severity"]
    (root / page).write_text(example["good"])
    assert findings_in(engines, root, select, options) == []
    (root / page).write_text(bad)
    assert findings_in(engines, root, select, options) == broken


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_mended_example_breaks_no_rule_of_the_default_set(engines: Engines, make_tree: TreeMaker, name: str) -> None:
    example = EXAMPLES[name]
    page = example.get("page", "page.md")
    root = make_tree({page: example["good"], **example.get("tree", {})})
    allowed = {"no-title"}  # the examples about links are single sentences
    found = [finding for finding in findings_in(engines, root, ()) if finding.path == page]
    assert {finding.rule for finding in found} <= allowed
