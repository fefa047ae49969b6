"""``--changed-since``: findings on changed lines only, compared by git, which must run nothing for the repository."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

import cde_orchestrator as cde_api
from cde_orchestrator.adapters.history.git import Git, Repository
from cde_orchestrator.domain.findings import FindingSummary
from cde_orchestrator.errors import CdeError, InvalidArgumentError, OperationTimeoutError
from conftest import TreeMaker
from support.command_line import cde
from support.git_commits import commit_all, git

OLD = "# A\n\n[one](gone-1.md)\n\ntext\n\n[two](gone-2.md)\n"


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    root = make_tree({"docs/a.md": OLD, "docs/b.md": OLD, "README.md": "# R\n"})
    commit_all(root)
    return root


def evidence(root: Path, since: str = "HEAD", engine: str | None = None) -> list[str]:
    answer = cde_api.check_documentation(root, select=["missing-file"], changed_since=since, engine=engine)
    return [f"{finding.path}:{finding.evidence}" for finding in answer.items]


def test_only_changed_lines_are_told_and_the_others_counted(repository: Path, engine: str) -> None:
    (repository / "docs/a.md").write_text(OLD.replace("text\n", "text [three](gone-3.md)\n"))
    (repository / "docs/new.md").write_text("# N\n\n[four](gone-4.md)\n")
    words = ("docs", "check", "--changed-since", "HEAD", "--select", "missing-file", "--engine", engine)
    outcome = cde(*words, "--format", "json", cwd=repository)
    assert outcome.code == 1
    assert [finding["evidence"] for finding in outcome.json["items"]] == ["gone-3.md", "gone-4.md"]
    summary = outcome.json["summary"]
    assert (summary["errors"], summary["unchanged"], summary["known"]) == (2, 4, 0)
    assert outcome.err == ""
    text = cde(*words, cwd=repository)
    assert "4 findings on lines that did not change since HEAD left out\n" in text.err
    assert "4 on unchanged lines left out" in text.out
    audited = cde("audit", *words[2:], "--format", "json", cwd=repository)
    assert audited.json["summary"]["findings"]["unchanged"] == 4
    below = cde(*words, "--format", "json", "docs", cwd=repository).json
    assert [finding["path"] for finding in below["items"]] == ["a.md", "new.md"]


def test_nothing_changed_is_no_failure(repository: Path) -> None:
    outcome = cde("docs", "check", "--changed-since", "HEAD", "--format", "github", cwd=repository)
    assert (outcome.code, outcome.out) == (0, "")
    assert "left out" in outcome.err


def test_a_configuration_may_name_it_and_the_baseline_comes_first(repository: Path) -> None:
    cde("docs", "check", "--write-baseline", "known.json", cwd=repository)
    (repository / "cde.toml").write_text("[docs]\nchanged_since = 'HEAD'\nbaseline = 'known.json'\n")
    (repository / "docs/a.md").write_text(OLD + "\n[new](gone-9.md)\n")
    outcome = cde("docs", "check", "--format", "json", ".", cwd=repository)
    assert [finding["evidence"] for finding in outcome.json["items"]] == ["gone-9.md"]
    assert (outcome.json["summary"]["known"], outcome.json["summary"]["unchanged"]) == (4, 0)
    assert "gone;" not in outcome.err


def test_renamed_files_are_compared_with_their_old_selves(repository: Path) -> None:
    (repository / "docs/a.md").rename(repository / "docs/moved.md")
    (repository / "docs/b.md").unlink()
    # Two files that are gone have this content, so the old one cannot be told.
    assert len(evidence(repository)) == 2
    (repository / "docs/b.md").write_text(OLD)
    assert evidence(repository) == []
    (repository / "docs/moved.md").write_text(OLD.replace("# A", "# Another").replace("text", "[x](gone-3.md)"))
    answer = cde_api.check_documentation(repository, select=["missing-file"], changed_since="HEAD")
    assert [finding.evidence for finding in answer.items] == ["gone-3.md"]
    (told,) = answer.diagnostics
    assert (told.code, told.path) == ("renamed", "docs/moved.md")
    assert told.message == "compared with 'docs/a.md', which is gone"
    (repository / "docs/moved.md").write_text("# Entirely\n\nother words\n\n[two](gone-2.md)\n\nhere\n\nand there\n")
    assert evidence(repository) == ["docs/moved.md:gone-2.md"]


def test_a_finding_about_the_whole_document_needs_any_change(repository: Path) -> None:
    (repository / "plain.md").write_text("some words\n\nmore words\n")
    commit_all(repository)

    def found() -> list[str]:
        answer = cde_api.check_documentation(repository, select=["no-title"], changed_since="HEAD")
        return [finding.path for finding in answer.items]

    assert found() == []
    (repository / "plain.md").write_text("some words\n\nother words\n")
    assert found() == ["plain.md"]


def test_line_endings_of_a_checkout_do_not_count(repository: Path) -> None:
    (repository / "docs/a.md").write_bytes(("\ufeff" + OLD.replace("\n", "\r\n")).encode())
    assert evidence(repository) == []


def test_names_of_every_kind(repository: Path) -> None:
    names = [b"caf\xe9.md", b"new\nline.md", b' "quote" .md', b"\xc3\xa9.md"]
    for name in names:
        with open(os.path.join(os.fsencode(repository), b"docs", name), "w") as file:
            file.write(OLD)
    assert len(evidence(repository)) == 8
    commit_all(repository)
    assert evidence(repository) == []


def test_tags_ranges_of_time_and_older_commits_are_names(repository: Path) -> None:
    git(repository, "tag", "-a", "v1", "-m", "tag")
    (repository / "docs/a.md").write_text(OLD + "[three](gone-3.md)\n")
    commit_all(repository)
    assert evidence(repository) == []
    for name in ("v1", "HEAD~1", "HEAD^"):
        assert evidence(repository, name) == ["docs/a.md:gone-3.md"]


def failure(folder: Path, since: str = "HEAD") -> CdeError:
    with pytest.raises(InvalidArgumentError) as caught:
        cde_api.check_documentation(folder, changed_since=since)
    assert caught.value.hint
    return caught.value


def test_what_cannot_be_compared_is_an_error(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("", "--all", "-h", "a\nb", "a\0b", "\udcff"):
        assert "must name a commit" in failure(repository, name).message
    assert "no commit 'nonsense'" in failure(repository, "nonsense").message
    assert "no commit 'HEAD:docs/a.md'" in failure(repository, "HEAD:docs/a.md").message
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "a.md").write_text(OLD)
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    assert "not in a git repository" in failure(plain).message
    git(plain, "init", "--quiet")
    assert "no commit 'HEAD'" in failure(plain).message
    monkeypatch.setenv("PATH", str(plain))
    assert "git is not installed" in failure(repository).message


def test_clones_of_every_kind(repository: Path, tmp_path: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    (repository / "docs/a.md").write_text(OLD + "[three](gone-3.md)\n")
    commit_all(repository)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    error = failure(tmp_path / "shallow", first)
    assert (f"no commit '{first}'" in error.message, error.hint) == (
        True,
        "this clone is shallow; fetch more of its history",
    )
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "bare.git")
    (tmp_path / "bare.git" / "a.md").write_text(OLD)
    assert "bare repository" in failure(tmp_path / "bare.git").message
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "linked"), "HEAD")
    assert evidence(tmp_path / "linked", first) == ["docs/a.md:gone-3.md"]
    git(repository, "submodule", "--quiet", "add", str(repository), "module")
    assert evidence(repository / "module", first) == ["docs/a.md:gone-3.md"]
    sha256 = tmp_path / "sha256"
    shutil.copytree(repository / "docs", sha256)
    git(sha256, "init", "--quiet", "--object-format=sha256")
    commit_all(sha256)
    (sha256 / "a.md").rename(sha256 / "c.md")
    assert evidence(sha256) == []


def test_a_foreign_repository_is_refused_with_advice(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A git that complains as the real one does about another user's repository, which needs a second user to make."""
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "git").write_text("#!/bin/sh\necho fatal: detected dubious ownership in repository >&2\nexit 128\n")
    (fake / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake}:{os.environ['PATH']}")
    error = failure(repository)
    assert "belongs to another user" in error.message
    assert "safe.directory" in (error.hint or "")
    (fake / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(OperationTimeoutError):
        Git(str(repository), seconds=0.2).ask("version")
    with pytest.raises(OperationTimeoutError):
        listen(Git(str(repository), seconds=0.2))


def listen(program: Git) -> None:
    with program.conversation("cat-file") as (_, answer):
        if not answer.read(1):
            raise EOFError


MARKED = """
[core]
    fsmonitor = {run}
    hooksPath = {hooks}
    pager = {run}
    editor = {run}
    sshCommand = {run}
    askPass = {run}
    gitProxy = {run}
    attributesFile = {attributes}
    alternateRefsCommand = {run}
[pager]
    cat-file = {run}
    ls-tree = {run}
    rev-parse = {run}
[diff]
    external = {run}
[diff "marked"]
    command = {run}
    textconv = {run}
[filter "marked"]
    clean = {run}
    smudge = {run}
    process = {run}
    required = true
[merge "marked"]
    driver = {run}
[alias]
    rev-parse = !{run}
    ls-tree = !{run}
    cat-file = !{run}
[credential]
    helper = !{run}
[gpg]
    program = {run}
[log]
    showSignature = true
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[extensions]
    partialClone = origin
[remote "origin"]
    url = ext::{run}
    promisor = true
    partialclonefilter = blob:none
    uploadpack = {run}
    vcs = ext
[uploadpack]
    packObjectsHook = {run}
[trace2]
    eventTarget = {marks}/trace
"""
HOOKS = ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc")


def test_a_hostile_configuration_starts_nothing(repository: Path, tmp_path: Path) -> None:
    (repository / "docs/b.md").write_text(OLD + "\nmore\n")
    commit_all(repository)
    marks = tmp_path / "marks"
    hooks = tmp_path / "hooks"
    marks.mkdir()
    hooks.mkdir()
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {marks}/ran\nexit 1\n')
    program.chmod(0o755)
    for hook in HOOKS:
        (hooks / hook).symlink_to(program)
    attributes = tmp_path / "attributes"
    attributes.write_text("* filter=marked diff=marked merge=marked working-tree-encoding=UTF-16\n")
    shutil.copy(attributes, repository / ".git/info/attributes")
    (repository / ".gitattributes").write_text(attributes.read_text())
    (repository / "docs/a.md").write_text(OLD + "[three](gone-3.md)\n")
    # A git of the repository's own, which a search path that names the current folder would find.
    shutil.copy(program, repository / "git")
    missing = git(repository, "rev-parse", "HEAD:docs/b.md")
    with (repository / ".git/config").open("a") as file:
        file.write(MARKED.format(run=program, hooks=hooks, attributes=attributes, marks=marks))
    environment = {"PATH": f".:{os.environ['PATH']}"}
    words = ("docs", "check", "--changed-since", "HEAD", "--select", "missing-file", "--format", "json")
    outcome = cde(*words, cwd=repository, env=environment)
    assert [finding["evidence"] for finding in outcome.json["items"]] == ["gone-3.md"]
    assert list(marks.iterdir()) == []

    # Without an object, a partial clone would fetch it: by a command that the configuration names.
    (repository / ".git/objects" / missing[:2] / missing[2:]).unlink()
    outcome = cde(*words, cwd=repository, env=environment)
    assert [finding["path"] for finding in outcome.json["items"]] == ["docs/a.md", "docs/b.md", "docs/b.md"]
    assert [told["code"] for told in outcome.json["diagnostics"]] == ["not-compared"]
    assert list(marks.iterdir()) == []
    # The trap works: asked in the usual way, git runs the program.
    git(repository, "status", check=False)
    git(repository, "cat-file", "-p", missing, check=False)
    assert (marks / "ran").exists()


def test_the_repository_is_left_as_it_was(repository: Path) -> None:
    (repository / "docs/a.md").write_text(OLD + "[three](gone-3.md)\n")

    def state() -> dict[str, tuple[int, bytes]]:
        files = (path for path in repository.rglob("*") if stat.S_ISREG(path.lstat().st_mode))
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    assert evidence(repository) == ["docs/a.md:gone-3.md"]
    assert state() == before


def test_objects_too_large_or_missing_are_told(repository: Path) -> None:
    source = Repository(str(repository / "docs"), "HEAD")
    assert source.prefix == "docs/"
    name = source.files["docs/a.md"]
    with source.contents(len(OLD)) as reader:
        assert reader.read(name) == OLD.encode()
        assert reader.read("0" * 40) is None
    with source.contents(len(OLD) - 1) as reader:
        assert reader.read(name) is None
        assert reader.read(source.files["README.md"]) == b"# R\n"


def test_counts_without_a_comparison(repository: Path, engine: str) -> None:
    summary = cde_api.check_documentation(repository, engine=engine).summary
    assert isinstance(summary, FindingSummary)
    assert (summary.known, summary.unchanged) == (0, 0)
