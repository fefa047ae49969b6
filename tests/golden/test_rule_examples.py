"""Each rule's own examples, which its page in ``docs/reference/rules`` shows: broken is found, mended is not.

The examples are also broken and mended by turns in one place, so that a rule cannot pass by luck of the file's name.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cde_orchestrator.domain.findings import Finding
from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.python.documentation.check.rules import rules
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker

ROOT = Path(__file__).parents[2]
EXAMPLES: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "data" / "rules.toml").read_text("utf-8"))


def findings_in(engines: Engines, root: Path, select: tuple[str, ...]) -> list[Finding]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    return list(engines.documentation.check(tree, scan, CheckOptions(select=select)).items)


def test_every_rule_has_examples() -> None:
    assert EXAMPLES.keys() == {rule.name for rule in rules()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_examples(engines: Engines, make_tree: TreeMaker, name: str) -> None:
    example = EXAMPLES[name]
    bad = example["bad"] * example.get("repeat", 1)
    root = make_tree({"page.md": bad, **example.get("tree", {})})
    select = (name, *example.get("beside", ()))
    broken = findings_in(engines, root, select)
    assert [(finding.rule, finding.path) for finding in broken] == [(name, "page.md")]
    assert broken[0].severity == example["severity"]
    (root / "page.md").write_text(example["good"])
    assert findings_in(engines, root, select) == []
    (root / "page.md").write_text(bad)
    assert findings_in(engines, root, select) == broken


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_mended_example_breaks_no_rule_of_the_default_set(engines: Engines, make_tree: TreeMaker, name: str) -> None:
    example = EXAMPLES[name]
    root = make_tree({"page.md": example["good"], **example.get("tree", {})})
    allowed = {"no-title"}  # the examples about links are single sentences
    found = [finding for finding in findings_in(engines, root, ()) if finding.path == "page.md"]
    assert {finding.rule for finding in found} <= allowed
