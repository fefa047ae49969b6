"""The link checks over literate cases: ``tests/golden/links/*.md``, whose README tells the format."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cde_orchestrator.domain.findings import Finding
from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines

CASES = Path(__file__).parent / "links"
_FENCE = re.compile(r"(`{3,})(.*)")


@dataclass
class Case:
    """One heading of level 2: the tree, the options, and where in the text the expected findings stand."""

    name: str
    files: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    options: CheckOptions = field(default_factory=lambda: CheckOptions(select=("links",)))
    expected: list[str] = field(default_factory=list)
    span: tuple[int, int] = (0, 0)


def read_cases(lines: list[str]) -> Iterator[Case]:
    """The cases of one file."""
    case: Case | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.startswith("## "):
            if case is not None:
                yield case
            case = Case(line[3:])
        fence = _FENCE.fullmatch(line)
        if fence is None or case is None:
            continue
        start = index
        index = lines.index(fence[1], start)
        _fill(case, fence[2], lines[start:index], (start, index))
        index += 1
    if case is not None:
        yield case


def _fill(case: Case, info: str, block: list[str], span: tuple[int, int]) -> None:
    kind, _, path = info.partition(" ")
    if kind == "tree":
        case.files.update(dict.fromkeys(block, ""))
    elif kind == "links":
        case.links.update(line.split(" -> ") for line in block)
    elif kind == "options":
        options = tomllib.loads("\n".join(block))
        case.options = CheckOptions(
            select=tuple(options.pop("select", ("links",))),
            ignore=tuple(options.pop("ignore", ())),
            site_root=options.pop("site_root", None),
            site=options.pop("site", None),
        )
        assert not options
    elif kind == "findings":
        case.expected, case.span = block, span
    else:
        assert path, f"a block without a path in '{case.name}'"
        case.files[path] = "\n".join(block) + "\n"


def lay_out(case: Case, root: Path) -> None:
    """Writes the case's tree."""
    for name, content in case.files.items():
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text(content, "utf-8")
    for name, target in case.links.items():
        (root / name).symlink_to(target)


def written(finding: Finding) -> str:
    """A finding as the cases write it."""
    suggestion = "" if finding.suggestion is None else f" => {finding.suggestion}"
    fix = "" if finding.fix is None else " (fix)"
    place = f"{finding.path}:{finding.line}:{finding.column}"
    line = f"{place} {finding.severity} {finding.rule} [{finding.evidence}]: {finding.message}{suggestion}{fix}"
    return line.encode("unicode_escape").decode() if not line.isprintable() else line


def all_cases() -> list[object]:
    """Every case with its file, named after both."""
    found = []
    for path in sorted(CASES.glob("*.md")):
        if path.name != "README.md":
            cases = list(read_cases(path.read_text("utf-8").splitlines()))
            assert cases, path
            found += [pytest.param(path, case, id=f"{path.stem}: {case.name}") for case in cases]
    return found


def run(engines: Engines, case: Case, root: Path) -> tuple[list[str], dict[str, str]]:
    """What the engine finds, and the text of each file after every fix is applied."""
    lay_out(case, root)
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    findings = list(engines.documentation.check(tree, scan, case.options).items)
    fixed: dict[str, str] = {}
    for finding in sorted(findings, key=lambda finding: -(finding.fix.start if finding.fix else 0)):
        if finding.fix is not None:
            text = fixed.get(finding.path, case.files[finding.path]).encode()
            text = text[: finding.fix.start] + finding.fix.replacement.encode() + text[finding.fix.end :]
            fixed[finding.path] = text.decode()
    return [written(finding) for finding in findings], fixed


@pytest.mark.parametrize(("path", "case"), all_cases())
def test_case(engines: Engines, path: Path, case: Case, tmp_path: Path) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    found, fixed = run(engines, case, root)
    if os.environ.get("CDE_UPDATE_GOLDEN") == "1":
        lines = path.read_text("utf-8").splitlines()
        for current in read_cases(lines):
            if current.name == case.name:
                lines[slice(*current.span)] = found or ["nothing"]
                break
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return
    assert (found or ["nothing"]) == case.expected
    # Every fix mends what it was offered for, and breaks nothing else.
    again = tmp_path / "again"
    again.mkdir()
    left, _ = run(engines, Case(case.name, {**case.files, **fixed}, case.links, case.options), again)
    assert len(left) == sum(not line.endswith(" (fix)") for line in found)
    assert not any(line.endswith(" (fix)") for line in left)
