#!/usr/bin/env python3
"""Writes the rules of the checks and the table of site builders, for Rust and for Python, from ``data/``.

``tools/generate_rules.py`` writes them; with ``--check`` it only tells, by its exit code, whether they are up to date.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "data" / "rules.toml"
SITES = ROOT / "data" / "sites.toml"
RUST = ROOT / "crates" / "cde-documentation" / "src" / "check"
PYTHON = ROOT / "src" / "cde_orchestrator" / "engines" / "python" / "documentation" / "check"
NOTE = "Generated from `data/{}` by `tools/generate_rules.py`; do not edit."
SEVERITIES = ("error", "warning", "hint")
RULE_KEYS = (
    "group",
    "severity",
    "default",
    "summary",
    "why",
    "bad",
    "good",
    "repeat",
    "tree",
    "page",
    "found",
    "options",
    "beside",
)
LISTS = ("files", "beside", "hidden", "content", "served")
SITE_KEYS = (*LISTS, "around", "assets", "tolerant")


def load(path: Path, keys: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The tables of ``path``, whose keys must be among ``keys``."""
    tables = tomllib.loads(path.read_text("utf-8"))
    for name, table in tables.items():
        unknown = table.keys() - set(keys)
        if unknown:
            raise SystemExit(f"{path}: {name}: unknown keys {sorted(unknown)}")
    return tables


def quoted(text: str) -> str:
    """A string literal that both languages read alike (the tables hold no control characters)."""
    return json.dumps(text, ensure_ascii=False)


def rules() -> list[tuple[str, str, str, bool, str]]:
    """Name, group, severity, default and summary, most severe first, then by name."""
    listed = []
    for name, table in load(RULES, RULE_KEYS).items():
        if table["severity"] not in SEVERITIES or not table["summary"] or table["summary"].endswith("."):
            raise SystemExit(f"{RULES}: {name}: unknown severity, or a summary that is empty or ends with a full stop")
        listed.append((name, table["group"], table["severity"], table.get("default", True), table["summary"]))
    return sorted(listed, key=lambda rule: (rule[1], SEVERITIES.index(rule[2]), rule[0]))


def sites() -> list[tuple[str, dict[str, tuple[str, ...]], bool, bool, bool]]:
    """Name, lists, around, whether assets are relative to the source, tolerant; by name."""
    listed = []
    for name, table in sorted(load(SITES, SITE_KEYS).items()):
        assets = table.get("assets", "source")
        if assets not in {"source", "url"}:
            raise SystemExit(f"{SITES}: {name}: assets is 'source' or 'url'")
        lists = {key: tuple(table.get(key, ())) for key in LISTS}
        listed.append((name, lists, table.get("around", False), assets == "source", table.get("tolerant", False)))
    return listed


def rust_rules() -> str:
    """The Rust table of rules."""
    lines = [f"//! {NOTE.format('rules.toml')}", "", "use cde_core::Severity;", "", "use super::rules::Rule;", ""]
    lines += [
        "/// By group, most severe first, then by name.",
        "#[rustfmt::skip]",
        "pub(super) const RULES: &[Rule] = &[",
    ]
    for name, group, severity, default, summary in rules():
        lines += [
            "    Rule {",
            f"        name: {quoted(name)}, group: {quoted(group)}, severity: Severity::{severity.title()}, "
            f"default: {str(default).lower()},",
            f"        summary: {quoted(summary)},",
            "    },",
        ]
    return "\n".join([*lines, "];", ""])


def rust_sites() -> str:
    """The Rust table of site builders."""
    lines = [f"//! {NOTE.format('sites.toml')}", "", "use super::site::Builder;", ""]
    lines += ["/// By name.", "#[rustfmt::skip]", "pub(super) const BUILDERS: &[Builder] = &["]
    for name, lists, around, assets, tolerant in sites():
        lines += ["    Builder {", f"        name: {quoted(name)},"]
        lines += [f"        {key}: &[{', '.join(map(quoted, lists[key]))}]," for key in LISTS]
        lines += [
            f"        around: {str(around).lower()}, assets_from_source: {str(assets).lower()}, "
            f"tolerant: {str(tolerant).lower()},",
            "    },",
        ]
    return "\n".join([*lines, "];", ""])


def python_header(source: str) -> list[str]:
    """The docstring and what follows it in both Python tables."""
    return [f'"""{NOTE.format(source).replace("`", "``")}"""', "", "from __future__ import annotations", ""]


def python_rules() -> str:
    """The Python table of rules."""
    lines = [*python_header("rules.toml"), "from .....domain.findings import Rule", "", '__all__ = ["RULES"]', ""]
    lines += ["# fmt: off", "RULES: tuple[Rule, ...] = ("]
    for name, group, severity, default, summary in rules():
        lines += [
            "    Rule(",
            f"        {quoted(name)}, {quoted(group)}, {quoted(severity)}, {default},",
            f"        {quoted(summary)},",
            "    ),",
        ]
    return "\n".join([*lines, ")", ""])


def python_sites() -> str:
    """The Python table of site builders."""
    lines = [*python_header("sites.toml"), "from .builder import Builder", "", '__all__ = ["BUILDERS"]', ""]
    lines += ["# fmt: off", "BUILDERS: tuple[Builder, ...] = ("]
    for name, lists, around, assets, tolerant in sites():
        lines += ["    Builder(", f"        name={quoted(name)},"]
        for key in LISTS:
            values = "".join(f"{quoted(value)}, " for value in lists[key]).strip()
            lines.append(f"        {key}=({values}),")
        lines += [f"        around={around}, assets_from_source={assets}, tolerant={tolerant},", "    ),"]
    return "\n".join([*lines, ")", ""])


def outputs() -> dict[Path, str]:
    """Every generated file and its text."""
    return {
        RUST / "rule_table.rs": rust_rules(),
        RUST / "site_table.rs": rust_sites(),
        PYTHON / "rule_table.py": python_rules(),
        PYTHON / "site_table.py": python_sites(),
    }


def main() -> int:
    """Writes the tables, or compares them with ``--check``."""
    stale = [path for path, text in outputs().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"not up to date: {path.relative_to(ROOT)}", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(outputs()[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
