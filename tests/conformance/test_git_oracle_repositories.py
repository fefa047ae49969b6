"""The walk agrees with git in every form that a repository, its index and its settings take."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from support.git_trees import git_environment, git_files, is_hidden
from support.walks import all_listers, in_environment

FILES = (
    "keep.txt",
    "a.log",
    "build/out.o",
    "build/kept.c",
    "src/a.c",
    "src/a.o",
    "src/deep/x.log",
    "doc/.hidden",
    "café",
)


class Repository:
    """A repository made by git itself, and its comparison with both engines."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.top = base / "top"
        self.home = base / "home"
        (self.home / ".config" / "git").mkdir(parents=True)
        self.environment = {
            "HOME": str(self.home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(base),
            "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.org",
            "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.org",
        }  # fmt: skip

    def git(self, *command: str, at: Path | None = None) -> str:
        environment = git_environment(self.environment)
        done = subprocess.run(
            ["git", *command], cwd=at or self.top, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout

    def fill(self, at: Path | None = None) -> None:
        for name in FILES:
            path = (at or self.top) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)

    def init(self, *options: str) -> None:
        self.top.mkdir(exist_ok=True)
        self.git("init", "--quiet", *options)
        self.fill()
        self.ignore("*.log\nbuild/\n*.o\n")

    def ignore(self, text: str, name: str = ".gitignore") -> None:
        (self.top / name).write_text(text)

    def commit(self, *paths: str) -> None:
        self.git("add", "--force", *paths)
        self.git("commit", "--quiet", "--message", "x")

    def check(self, at: Path | None = None) -> list[bytes]:
        folder = os.fsencode(at or self.top)
        expected = git_files(folder, self.environment)
        with in_environment(self.environment):
            for engine, listed in all_listers().items():
                assert (engine, listed(folder, True)) == (engine, expected)
                assert listed(folder, False) == [path for path in expected if not is_hidden(path)]
        return expected


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_tracked_files_in_ignored_folders(repository: Repository) -> None:
    repository.init()
    repository.commit("build/kept.c", "src/a.o")
    (repository.top / "build" / ".gitignore").write_text("!*\n")
    found = repository.check()
    assert b"build/kept.c" in found
    assert b"build/out.o" not in found
    assert repository.check(repository.top / "build") == [b"kept.c"]
    assert repository.check(repository.top / "src") == [b"a.c", b"a.o"]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("format_name", ["sha1", "sha256"])
def test_index_formats(repository: Repository, version: str, format_name: str) -> None:
    repository.init(f"--object-format={format_name}")
    repository.git("config", "index.version", version)
    repository.commit(".")
    if version == "3":
        (repository.top / "added.log").write_text("")
        repository.git("add", "--force", "--intent-to-add", "added.log")
    repository.git("update-index", "--index-version", version)
    assert b"build/out.o" in repository.check()


def test_split_index(repository: Repository) -> None:
    repository.init()
    for number in range(40):
        (repository.top / "build" / f"{number}.o").write_text("")
    repository.git("config", "splitIndex.maxPercentChange", "100")
    repository.commit("build")
    repository.git("update-index", "--split-index")
    repository.check()
    repository.git("rm", "--quiet", "--cached", "build/3.o", "build/39.o")
    repository.git("add", "--force", "src/a.o")
    (repository.top / "build" / "7.o").write_text("changed")
    repository.git("add", "--force", "build/7.o")
    assert list((repository.top / ".git").glob("sharedindex.*"))
    found = repository.check()
    assert b"build/7.o" in found
    assert b"build/3.o" not in found
    assert b"src/a.o" in found


def test_sparse_index(repository: Repository) -> None:
    repository.init()
    repository.commit(".")
    repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "src")
    assert not (repository.top / "doc").exists()
    (repository.top / "doc").mkdir()
    (repository.top / "doc" / "new.txt").write_text("")
    repository.check()


