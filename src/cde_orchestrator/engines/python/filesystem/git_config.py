"""The few settings of git that decide what is ignored. The twin of ``cde_filesystem::git_config``.

Reads the files that git-config(1) names, in its order: system, global, repository, worktree; follows ``include.path``
and ``includeIf`` by ``gitdir``, ``gitdir/i`` and ``onbranch``. Only data is taken from them: nothing that they name is
run, only regular files are opened, and sizes, depth and number of includes are bounded.

>>> list(parse_config(b'[core]\\n\\tignoreCase\\n\\texcludesFile = "~/my ignore" ; mine\\n'))
[('core.ignorecase', None), ('core.excludesfile', b'~/my ignore')]
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from .files import read_regular_file
from .wildmatch import CASEFOLD, PATHNAME, PatternTooComplexError, wildmatch

__all__ = ["ConfigSyntaxError", "GitConfig", "parse_config", "read_git_config"]

MAX_FILE_BYTES = 1 << 20
MAX_INCLUDE_DEPTH = 10
MAX_FILES = 100

_SPACE = frozenset(b" \t\n\r")
_ESCAPES = {0x74: b"\t", 0x62: b"\b", 0x6E: b"\n", 0x5C: b"\\", 0x22: b'"'}


class ConfigSyntaxError(Exception):
    """The file cannot be read beyond some line; the argument is the line's number."""


def _is_key_byte(byte: int) -> bool:
    return byte == 0x2D or 0x30 <= byte <= 0x39 or 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A


class _Reader:
    """Bytes one by one: a carriage return before a line feed is dropped, and the end reads as a line feed."""

    __slots__ = ("data", "ended", "line", "position")

    def __init__(self, content: bytes) -> None:
        self.data = content.removeprefix(b"\xef\xbb\xbf")
        self.position = 0
        self.line = 1
        self.ended = False

    def next(self) -> int:
        if self.data[self.position : self.position + 2] == b"\r\n":
            self.position += 1
        if self.position >= len(self.data):
            self.ended = True
            return 0x0A
        byte = self.data[self.position]
        self.position += 1
        self.line += byte == 0x0A
        return byte

    def error(self, byte: int = 0) -> ConfigSyntaxError:
        """The error for the line of ``byte``, which was just read."""
        return ConfigSyntaxError(self.line - (byte == 0x0A and not self.ended))


def _section(reader: _Reader) -> str:
    """The section's name, in lower case, with its subsection as written. ``[`` was read."""
    name = bytearray()
    while True:
        byte = reader.next()
        if byte == 0x5D and not reader.ended:
            break
        if byte in _SPACE and not reader.ended:
            name += b"." + _subsection(reader, byte)
            break
        if reader.ended or not (_is_key_byte(byte) or byte == 0x2E):
            raise reader.error(byte)
        name += bytes((byte,)).lower()
    if not name:
        raise reader.error()
    return os.fsdecode(bytes(name))


def _subsection(reader: _Reader, byte: int) -> bytes:
    while byte in _SPACE:
        if byte == 0x0A:
            raise reader.error(byte)
        byte = reader.next()
    if byte != 0x22:
        raise reader.error(byte)
    name = bytearray()
    while (byte := reader.next()) != 0x22:
        if byte == 0x5C:
            byte = reader.next()
        if byte == 0x0A:
            raise reader.error(byte)
        name.append(byte)
    byte = reader.next()
    if byte != 0x5D:
        raise reader.error(byte)
    return bytes(name)


def _value(reader: _Reader) -> bytes:
    """The value behind ``=``: quotes and escapes resolved, comment and surrounding spaces dropped."""
    value = bytearray()
    quoted = comment = False
    keep = 0  # the length up to the last byte that is not a trailing space
    while True:
        byte = reader.next()
        if byte == 0x0A:
            if quoted:
                raise reader.error(byte)
            return bytes(value[:keep])
        if comment:
            continue
        if byte in _SPACE and not quoted:
            if value:
                value.append(byte)
            continue
        if not quoted and byte in b";#":
            comment = True
            continue
        if byte == 0x22:
            quoted = not quoted
        elif byte != 0x5C:
            value.append(byte)
        else:
            byte = reader.next()
            if byte != 0x0A:
                if byte not in _ESCAPES:
                    raise reader.error()
                value += _ESCAPES[byte]
        keep = len(value)


