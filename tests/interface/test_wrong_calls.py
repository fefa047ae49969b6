"""Wrong calls: exit code 2, nothing on standard output, and words on standard error that help."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conftest import TreeMaker
from support.command_line import SMALL_REPOSITORY, cde


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(SMALL_REPOSITORY)


WRONG_USAGE = [
    (["fils"], "error: no such command: cde fils", "hint: did you mean `cde files`?"),
    (["files", "lst"], "error: no such command: cde files lst", "hint: did you mean `cde files list`?"),
    (["xyzzy"], "error: no such command: cde xyzzy", "hint: see `cde --help`"),
    (["audit", "--hiden"], "error: no such option: --hiden", "hint: did you mean --hidden?"),
    (["audit", "--zzzzzz"], "error: no such option: --zzzzzz", "hint: see `cde audit --help`"),
    (["audit", "a", "b"], "error: got unexpected extra argument (b)", "hint: see `cde audit --help`"),
    (["files", "find"], "error: NAME is missing", "hint: see `cde files find --help`"),
    (["docs", "outline"], "error: FILE is missing", "hint: see `cde docs outline --help`"),
    (["audit", "--threads"], "error: option '--threads' requires an argument", "hint: see `cde --help`"),
    (["audit", "--threads", "x"], "error: --threads: 'x' is not a whole number", "hint: see `cde audit --help`"),
    (
        ["audit", "--threads", "9999"],
        "error: --threads: must be from 0 to 512, not 9999",
        "hint: see `cde audit --help`",
    ),
    (["audit", "--engine", "gpu"], "error: --engine: must be auto, rust or python, not 'gpu'", "hint: "),
    (["audit", "--fail-on", "bad"], "error: --fail-on: must be error, warning, hint or never, not 'bad'", "hint: "),
    (["files", "list", "--min-size", "10q"], "error: --min-size: '10q' is not a size; ", "hint: "),
    (["files", "list", "--changed-within", "soon"], "error: --changed-within: 'soon' is not a duration; ", "hint: "),
    (["files", "list", "--max-depth", "0"], "error: --max-depth: must be at least 1, not 0", "hint: "),
    (["files", "list", "--format", "sarif"], "error: --format: must be text, json or jsonl, not 'sarif'", "hint: "),
    (["--format", "sarif", "files", "list"], "error: --format must be text, json or jsonl here, not 'sarif'", "hint: "),
    (
        ["docs", "check", "--today", "2026-13-01"],
        "error: the day of reference must be a date YYYY-MM-DD, not '2026-13-01'",
        "hint: ",
    ),
    (["config", "show", "--config", "absent.toml"], "error: no such configuration file: absent.toml", "hint: "),
]


@pytest.mark.parametrize(("words", "message", "hint"), WRONG_USAGE, ids=[" ".join(words) for words, *_ in WRONG_USAGE])
def test_wrong_usage(repository: Path, words: list[str], message: str, hint: str) -> None:
    outcome = cde(*words, cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(message)
    assert lines[1].startswith(hint)


@pytest.mark.parametrize("group", [[], ["files"], ["docs"], ["code"], ["config"]], ids=" ".join)
def test_a_group_alone_shows_its_help_as_an_error(repository: Path, group: list[str]) -> None:
    outcome = cde(*group, cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    assert outcome.err.startswith("Usage: cde ")


@pytest.mark.parametrize(
    "words",
    [["audit"], ["docs", "scan"], ["docs", "check"], ["docs", "outline"], ["files", "list"], ["files", "tree"]],
    ids=" ".join,
)
def test_a_path_that_does_not_exist(repository: Path, engine: str, words: list[str]) -> None:
    outcome = cde(*words, "no/such/path", "--engine", engine, cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    assert outcome.err.splitlines()[0] == "error: no such file or directory: no/such/path"
    assert outcome.err.splitlines()[1].startswith("hint: ")


@pytest.mark.parametrize(
    "words", [["audit"], ["docs", "scan"], ["files", "list"], ["files", "duplicates"]], ids=" ".join
)
def test_a_file_instead_of_a_folder(repository: Path, engine: str, words: list[str]) -> None:
    outcome = cde(*words, "README.md", "--engine", engine, cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    assert outcome.err.startswith("error: not a directory: README.md\n")


def test_a_folder_instead_of_a_document(repository: Path, engine: str) -> None:
    outcome = cde("docs", "outline", "docs", "--engine", engine, cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    assert outcome.err.startswith("error: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_read(repository: Path, engine: str) -> None:
    closed = repository / "closed"
    closed.mkdir(mode=0)
    outcome = cde("files", "list", "closed", "--engine", engine, cwd=repository)
    assert outcome.code == 2
    assert outcome.err.startswith("error: permission denied: closed\n")


def test_an_empty_path(repository: Path) -> None:
    outcome = cde("files", "list", "", cwd=repository)
    assert outcome.code == 2
    assert outcome.err == "error: the path is empty\nhint: use . for the current directory\n"


def test_an_unknown_rule(repository: Path, engine: str) -> None:
    outcome = cde("docs", "check", "--select", "missing-fil", "--engine", engine, cwd=repository)
    assert outcome.code == 2
    assert "missing-fil" in outcome.err
    assert "missing-file" in outcome.err


def test_a_bad_pattern(repository: Path, engine: str) -> None:
    outcome = cde("files", "find", "--regex", "(", "--engine", engine, cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    assert outcome.err.startswith("error: ")


def test_a_mistake_in_the_configuration(repository: Path) -> None:
    (repository / "cde.toml").write_text("[docs]\nslug_flavor = 'hugo'\n")
    outcome = cde("audit", cwd=repository)
    assert outcome.code == 2
    assert outcome.raw == b""
    assert outcome.err == "error: unknown key docs.slug_flavor: cde.toml:2\nhint: did you mean docs.slug_flavour?\n"


def test_a_wrong_variable(repository: Path) -> None:
    for variable, value in (("CDE_ENGINE", "gpu"), ("CDE_THREADS", "-3")):
        outcome = cde("files", "list", cwd=repository, env={variable: value})
        assert outcome.code == 2
        assert outcome.err.startswith(f"error: {variable}: must be ")


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("words", "code", "path"),
    [
        (["files", "list", "absent"], "path-not-found", "absent"),
        (["files", "list", "--nonsense"], "invalid-argument", None),
        (["nonsense"], "invalid-argument", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_errors_as_json(repository: Path, form: str, words: list[str], code: str, path: str | None) -> None:
    for arguments in (["--format", form, *words], [f"--format={form}", *words]):
        outcome = cde(*arguments, cwd=repository)
        assert outcome.code == 2
        assert outcome.raw == b""
        error = json.loads(outcome.err)["error"]
        assert (error["code"], error["path"]) == (code, path)
        assert set(error) == {"code", "message", "path", "hint"}


def test_a_hostile_path_does_not_steer_the_terminal(repository: Path) -> None:
    outcome = cde("files", "list", b"red\x1b[31m\xff\n", cwd=repository)
    assert outcome.code == 2
    assert outcome.err.splitlines()[0] == r"error: no such file or directory: red\x1b[31m\xff\n"