def test_conflicts_are_listed_once(repository: Repository) -> None:
    repository.init()
    repository.commit("a.log")
    repository.git("branch", "other")
    for text, branch in (("1", None), ("2", "other")):
        if branch:
            repository.git("checkout", "--quiet", branch)
        (repository.top / "a.log").write_text(text)
        repository.commit("a.log")
    command = ["git", "merge", "--quiet", "-"]
    environment = git_environment(repository.environment)
    done = subprocess.run(command, cwd=repository.top, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert repository.check().count(b"a.log") == 1


def test_linked_worktree(repository: Repository) -> None:
    repository.init()
    repository.commit("keep.txt", "a.log")
    (repository.top / ".git" / "info" / "exclude").write_text("doc/\n")
    repository.git("worktree", "add", "--quiet", "-b", "side", str(repository.base / "side"))
    side = repository.base / "side"
    repository.fill(side)
    repository.git("config", "extensions.worktreeConfig", "true")
    (repository.base / "mine").write_text("caf*\n")
    repository.git("config", "--worktree", "core.excludesFile", str(repository.base / "mine"), at=side)
    found = repository.check(side)
    assert b"a.log" in found
    assert b"doc/.hidden" not in found
    assert "café".encode() not in found
    repository.check()
    repository.check(side / "src")


def test_submodules_and_repositories_inside(repository: Repository) -> None:
    repository.init()
    library = repository.base / "library"
    library.mkdir()
    repository.git("init", "--quiet", at=library)
    (library / "lib.c").write_text("")
    repository.git("add", ".", at=library)
    repository.git("commit", "--quiet", "--message", "x", at=library)
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library), "vendor/lib")
    shutil.copytree(library, repository.top / "clone")
    shutil.copytree(library, repository.top / "build" / "clone")
    repository.commit("keep.txt", ".gitmodules", "vendor/lib")
    assert not any(path.startswith((b"vendor/", b"clone/")) for path in repository.check())
    repository.check(repository.top / "vendor" / "lib")
    repository.git("submodule", "--quiet", "deinit", "--all", "--force")
    (repository.top / "vendor" / "lib" / "stray").write_text("")
    repository.check()
    repository.check(repository.top / "vendor")
    repository.check(repository.top / "vendor" / "lib")


def _home_ignore(repository: Repository) -> None:
    (repository.home / ".config" / "git" / "ignore").write_text("caf*\n")


def _xdg_config(repository: Repository) -> None:
    (repository.home / ".config" / "git" / "config").write_text("[core]\n\texcludesFile = ~/mine\n")
    (repository.home / "mine").write_text("caf*\n")


def _xdg_home(repository: Repository) -> None:
    repository.environment["XDG_CONFIG_HOME"] = str(repository.base / "xdg")
    (repository.base / "xdg" / "git").mkdir(parents=True)
    (repository.base / "xdg" / "git" / "ignore").write_text("caf*\n")
    _other_ignore(repository)


def _other_ignore(repository: Repository) -> None:
    (repository.home / ".config" / "git" / "ignore").write_text("keep*\n")


def _set_to_nothing(repository: Repository) -> None:
    _home_ignore(repository)
    (repository.home / ".gitconfig").write_text("[core]\n\texcludesFile =\n")


def _relative_to_the_top(repository: Repository) -> None:
    repository.git("config", "core.excludesFile", "doc/patterns")
    (repository.top / "doc" / "patterns").write_text("caf*\n")


def _included(repository: Repository) -> None:
    (repository.home / ".gitconfig").write_text("[include]\n\tpath = more/config\n")
    (repository.home / "more").mkdir()
    (repository.home / "more" / "config").write_text('[core]\n\texcludesFile = "~/mi\\"ne" # comment\n')
    (repository.home / 'mi"ne').write_text("caf*\n")


