"""Small hostile repositories, made from a number without running git, and what git says about them.

The index is written here byte by byte (versions 2, 3 and 4), so that a tree costs one git process: the oracle's.
"""
# ruff: noqa: PTH102, PTH114, PTH211, RUF071 - names are bytes, which pathlib does not take

from __future__ import annotations

import hashlib
import os
import random
import re
import stat
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

NAMES = [
    b"a", b"b", b"c", b"foo", b"bar", b"baz", b"Foo", b"a.c", b"a.o", b"foo.c", b"foo.tar.gz", b"build", b"src",
    b"doc", b".x", b".hid", b"a b", b"sp ", b" lead", b"st*r", b"q?", b"[x]", b"back\\slash", b"#hash",
    b"!bang", b"nl\nx", b"caf\xc3\xa9", b"bad\xff", b"foo~", b"foobar", b"barfoo", b"a-b", b"a]b", b"x.min.js",
    b"tab\t", b"cr\r", b"-", b"$x",
]  # fmt: skip

GLOBS = [
    b"*", b"?", b"**", b"*.c", b"*.o", b"*.tar.gz", b"foo*", b"*foo", b"*o*", b"f?o", b"[a-c]", b"[!a-c]",
    b"[^f]*", b"[[:alpha:]]", b"[[:upper:]]*", b"[]x]", b"[a-", b"\\*", b"st\\*r", b"\\[x\\]", b"back\\\\slash",
    b"q\\?", b"a[/]b", b"*~", b"*.", b".*", b".?*", b"a**b", b"**foo", b"foo**", b"*[[:space:]]*",
    b"[[:bogus:]]", b"[a\\-c]", b"\\a", b"*.min.*", b"*[!o]", b"a\\", b"*b*a*", b"**/foo", b"foo/**", b"**/**",
    b"a/**/b", b"*/*", b"/*", b"[f-b]oo", b"*\xff", b"caf?", b"caf??", b"***", b"*a*/b",
]  # fmt: skip


def _git_version() -> tuple[int, ...]:
    words = subprocess.run(["git", "version"], capture_output=True, text=True, check=True).stdout.split()
    return tuple(int(part) for part in words[2].split(".")[:2])


GIT_VERSION = _git_version()


def portable(pattern: bytes) -> bytes:
    """``pattern`` without what git 2.52 changed, where the oracle is that new.

    Before, what followed the literal part of a pattern was matched as if a pattern began there, so that ``a**/b``
    crossed components. The engines do as those versions do.
    """
    return pattern if GIT_VERSION < (2, 52) else re.sub(rb"([^/!*])\*\*+", rb"\1*", pattern)


@dataclass
class HostileTree:
    """A repository on disk and the environment in which git and the engines see its excludes file."""

    top: Path
    environment: dict[str, str]
    folders: list[bytes] = field(default_factory=list)


def write_index(path: Path, entries: dict[bytes, int], version: int = 2, hash_name: str = "sha1") -> None:
    """An index that tracks ``entries`` (path to mode). Object names are not those of any object."""
    out = bytearray(struct.pack(">4sII", b"DIRC", version, len(entries)))
    previous = b""
    for name, mode in sorted(entries.items()):
        begin = len(out)
        out += struct.pack(">10I", 0, 0, 0, 0, 0, 0, mode, 0, 0, 0)
        out += hashlib.new(hash_name, name).digest()
        extended = version >= 3 and len(name) % 2 == 0
        out += struct.pack(">H", min(len(name), 0xFFF) | (0x4000 if extended else 0))
        if extended:
            out += struct.pack(">H", 0x2000)  # intent to add
        if version == 4:
            common = len(os.path.commonprefix([name, previous]))
            out += _varint(len(previous) - common) + name[common:] + b"\0"
            previous = name
        else:
            out += name
            out += b"\0" * (8 - (len(out) - begin) % 8)
    path.write_bytes(bytes(out) + hashlib.new(hash_name, out).digest())


