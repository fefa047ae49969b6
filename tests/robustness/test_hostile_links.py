"""Link targets that were made to break something."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines

MakeTree = Callable[[Mapping[str, str | bytes]], Path]


def findings(engines: Engines, root: Path) -> list[dict[str, object]]:
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    items: list[dict[str, object]] = json.loads(
        engines.documentation.check(tree, scan, CheckOptions(select=("links",))).to_json()
    )["items"]
    return items


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        ("../" * 1_000_000 + "x.md", "escapes-root"),
        ("a/" * 500_000 + "x.md", "missing-file"),
        ("./" * 500_000 + "a.md", "self-link"),
        ("x" * 1_000_000, "missing-file"),
        ("x" * 300 + "/y.md", "missing-file"),
        ("%00" * 100_000, "missing-file"),
        ("%2e%2e%2f" * 100_000, "escapes-root"),
        ("%252e%252e%252f" * 10_000, "missing-file"),
        ("#" + "%" * 1_000_000, "missing-anchor"),
        ("#" + "-" * 1_000_000, "missing-anchor"),
        ("?" * 1_000_000 + "#nope", "missing-anchor"),
        ("\\" * 5 + "x", "escapes-root"),
        ("a\\" * 300_000 + "x", "missing-file"),
        ("\u202e\u200b\ufeff.md", "missing-file"),
    ],
    ids=lambda value: value[:12].encode("unicode_escape").decode(),
)
def test_long_and_odd_targets(engines: Engines, make_tree: MakeTree, target: str, rule: str) -> None:
    root = make_tree({"a.md": f"[x](<{target}>)\n"})
    assert [finding["rule"] for finding in findings(engines, root)] == [rule]


def test_a_message_stays_short(engines: Engines, make_tree: MakeTree) -> None:
    (finding,) = findings(engines, make_tree({"a.md": f"[x]({'é' * 100_000}.md)\n"}))
    assert len(str(finding["message"])) < 250
    assert len(str(finding["evidence"])) == 100_003


def test_a_document_full_of_broken_links(engines: Engines, make_tree: MakeTree) -> None:
    files = {f"folder/file-{number}.md": "" for number in range(300)}
    links = "".join(f"[x](folder/flie-{number}.md) [y](#anchro-{number})\n" for number in range(20_000))
    headings = "".join(f"# Anchor {number}\n" for number in range(5_000))
    found = findings(engines, make_tree({**files, "a.md": links + headings}))
    assert len(found) == 40_000
    assert found[0]["suggestion"] == "folder/file-0.md"


def test_names_that_are_not_text(engines: Engines, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name, content in ((b"caf\xe9.md", b"# X\n[a](caf%E9.md#x) [b](%E8.md) [c](CAF%E9.md)"), (b"\xe8.md", b"")):
        Path(os.fsdecode(os.path.join(folder, name))).write_bytes(content)
    found = findings(engines, tmp_path)
    assert [(finding["path"], finding["rule"], finding["suggestion"]) for finding in found] == [
        ("caf\\xe9.md", "wrong-case", "caf%E9.md")
    ]
    assert found[0]["message"] == "the name differs in case from 'caf\\xe9.md'"


def test_links_on_disk_stay_inside_the_root(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.md": "[a](.out/x) [b](.in/x) [c](.loop/x) [d](.loop)\n", "folder/x": ""})
    (root.parent / "x").write_text("", "utf-8")
    (root / ".out").symlink_to(root.parent)
    (root / ".in").symlink_to(root / "folder")
    (root / ".loop").symlink_to(".loop")
    assert [finding["evidence"] for finding in findings(engines, root)] == [".out/x", ".loop/x", ".loop"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_the_system_does_not_tell_is_not_missing(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.md": "[a](.closed/x)\n", ".closed/x": ""})
    (root / ".closed").chmod(0)
    try:
        assert findings(engines, root) == []
    finally:
        (root / ".closed").chmod(0o700)


def test_a_file_system_that_takes_no_notice_of_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Imitated for the Python engine: every spelling of a name is the same entry."""
    from cde_orchestrator.engines.python.filesystem import exists

    (tmp_path / ".Hidden").write_text("", "utf-8")
    real, lower = os.stat, {".hidden": ".Hidden"}

    def spelt(path: bytes, **options: bool) -> os.stat_result:
        folder, name = os.path.split(os.fsdecode(path))
        return real(os.path.join(folder, lower.get(name.lower(), name)), **options)

    monkeypatch.setattr(exists.os, "stat", spelt)
    monkeypatch.setattr(exists.os, "lstat", spelt)
    monkeypatch.setattr(exists.os.path, "realpath", lambda path, *, strict: path)
    assert exists.presence(os.fsencode(tmp_path), b".Hidden") == "file"
    assert exists.presence(os.fsencode(tmp_path), b".hIDDEN") == "missing"


GIT = {".git/HEAD": "ref: refs/heads/main\n", ".git/objects/x": "", ".git/refs/x": ""}
REMOTE = '[remote "origin"]\n\turl = https://github.com/o/r\n'


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("%00" * 100_000, "own-url-missing"),
        ("a/" * 500_000 + "x", "own-url-missing"),
        ("x" * 1_000_000, "own-url-missing"),
        ("a.md#L999999999", "own-url-line"),
        ("a.md#L" + "9" * 100_000, "missing-anchor"),
        ("%2e%2e%2f" * 100_000, None),
        ("%2e%2e/" * 100_000, None),
        ("../" * 100_000 + "etc/passwd", None),
        ("/" * 1_000_000, None),
        ("?" * 1_000_000, None),
    ],
    ids=lambda value: str(value)[:12],
)
def test_odd_addresses_of_own_files(engines: Engines, make_tree: MakeTree, path: str, rule: str | None) -> None:
    text = f"[x](<https://github.com/o/r/blob/main/{path}>)\n"
    root = make_tree({**GIT, ".git/config": REMOTE, "a.md": text})
    assert [finding["rule"] for finding in findings(engines, root)] == ([] if rule is None else [rule])


@pytest.mark.parametrize(
    "config",
    [
        f'[remote "a"]\nurl = https://{"h" * 900_000}/o/r\n',
        "".join(f'[remote "{number}"]\nurl = https://h{number}/o/r\n' for number in range(20_000)),
        '[remote "a"]\nurl\n[remote "b"]\nurl = \n[remote "c"]\nurl = ://///\n[remote "d"]\nurl = \x01@:/:/\n',
        '[remote "a"]\nurl = "https://github.com/o/r\n',
        "[include]\npath = ../../remotes\n",
    ],
    ids=["long", "many", "odd", "unclosed", "include"],
)
def test_remotes_that_name_no_repository(engines: Engines, make_tree: MakeTree, config: str) -> None:
    text = "[x](https://github.com/o/r/blob/main/gone)\n"
    root = make_tree({**GIT, ".git/config": config, "remotes": REMOTE, "a.md": text})
    assert findings(engines, root) == []


def test_a_head_that_is_no_file(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({**GIT, ".git/config": REMOTE, "a.md": "[x](https://github.com/o/r/blob/main/gone)\n"})
    origin = root / ".git/refs/remotes/origin"
    origin.mkdir(parents=True)
    os.mkfifo(origin / "HEAD")
    assert [finding["rule"] for finding in findings(engines, root)] == ["own-url-missing"]