def _included_by_folder(repository: Repository) -> None:
    (repository.home / ".gitconfig").write_text(
        f'[includeIf "gitdir:{repository.base}/"]\n\tpath = one\n[includeIf "gitdir/i:**/TOP/.git"]\n\tpath = two\n'
        '[includeIf "gitdir:~/nowhere/"]\n\tpath = three\n'
    )
    (repository.home / "one").write_text("[core]\n\texcludesFile = ~/mine\n\tignoreCase = true\n")
    (repository.home / "two").write_text("[core]\n\tignoreCase = false\n")
    (repository.home / "three").write_text("[core]\n\texcludesFile = ~/nothing\n")
    (repository.home / "mine").write_text("caf*\nKEEP*\n")


def _included_by_branch(repository: Repository) -> None:
    repository.git("symbolic-ref", "HEAD", "refs/heads/topic/one")
    (repository.home / ".gitconfig").write_text(
        '[includeIf "onbranch:topic/"]\n\tpath = one\n[includeIf "onbranch:main"]\n\tpath = two\n'
    )
    (repository.home / "one").write_text("[core]\n\texcludesFile = ~/mine\n")
    (repository.home / "two").write_text("[core]\n\texcludesFile = ~/nothing\n")
    (repository.home / "mine").write_text("caf*\n")


def _global_file(repository: Repository) -> None:
    _home_ignore(repository)
    repository.environment["GIT_CONFIG_GLOBAL"] = str(repository.base / "global")
    (repository.base / "global").write_text(f"[core]\n\texcludesFile = {repository.base}/mine\n")
    (repository.base / "mine").write_text("doc\n")


def _ignore_case(repository: Repository) -> None:
    repository.git("config", "core.ignoreCase", "true")
    repository.ignore("KEEP.TXT\n*.LOG\nSRC/A*\nBuild/\n[c]AF*\n/DOC/**\n")


def _info_exclude(repository: Repository) -> None:
    _home_ignore(repository)
    (repository.top / ".git" / "info" / "exclude").write_text("!caf*\nsrc/deep\n")


def _linked_ignore_file(repository: Repository) -> None:
    (repository.top / ".gitignore").rename(repository.top / "patterns")
    (repository.top / ".gitignore").symlink_to("patterns")
    (repository.top / ".git" / "info" / "exclude").unlink(missing_ok=True)
    (repository.top / ".git" / "info" / "exclude").symlink_to("../../patterns")


def _odd_ignore_files(repository: Repository) -> None:
    (repository.top / "src" / ".gitignore").mkdir()
    (repository.top / "doc" / ".gitignore").write_bytes(b"\xef\xbb\xbf.hidden\r\n\0*\r\n")
    (repository.top / "build" / ".gitignore").write_text("!*\n")


@pytest.mark.parametrize(
    ("arrange", "listed"),
    [
        (_home_ignore, False), (_xdg_config, False), (_xdg_home, False), (_set_to_nothing, True),
        (_relative_to_the_top, False), (_included, False), (_included_by_folder, False), (_included_by_branch, False),
        (_global_file, True), (_ignore_case, False), (_info_exclude, True), (_linked_ignore_file, True),
        (_odd_ignore_files, True),
    ],
)  # fmt: skip
def test_settings(repository: Repository, arrange: Callable[[Repository], None], listed: bool) -> None:
    """``listed``: the file that most settings are about is in scope, so that a setting without effect shows."""
    repository.init()
    arrange(repository)
    assert ("café".encode() in repository.check()) == listed
    repository.check(repository.top / "src")


def test_a_folder_that_only_looks_like_a_repository(repository: Repository) -> None:
    repository.init()
    (repository.top / "src" / ".git").mkdir()
    (repository.top / "src" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (repository.top / "doc" / ".git").write_text("gitdir: ../nowhere\n")
    assert b"src/a.c" in repository.check()
    repository.check(repository.top / "src")


def test_a_root_reached_through_a_link(repository: Repository) -> None:
    repository.init()
    (repository.base / "link").symlink_to(repository.top / "src")
    assert repository.check(repository.base / "link") == [b"a.c"]
