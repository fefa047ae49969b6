"""Rules by path and severities by rule: both engines apply them, so that counts and scores agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from cde_orchestrator.domain.findings import FindingSummary
from cde_orchestrator.domain.options import CheckOptions
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.errors import InvalidArgumentError
from cde_orchestrator.use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from conftest import TreeMaker
from support.command_line import cde

TEXT = "# A\n\n[gone](gone.md) [here](b.md)\n\n[x]\n\n[y]: unused.md\n"


@pytest.fixture
def root(make_tree: TreeMaker) -> Path:
    return make_tree({"a.md": TEXT, "b.md": "# B\n\nText.\n", "archive/a.md": TEXT, "archive/caf\u00e9/a.md": TEXT})


def found(engines: Engines, root: Path, options: CheckOptions) -> dict[str, set[str]]:
    rules: dict[str, set[str]] = {}
    for finding in AnalyzeDocumentationUseCase(engines).execute(root, rules=options).items:
        rules.setdefault(finding.path, set()).add(f"{finding.severity} {finding.rule}")
    return rules


def test_rules_are_left_out_where_the_glob_matches(engines: Engines, root: Path) -> None:
    everything = found(engines, root, CheckOptions())["a.md"]
    assert {"error missing-file", "hint vague-link-text", "hint unused-definition"} <= everything
    some = found(engines, root, CheckOptions(per_path=(("archive/**", ("missing-file", "content")),)))
    assert some["a.md"] == everything
    assert some["archive/a.md"] == everything - {"error missing-file", "hint vague-link-text"}
    assert some["archive/a.md"] == some["archive/café/a.md"]
    both = CheckOptions(per_path=(("archive/**", ("links",)), ("{archive/café/*,b.md}", ("content", "structure"))))
    assert "archive/café/a.md" not in found(engines, root, both)
    by_name = found(engines, root, CheckOptions(per_path=(("a.md", ("links", "content")),)))
    assert by_name == {}


def test_severities_are_set_and_rules_turned_off(engines: Engines, root: Path) -> None:
    rules = found(engines, root, CheckOptions(severity=(("missing-file", "warning"), ("links", "off"))))["a.md"]
    assert rules == {"warning missing-file", "hint vague-link-text"}, "a rule goes before its group"
    raised = found(engines, root, CheckOptions(severity=(("vague-link-text", "error"),)))["a.md"]
    assert "error vague-link-text" in raised
    summary = (
        AnalyzeDocumentationUseCase(engines).execute(root, rules=CheckOptions(severity=(("links", "hint"),))).summary
    )
    assert isinstance(summary, FindingSummary)
    assert (summary.errors, summary.warnings) == (0, 0)


def test_a_check_lowers_a_severity_and_never_raises_it(engines: Engines, make_tree: TreeMaker) -> None:
    # Without a definition in the document, an undefined reference is a hint.
    root = make_tree({"a.md": "# A\n\n[text][label]\n", "b.md": "# B\n\n[text][label] [c]\n\n[c]: a.md\n"})
    raised = found(engines, root, CheckOptions(severity=(("undefined-reference", "error"),)))
    assert raised == {"a.md": {"hint undefined-reference"}, "b.md": {"error undefined-reference"}}
    lowered = found(engines, root, CheckOptions(severity=(("undefined-reference", "hint"),)))
    assert lowered == {"a.md": {"hint undefined-reference"}, "b.md": {"hint undefined-reference"}}


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (CheckOptions(per_path=(("*", ("mising-file",)),)), "unknown rule or group 'mising-file'", "missing-file"),
        (CheckOptions(severity=(("lnks", "hint"),)), "unknown rule or group 'lnks'", "links"),
        (CheckOptions(severity=(("links", "fatal"),)), "must be error, warning, hint or off, not 'fatal'", "off"),
        (CheckOptions(per_path=(("a{b", ("links",)),)), "the glob `a{b` has", "write"),
        (CheckOptions(per_path=(("", ("links",)),)), "a glob cannot be empty", "`*`"),
    ],
)
def test_what_is_unknown_is_refused(
    engines: Engines, root: Path, options: CheckOptions, message: str, hint: str
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        AnalyzeDocumentationUseCase(engines).execute(root, rules=options)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


CONFIG = """
[docs.per_path_ignore]
"archive/**" = ["links", "content"]
"b:c.md" = ["no-title"]

[docs.severity]
missing-file = "warning"
"""


def test_the_configuration_and_the_options(root: Path, engine: str) -> None:
    (root / "cde.toml").write_text(CONFIG)
    words = ("docs", "check", "--engine", engine, "--format", "json")
    outcome = cde(*words, cwd=root)
    assert outcome.code == 0
    assert {finding["path"] for finding in outcome.json["items"]} == {"a.md"}
    assert outcome.json["summary"]["warnings"] == 1
    given = cde(*words, "--severity", "missing-file=error", "--per-path-ignore", "a.md:links,content", cwd=root)
    assert (given.code, given.json["items"]) == (0, [])
    cleared = cde(*words, "--severity", "", "--per-path-ignore", "", cwd=root)
    assert cleared.json["summary"]["errors"] == 5
    shown = cde("config", "show", "--format", "json", cwd=root).json["items"]
    settings = {item["key"]: (item["value"], item["source"]) for item in shown}
    assert settings["docs.per_path_ignore"] == (["archive/**:links,content", "b:c.md:no-title"], "cde.toml:2")
    assert settings["docs.severity"] == (["missing-file=warning"], "cde.toml:6")
    (root / "cde.toml").write_text(
        "[docs]\nper_path_ignore = ['archive/**:links,content']\nseverity = ['links=hint']\n"
    )
    assert cde(*words, cwd=root).json["summary"]["errors"] == 0
    (root / "cde.toml").unlink()
    (root / "pyproject.toml").write_text(CONFIG.replace("[docs.", "[tool.cde.docs."))
    assert cde(*words, cwd=root).json == outcome.json


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("per_path_ignore = 1", "must be a table, not a whole number"),
        ("per_path_ignore = [1]", "must be a table or a list of texts"),
        ("per_path_ignore = ['a']", "must be GLOB:RULE, not 'a'"),
        ("per_path_ignore = {a = 1}", "a: must be a list of names"),
        ("per_path_ignore = {a = []}", "a: must be a list of names"),
        ("per_path_ignore = {a = ['']}", "a: must be a list of names"),
        ("severity = {a = 'b'}", "must be error, warning, hint or off, not 'b'"),
        ("severity = {a = 1}", "a: must be a text, not a whole number"),
        ("severity = ['links:hint']", "must be RULE=LEVEL, not 'links:hint'"),
    ],
)
def test_wrong_tables_are_errors_with_their_place(root: Path, text: str, message: str) -> None:
    (root / "cde.toml").write_text(f"[docs]\n{text}\n")
    outcome = cde("docs", "check", cwd=root)
    assert outcome.code == 2
    assert message in outcome.err
    assert "cde.toml:2" in outcome.err
