"""What other programs read: JUnit XML, the hooks of pre-commit and the action of GitHub, as far as they run offline."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from conftest import TreeMaker
from support.command_line import SMALL_REPOSITORY, cde, clean_environment
from support.git_commits import commit_all

ROOT = Path(__file__).parents[2]


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(
        {**SMALL_REPOSITORY, 'docs/<&"\x1b.md': "# A\n\n[\uffff&](g<o&n\ufffee.md) [here](../README.md)\n"}
    )


@pytest.mark.parametrize("words", [["audit"], ["docs", "check"]])
def test_junit(repository: Path, engine: str, words: list[str]) -> None:
    outcome = cde(*words, "--format", "junit", "--engine", engine, cwd=repository)
    assert outcome.code == 1
    document = ET.fromstring(outcome.raw)
    findings = cde(*words, "--format", "json", cwd=repository).json["items"]
    cases = document.findall("testsuite/testcase")
    assert [case.get("name") for case in cases] == [
        f"{finding['rule']} {finding['line']}:{finding['column']}" for finding in findings
    ]
    failed = [case.get("name") for case in cases if case.find("failure") is not None]
    assert (
        len(failed) == sum(finding["severity"] == "error" for finding in findings) == int(document.get("failures", 0))
    )
    assert document.get("tests") == str(len(findings))
    assert {suite.get("name") for suite in document} == {"docs/guide.md", 'docs/<&"\\x1b.md'}
    never = cde(*words, "--format", "junit", "--fail-on", "never", cwd=repository)
    assert (never.code, ET.fromstring(never.raw).findall(".//failure")) == (0, [])


def test_junit_without_findings(make_tree: TreeMaker) -> None:
    outcome = cde("audit", "--format", "junit", cwd=make_tree({"a.md": "# A\n"}))
    document = ET.fromstring(outcome.raw)
    assert (outcome.code, document.get("tests"), document.get("failures")) == (0, "1", "0")
    assert len(document.findall("testsuite/testcase")) == 1


def test_the_hooks_run(repository: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in hooks} == {"cde-audit", "cde-audit-changed", "cde-docs-links"}
    shutil.rmtree(repository / ".git")
    commit_all(repository)
    (repository / "new.md").write_text("# New\n\n[gone](gone.md)\n")
    for hook in hooks:
        program, *words = shlex.split(hook["entry"])
        assert (program, hook["language"], hook["pass_filenames"]) == ("cde", "python", False)
        assert cde(*words, cwd=repository).code == 1
        mended = cde(*words, "--ignore", "missing-file,missing-anchor", cwd=repository)
        assert mended.code == 0, mended.out


def test_the_action_runs(repository: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = {step.get("name"): step for step in action["runs"]["steps"]}
    for step in steps.values():
        assert "${{" not in step.get("run", ""), "an input must not become text of a script"
    inputs = {name: value["default"] for name, value in action["inputs"].items()}

    def audit(**changes: str) -> subprocess.CompletedProcess[str]:
        values = {**inputs, **changes}
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)
            for name, text in steps["Audit"]["env"].items()
        }
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", steps["Audit"]["run"]],
            cwd=repository,
            env=clean_environment({**environment, "PATH": path}),
            capture_output=True,
            text=True,
            check=False,
        )

    broken = audit()
    assert broken.returncode == 1
    assert "::error file=docs/guide.md,line=5" in broken.stdout
    assert audit(**{"fail-on": "never"}).returncode == 0
    cde("docs", "check", "--write-baseline", "baseline.json", cwd=repository)
    assert audit(baseline="baseline.json").returncode == 0
    shutil.rmtree(repository / ".git")
    commit_all(repository)
    changed = audit(**{"changed-since": "HEAD"})
    assert (changed.returncode, "::error" in changed.stdout) == (0, False)
    assert audit(**{"changed-since": "nonsense"}).returncode == 2