def parse_config(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Keys (section and name in lower case) and values, in order; ``None`` for a key without ``=``.

    Raises :class:`ConfigSyntaxError` after what stands before the faulty line.
    """
    reader = _Reader(content)
    section: str | None = None
    comment = False
    while True:
        byte = reader.next()
        if byte == 0x0A:
            if reader.ended:
                return
            comment = False
        elif comment or byte in _SPACE:
            continue
        elif byte in b"#;":
            comment = True
        elif byte == 0x5B:
            section = _section(reader)
        elif not _is_key_byte(byte) or byte == 0x2D or 0x30 <= byte <= 0x39:
            raise reader.error(byte)
        else:
            name = bytearray()
            while _is_key_byte(byte):
                name.append(byte)
                byte = reader.next()
            while byte in b" \t":
                byte = reader.next()
            if byte not in (0x0A, 0x3D):
                raise reader.error(byte)
            value = _value(reader) if byte == 0x3D else None
            # A key before any section has no full name; git reads it as such and no setting has that name.
            yield f"{section or ''}.{name.decode().lower()}", value


@dataclass(slots=True)
class GitConfig:
    """Settings in effect. ``excludes_file`` is ``None`` where none is set and empty where it is set to nothing."""

    ignore_case: bool = False
    excludes_file: bytes | None = None
    object_format: bytes = b"sha1"
    worktree_config: bool = False
    problems: list[tuple[bytes, int, str]] = field(default_factory=list)


def _is_true(value: bytes | None) -> bool:
    if value is None:
        return True
    text = value.lower()
    if text in (b"true", b"yes", b"on"):
        return True
    digits = text.removesuffix(b"k").removesuffix(b"m").removesuffix(b"g").lstrip(b"+-")
    return digits.isdigit() and digits.strip(b"0") != b""


def expand_home(path: bytes) -> bytes | None:
    """``~/`` replaced by the home directory; ``None`` for another user's home, or without a home directory."""
    if not path.startswith(b"~"):
        return path
    home = os.environb.get(b"HOME")
    if home is None or path[1:2] not in (b"", b"/"):
        return None
    return home + path[1:]


class _Loader:
    """Applies files to one :class:`GitConfig`. ``git_dir`` is absolute and without links."""

    def __init__(self, git_dir: bytes | None) -> None:
        self.git_dir = git_dir
        self.config = GitConfig()
        self.files = 0

    def load(self, path: bytes, depth: int = 0) -> None:
        if self.files >= MAX_FILES or depth > MAX_INCLUDE_DEPTH:
            return
        self.files += 1
        try:
            content = read_regular_file(path, MAX_FILE_BYTES)
        except OSError:
            return
        try:
            for key, value in parse_config(content):
                self._apply(key, value, path, depth)
        except ConfigSyntaxError as error:
            self.config.problems.append((path, error.args[0], "the rest of the git configuration cannot be read"))

    def _apply(self, key: str, value: bytes | None, path: bytes, depth: int) -> None:
        config = self.config
        if value is not None:
            value = value.partition(b"\0")[0]
        if key == "core.ignorecase":
            config.ignore_case = _is_true(value)
        elif key == "core.excludesfile" and value is not None:
            config.excludes_file = expand_home(value)
        elif key == "extensions.objectformat" and value is not None:
            config.object_format = value.lower()
        elif key == "extensions.worktreeconfig":
            config.worktree_config = _is_true(value)
        elif key == "include.path" or (key.startswith("includeif.") and key.endswith(".path")):
            condition = key[len("includeif.") : -len(".path")] if key.startswith("includeif.") else None
            if value is None or (condition is not None and not self._holds(os.fsencode(condition), path)):
                return
            target = expand_home(value)
            if target is not None:
                self.load(os.path.join(os.path.dirname(path), target), depth + 1)

    def _holds(self, condition: bytes, path: bytes) -> bool:
        """Whether the condition of an ``includeIf`` in the file ``path`` is true."""
        if self.git_dir is None:
            return False
        kind, colon, pattern = condition.partition(b":")
        if not colon or not pattern:
            return False
        try:
            if kind == b"onbranch":
                branch = _branch(self.git_dir)
                pattern += b"**" if pattern.endswith(b"/") else b""
                return branch is not None and wildmatch(pattern, branch, PATHNAME)
            if kind in (b"gitdir", b"gitdir/i"):
                flags = PATHNAME | (CASEFOLD if kind == b"gitdir/i" else 0)
                return _matches_git_dir(pattern, self.git_dir, path, flags)
        except PatternTooComplexError:
            pass
        return False


def _branch(git_dir: bytes) -> bytes | None:
    try:
        head = read_regular_file(os.path.join(git_dir, b"HEAD"), MAX_FILE_BYTES)
    except OSError:
        return None
    prefix, target = head[:4], head[4:].strip(b" \t\r\n")
    return target.removeprefix(b"refs/heads/") if prefix == b"ref:" and target.startswith(b"refs/heads/") else None


def _matches_git_dir(pattern: bytes, git_dir: bytes, path: bytes, flags: int) -> bool:
    if pattern.startswith(b"~/") and (home := os.environb.get(b"HOME")):
        pattern = os.path.realpath(home) + pattern[1:]
    literal = b""
    if pattern.startswith(b"./"):
        # The folder of the including file is compared literally, whatever wildcards its name has.
        literal = os.path.dirname(os.path.realpath(path)) + b"/"
        pattern = pattern[2:]
    elif not pattern.startswith(b"/"):
        pattern = b"**/" + pattern
    if pattern.endswith(b"/") or not pattern:
        pattern += b"**"
    head, tail = git_dir[: len(literal)], git_dir[len(literal) :]
    same = head.lower() == literal.lower() if flags & CASEFOLD else head == literal
    return same and wildmatch(pattern, tail, flags)


def read_git_config(common_dir: bytes, git_dir: bytes) -> GitConfig:
    """The settings for a repository. Both folders are absolute and without links."""
    loader = _Loader(git_dir)
    environment = os.environb
    if not _is_true(environment.get(b"GIT_CONFIG_NOSYSTEM", b"")):
        loader.load(environment.get(b"GIT_CONFIG_SYSTEM", b"/etc/gitconfig"))
    if b"GIT_CONFIG_GLOBAL" in environment:
        loader.load(environment[b"GIT_CONFIG_GLOBAL"])
    else:
        folder = config_home()
        if folder is not None:
            loader.load(os.path.join(folder, b"config"))
        if home := environment.get(b"HOME"):
            loader.load(os.path.join(home, b".gitconfig"))
    loader.load(os.path.join(common_dir, b"config"))
    if loader.config.worktree_config:
        loader.load(os.path.join(git_dir, b"config.worktree"))
    return loader.config


def config_home() -> bytes | None:
    """The folder of the user's own git files, ``$XDG_CONFIG_HOME/git`` or ``~/.config/git``."""
    environment = os.environb
    if base := environment.get(b"XDG_CONFIG_HOME"):
        return os.path.join(base, b"git")
    home = environment.get(b"HOME")
    return os.path.join(home, b".config", b"git") if home else None
