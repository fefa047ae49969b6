"""Trees that want to break the walk: depth, cycles, files that block, patterns and settings that never end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import new_cancel_token
from cde_orchestrator.errors import CdeError, OperationCancelledError
from conftest import TreeMaker
from support.git_trees import make_git_dir
from support.walks import filesystem_engine, list_answer, lister


def paths(engine: str, root: Path, **options: object) -> list[str]:
    return [record.path for record in list_answer(engine, root, **options).items]


def skipped(engine: str, root: Path, **options: object) -> dict[str, tuple[int, tuple[str, ...]]]:
    account = list_answer(engine, root, **options).completeness.skipped
    return {one.reason: (one.count, one.examples) for one in account}


def test_folders_nested_thousands_deep(engine: str, tmp_path: Path) -> None:
    depth = 1500
    # Made relative to descriptors: no path names the bottom.
    folder = os.open(tmp_path, os.O_RDONLY)
    for level in range(depth):
        os.mkdir("deep", dir_fd=folder)
        inner = os.open("deep", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
        if level % 250 == 249:
            os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
            descriptor = os.open(".gitignore", os.O_CREAT | os.O_WRONLY, dir_fd=folder)
            os.write(descriptor, b"*.o\n/deep/x\n")
            os.close(descriptor)
    os.close(folder)
    try:
        found = lister(engine)(os.fsencode(tmp_path), False)
        assert found == sorted(b"deep/" * (250 * step) + b"file" for step in range(1, 7))
        filesystem = filesystem_engine(engine)
        tree = filesystem.open_tree(str(tmp_path), TreeOptions())
        answer = filesystem.list_files(tree, FileFilter(hash=True))
        assert [record.size for record in answer.items] == [0] * 6
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "deep"], check=True)


def test_files_that_block_are_not_opened(engine: str, tmp_path: Path) -> None:
    for name in ("pipe", ".gitignore", ".ignore", ".gitattributes"):
        os.mkfifo(tmp_path / name)
    with socket.socket(socket.AF_UNIX) as server:
        # The path of a socket is at most 107 bytes.
        here = Path.cwd()
        os.chdir(tmp_path)
        try:
            server.bind("socket")
        finally:
            os.chdir(here)
        (tmp_path / "file").write_text("")
        assert paths(engine, tmp_path) == ["file"]
        assert skipped(engine, tmp_path)["special-file"] == (2, ("pipe", "socket"))
        assert skipped(engine, tmp_path, hidden=True)["special-file"][0] == 5


@pytest.mark.parametrize("name", ["HEAD", "config", "index", "info/exclude", "commondir", "objects", "config.worktree"])
def test_git_files_that_block_are_not_opened(engine: str, name: str, make_tree: TreeMaker) -> None:
    root = make_tree({"file": "", "a/b": ""})
    make_git_dir(root / ".git")
    path = root / ".git" / name
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert paths(engine, root) == ["a/b", "file"]


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/tty", "/dev/stdin", "/proc/self/mem", "/"])
def test_settings_that_name_devices(engine: str, target: str, make_tree: TreeMaker) -> None:
    root = make_tree({"file": ""})
    make_git_dir(root / ".git")
    lines = f"[core]\n\texcludesFile = {target}\n[include]\n\tpath = {target}\n\tpath = config\n"
    (root / ".git" / "config").write_text(lines)
    (root / ".git" / "index").symlink_to(target)
    (root / ".git" / "info" / "attributes").symlink_to(target)
    answer = list_answer(engine, root)
    assert [record.path for record in answer.items] == ["file"]
    assert {one.code for one in answer.diagnostics} >= {"git-index-invalid"}


def test_settings_that_include_each_other_many_times(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"file": ""})
    make_git_dir(root / ".git")
    (root / ".git" / "config").write_text("[include]\n" + "\tpath = other\n" * 1000)
    (root / ".git" / "other").write_text("[include]\n" + "\tpath = config\n" * 1000)
    assert paths(engine, root) == ["file"]


def test_links_that_lead_back(engine: str, make_tree: TreeMaker, tmp_path: Path) -> None:
    root = make_tree({"a/b/file": "", "c/file": "", ".git/config": "", "a/.hidden/x": ""})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("")
    links = {
        "a/b/up": "..", "a/b/top": "../..", "a/self": "self", "a/to_c": "../c", "c/to_a": "../a", "out": str(outside),
        "git": ".git", "config": ".git/config", "root": str(root), "gone": "nowhere", "to_file": "c/file",
        "a/h": ".hidden",
    }  # fmt: skip
    for name, target in links.items():
        (root / name).symlink_to(target)
    assert paths(engine, root) == sorted([*links, "a/b/file", "c/file"])
    followed = paths(engine, root, follow=True)
    assert "a/to_c/file" in followed
    assert "c/to_a/b/file" in followed
    assert "a/h/x" in followed
    # What is below a followed link lists its own links as links.
    assert "a/to_c/to_a" in followed
    for name in ("a/b/up", "a/b/top", "a/self", "out", "git", "config", "root", "gone", "to_file"):
        assert name in followed
    assert not any("secret" in path or path.startswith("git/") for path in followed)


def test_many_links_between_folders_do_not_multiply(engine: str, tmp_path: Path) -> None:
    for one in range(12):
        (tmp_path / str(one)).mkdir()
        (tmp_path / str(one) / "file").write_text("")
        for other in range(12):
            (tmp_path / str(one) / f"to{other}").symlink_to(f"../{other}")
    assert len(paths(engine, tmp_path, follow=True)) == 12 * (1 + 11 * 13 + 1)


def test_patterns_that_explode(engine: str, make_tree: TreeMaker) -> None:
    deep = "/".join("a" * 12) + "/file"
    root = make_tree({deep: "", "a" * 200: "", "kept": ""})
    hostile = ["/" + "**/" * 3000 + "x", "*a" * 20_000 + "b", "[" + "b" * 100_000 + "]", "a" * 1_000_000, "?" * 100_000]
    (root / ".gitignore").write_text("\n".join([*hostile, "/kept*/", "ka" + "*[!q]" * 2000]))
    assert paths(engine, root) == sorted(["a" * 200, deep, "kept"])


def test_a_pattern_that_takes_too_long_is_reported(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a" * 200: "", "b": ""})
    (root / ".gitignore").write_text("b\n" + "*" + "[" + "x" * 300_000 + "]\n")
    answer = list_answer(engine, root)
    assert [record.path for record in answer.items] == ["a" * 200]
    assert [(one.path, one.line, one.code) for one in answer.diagnostics] == [(".gitignore", 2, "pattern-too-complex")]


def test_an_ignore_file_of_many_lines(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({f"f{number}": "" for number in range(200)})
    lines = (b"f%d\n/g%d\n*.x%d\n%sf%d\n" % (n, n, n, b"!" if n % 2 else b"", n) for n in range(50_000))
    (root / ".gitignore").write_bytes(b"".join(lines))
    assert paths(engine, root) == sorted(f"f{number}" for number in range(1, 200, 2))


def test_names_that_are_not_text(engine: str, tmp_path: Path) -> None:
    names = [b"\xff", b"new\nline", b"\x01\x7f", b"a\\b", b"\xed\xa0\x80", b"-rf", b" ", b"caf\xc3\xa9", b"x" * 255]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb"):
            pass
    assert lister(engine)(os.fsencode(tmp_path), False) == sorted(names)


def test_names_sort_by_the_bytes_of_whole_paths(engine: str, make_tree: TreeMaker) -> None:
    names = ["a/x", "a-b", "a.b", "a0", "a/b/c", "a/b-", "a/b0", "ab", "a b/c", "a\tb"]
    found = paths(engine, make_tree(dict.fromkeys(names, "")))
    assert found == sorted(names)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs another user")
def test_unreadable_folders_are_reported(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"open/file": "", "closed/file": "", "closed_rules/.gitignore": "*", "closed_rules/file": ""})
    for parent in [root, *root.parents]:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    (root / "closed").chmod(0)
    (root / "closed_rules" / ".gitignore").chmod(0)
    program = (
        "import os, sys\n"
        "sys.path[:0] = sys.argv[3:]\n"
        "from support.walks import list_answer\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "answer = list_answer(sys.argv[1], sys.argv[2].encode())\n"
        "print([record.path for record in answer.items], answer.completeness.state)\n"
        "print([(one.path, one.code, one.message) for one in answer.diagnostics])\n"
        "from cde_orchestrator.errors import CdeError\n"
        "try: list_answer(sys.argv[1], sys.argv[2].encode() + b'/closed')\n"
        "except CdeError as error: print(error.code, error.message)\n"
    )
    command = [sys.executable, "-c", program, engine, str(root), *sys.path]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "HOME": "/nonexistent"}
    )
    (root / "closed").chmod(0o755)
    if "PermissionError" in done.stderr or "ModuleNotFoundError" in done.stderr:
        pytest.skip("another user cannot read this interpreter")
    assert done.stdout.splitlines() == [
        "['closed_rules/file', 'open/file'] partial",
        "[('closed', 'unreadable-directory', 'permission denied'),"
        " ('closed_rules/.gitignore', 'ignore-file-unusable', 'permission denied')]",
        "permission-denied permission denied",
    ], done.stderr


def test_a_cancelled_walk_ends(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({f"{one}/{two}/file": "" for one in range(30) for two in range(30)})
    if engine == "rust":
        token = new_cancel_token()
    else:
        from cde_orchestrator.engines.python.control import PythonCancelToken

        token = PythonCancelToken()
    token.cancel()
    with pytest.raises(OperationCancelledError):
        filesystem_engine(engine).open_tree(str(root), TreeOptions(), cancel=token)


def test_files_that_come_and_go_during_the_walk(engine: str, tmp_path: Path) -> None:
    root = tmp_path / "tree"
    for one in range(40):
        (root / "stays" / str(one)).mkdir(parents=True)
        (root / "stays" / str(one) / "file").write_text("")
    ended = threading.Event()

    def disturb() -> None:
        while not ended.is_set():
            for one in range(20):
                (root / "goes" / str(one) / "deep").mkdir(parents=True, exist_ok=True)
                (root / "goes" / str(one) / "deep" / "file").write_text("")
            shutil.rmtree(root / "goes", ignore_errors=True)

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(40):
            answer = list_answer(engine, root)
            stays = [record.path for record in answer.items if record.path.startswith("stays/")]
            assert len(stays) == 40
            assert list(answer.diagnostics) == []
    finally:
        ended.set()
        thread.join()


def test_walks_from_many_threads(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({f"{one}/{two}/file": "" for one in range(40) for two in range(20)})
    expected = paths(engine, root)
    assert len(expected) == 800
    found: list[object] = []

    def walk() -> None:
        try:
            found.extend(paths(engine, root) for _ in range(5))
        except CdeError as error:
            found.append(error)

    threads = [threading.Thread(target=walk) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 40
