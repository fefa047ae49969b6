"""Listing files, against the fastest finders and against the standard library."""

from __future__ import annotations

from harness.case import Case, Contestant, Target

__all__ = ["CASES", "TARGETS"]

RUST = "cde (in process)"
PYTHON = "cde, Python engine (in process)"
WHOLE = "cde (whole process)"
# fd and rg also print hidden files that an ignore file takes back, as `!.gitignore` does.
TAKEN_BACK = "files and hidden ones taken back"


def _program(name: str, tool: str, *arguments: str, agrees: str | None = "files") -> Contestant:
    script, *rest = arguments
    command = ("{python}", "{programs}/" + script, *rest, "{corpus}")
    return Contestant(name, tool, command, in_process=True, counts="answer", agrees=agrees)


def _command(name: str, tool: str, *command: str, agrees: str | None = "files") -> Contestant:
    return Contestant(name, tool, command, counts="lines", agrees=agrees)


_LIST_ALL = Case(
    "list-all",
    "List every file, no ignore rules",
    "kernel-like",
    "wall",
    RUST,
    (
        _program(RUST, "cde", "cde_list.py", "all", "rust"),
        _command(WHOLE, "cde", "{cde}", "files", "list", "{corpus}", "--no-ignore", "--hidden"),
        _command("fd -uu", "fd", "{fd}", "-uu", "--type", "file", ".", "{corpus}"),
        _command("rg --files -uuu", "rg", "{rg}", "--files", "-uuu", "{corpus}"),
        _program("os.walk", "python", "walk_scandir.py", "walk"),
        _program("pathlib.rglob", "python", "walk_scandir.py", "rglob"),
        _program(PYTHON, "cde", "cde_list.py", "all", "python"),
    ),
    "CDE's answer is sorted and held as records; fd and rg print in the order of arrival.",
)

_LIST_IGNORE = Case(
    "list-ignore",
    "List the files that git does not ignore",
    "kernel-like-git",
    "wall",
    RUST,
    (
        _program(RUST, "cde", "cde_list.py", "ignore", "rust"),
        _command(WHOLE, "cde", "{cde}", "files", "list", "{corpus}"),
        _command("fd", "fd", "{fd}", "--type", "file", ".", "{corpus}", agrees=TAKEN_BACK),
        _command("rg --files", "rg", "{rg}", "--files", "{corpus}", agrees=TAKEN_BACK),
        _command(
            "git ls-files",
            "git",
            *("{git}", "-C", "{corpus}", "ls-files", "--cached", "--others", "--exclude-standard"),
            agrees=None,
        ),
        _program("os.walk + pathspec", "pathspec", "walk_pathspec.py"),
        _program(PYTHON, "cde", "cde_list.py", "ignore", "python"),
    ),
    "Hidden files are skipped; fd and rg print those that an ignore file takes back, and git prints all. CDE reads "
    "git's index as well, as the answer depends on it.",
)

_LIST_STAT = Case(
    "list-stat",
    "List every file with size and time",
    "kernel-like",
    "wall",
    RUST,
    (
        _program(RUST, "cde", "cde_list.py", "stat", "rust"),
        _program("os.walk + lstat", "python", "walk_scandir.py", "lstat"),
        _program(PYTHON, "cde", "cde_list.py", "stat", "python"),
    ),
    "CDE's records hold the language and tags of each file too.",
)

_CHANGES = Case(
    "changes",
    "What changed since the snapshot: nothing",
    "kernel-like-git",
    "wall",
    RUST,
    (
        _program(RUST, "cde", "cde_changes.py", "rust", agrees=None),
        _command("git status", "git", "{git}", "-C", "{corpus}", "status", "--porcelain", agrees=None),
        _program(PYTHON, "cde", "cde_changes.py", "python", agrees=None),
    ),
)

_SMALL = Case(
    "list-small",
    "List the files of an ordinary repository, from the shell",
    "django",
    "wall",
    WHOLE,
    (
        _command(WHOLE, "cde", "{cde}", "files", "list", "{corpus}"),
        _command("fd", "fd", "{fd}", "--type", "file", ".", "{corpus}", agrees=TAKEN_BACK),
        _command("rg --files", "rg", "{rg}", "--files", "{corpus}", agrees=TAKEN_BACK),
    ),
    "Here the start of the Python interpreter decides.",
)

CASES = (_LIST_ALL, _LIST_IGNORE, _LIST_STAT, _CHANGES, _SMALL)

TARGETS = (
    Target("list-all", RUST, "wall", "times_faster", 1.8, "fd -uu"),
    Target("list-all", RUST, "wall", "times_faster", 1.3, "rg --files -uuu"),
    Target("list-all", RUST, "wall", "times_faster", 12, "pathlib.rglob"),
    Target("list-ignore", RUST, "wall", "times_faster", 1.8, "fd"),
    Target("list-ignore", RUST, "wall", "times_faster", 1.8, "rg --files"),
    Target("list-ignore", RUST, "wall", "times_faster", 10, PYTHON),
    Target("list-stat", RUST, "wall", "times_faster", 4.5, "os.walk + lstat"),
    Target("changes", RUST, "wall", "at_most", 0.1),
)