def _varint(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        value -= 1
        digits.append(0x80 | (value & 0x7F))
    return bytes(reversed(digits))


def make_git_dir(path: Path) -> None:
    """What git needs to take a folder for a repository."""
    (path / "objects").mkdir(parents=True)
    (path / "refs").mkdir()
    (path / "info").mkdir()
    (path / "HEAD").write_text("ref: refs/heads/main\n")
    (path / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n")


def _pattern(rng: random.Random, here: list[bytes]) -> bytes:
    """One line of an ignore file; ``here`` are paths that exist below it."""
    kind = rng.random()
    if kind < 0.35 and here:
        text = rng.choice(here)
        parts = text.split(b"/")
        if rng.random() < 0.4:
            text = parts[-1]
        if rng.random() < 0.4:
            parts[rng.randrange(len(parts))] = rng.choice(GLOBS)
            text = b"/".join(parts)
        if rng.random() < 0.2:
            at = rng.randrange(len(text) + 1)
            text = (
                text[:at] + rng.choice([b"*", b"?", b"**", b"\\", b"[!x]", b"[", b"/"]) + text[at + rng.randrange(3) :]
            )
    elif kind < 0.7:
        text = rng.choice(GLOBS)
    else:
        text = b"/".join(rng.choice(NAMES + GLOBS) for _ in range(rng.randint(1, 3)))
    if rng.random() < 0.25:
        text = b"/" + text
    if rng.random() < 0.25:
        text += b"/"
    if rng.random() < 0.05:
        text += b"  "
    if rng.random() < 0.03:
        text += b"\\ "
    if rng.random() < 0.2:
        text = b"!" + text
    if rng.random() < 0.02:
        text = b"#" + text
    if text[:2] == b"!!":
        text = text[1:]
    return portable(text)


def ignore_file(rng: random.Random, here: list[bytes]) -> bytes:
    """An ignore file, most lines of which speak of the paths ``here``."""
    end = rng.choice([b"\n", b"\n", b"\n", b"\r\n"])
    lines = [_pattern(rng, here) for _ in range(rng.randint(1, 7))]
    content = end.join(lines)
    if rng.random() < 0.8:
        content += end
    return b"\xef\xbb\xbf" + content if rng.random() < 0.05 else content


class _Maker:
    def __init__(self, top: bytes, seed: int) -> None:
        self.rng = random.Random(seed)
        self.top = top
        self.paths: dict[bytes, int] = {}
        self.folders = [b""]

    def place(self, folder: bytes, depth: int) -> None:
        rng = self.rng
        for name in rng.sample(NAMES, rng.randint(1, 6)):
            path = folder + name
            full = os.path.join(self.top, path)
            kind = rng.random()
            if kind < 0.40 and depth < 4:
                os.mkdir(full)
                self.folders.append(path + b"/")
                if rng.random() < 0.06:
                    self.nested(full)
                self.place(path + b"/", depth + 1)
            elif kind < 0.47:
                os.symlink(rng.choice([b"a", b"..", b"/", b"nowhere", b"foo/bar"]), full)
                self.paths[path] = 0o120000
            elif kind < 0.49:
                os.mkfifo(full)
            else:
                with open(full, "wb"):
                    self.paths[path] = 0o100644

    def nested(self, full: bytes) -> None:
        kind = self.rng.random()
        git = os.path.join(full, b".git")
        if kind < 0.6:
            make_git_dir(Path(os.fsdecode(git)))
        elif kind < 0.8:
            os.mkdir(git)
        else:
            with open(git, "wb") as file:
                file.write(self.rng.choice([b"gitdir: nowhere\n", b"junk", b"gitdir: ../.git\n"]))

    def ignore_files(self) -> None:
        for folder in self.folders:
            if self.rng.random() < (0.7 if not folder else 0.25):
                here = [path[len(folder) :] for path in [*self.paths, *self.folders] if path.startswith(folder)]
                here = [path.rstrip(b"/") for path in here if path]
                path = os.path.join(self.top, folder, b".gitignore")
                if self.rng.random() < 0.02:
                    os.symlink(b"a.c", path)
                else:
                    with open(path, "wb") as file:
                        file.write(ignore_file(self.rng, here))

    def tracked(self) -> dict[bytes, int]:
        rng = self.rng
        chosen = {path: mode for path, mode in self.paths.items() if rng.random() < 0.3}
        if rng.random() < 0.2:
            chosen[b"gone/file"] = 0o100644
        if rng.random() < 0.2 and self.paths:
            # A file on disk where the index has a folder, and the other way round.
            chosen[rng.choice(list(self.paths)) + b"/x"] = 0o100644
        if rng.random() < 0.3 and len(self.folders) > 1:
            chosen[rng.choice(self.folders[1:]).rstrip(b"/")] = rng.choice([0o160000, 0o160000, 0o100644])
        conflicts = {path for path in chosen for other in chosen if other.startswith(path + b"/")}
        return {path: mode for path, mode in chosen.items() if path not in conflicts}


def make_hostile_tree(base: Path, seed: int) -> HostileTree:
    """The tree number ``seed`` below ``base``, which must not hold it yet."""
    top = base / f"tree{seed}"
    top.mkdir(parents=True)
    maker = _Maker(os.fsencode(top), seed)
    rng = maker.rng
    maker.place(b"", 0)
    maker.ignore_files()
    git = top / ".git"
    make_git_dir(git)
    every = [path.rstrip(b"/") for path in [*maker.paths, *maker.folders] if path]
    if rng.random() < 0.3:
        (git / "info" / "exclude").write_bytes(ignore_file(rng, every))
    home = base / f"home{seed}"
    (home / ".config" / "git").mkdir(parents=True)
    if rng.random() < 0.2:
        (home / ".config" / "git" / "ignore").write_bytes(ignore_file(rng, every))
    if rng.random() < 0.2:
        (home / "my ignore").write_bytes(ignore_file(rng, every))
        (home / ".gitconfig").write_text('[core]\n\texcludesFile = "~/my ignore" # mine\n')
    tracked = maker.tracked()
    if tracked:
        write_index(git / "index", tracked, version=rng.choice([2, 3, 4]))
    environment = {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": str(base)}
    return HostileTree(top, environment, [os.path.join(os.fsencode(top), folder) for folder in maker.folders])


def git_environment(extra: dict[str, str]) -> dict[str, str]:
    """An environment in which git sees the settings of the test and nobody else's."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "XDG_"))}
    return {**kept, **extra, "LC_ALL": "C"}


def git_files(folder: bytes | Path, environment: dict[str, str]) -> list[bytes]:
    """What git lists below ``folder`` and is a file or a link on disk, sorted by bytes."""
    command = ["git", "-c", "core.quotepath=off", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(
        command, cwd=os.fsencode(folder), env=git_environment(environment), capture_output=True, check=True
    )
    return sorted(path for path in set(done.stdout.split(b"\0")) if path and _is_listable(os.fsencode(folder), path))


def _is_listable(folder: bytes, path: bytes) -> bool:
    current = folder
    parts = path.split(b"/")
    for part in parts[:-1]:
        current = os.path.join(current, part)
        if os.path.islink(current):
            return False
    try:
        mode = os.lstat(os.path.join(folder, path)).st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def is_hidden(path: bytes) -> bool:
    """Whether any component begins with a dot."""
    return any(part.startswith(b".") for part in path.split(b"/"))
