"""The language of a file: by its name and, where the name leaves it open, by its first bytes.

1. The whole file name, then the extension (the last two parts, then the last), exactly, then in lower case.
2. A shared extension (``.h``, ``.m``, ``.pl``, ``.ts``) and an unknown name are open: an Emacs or Vim modeline in the
   first five lines decides, then for an unknown name the ``#!`` line, and for a shared extension the first line that
   begins with a marker of one of its languages; failing these, the extension's default.

The table is generated from ``data/languages.toml``, for both engines alike. The twin of ``cde_filesystem::language``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ....domain.paths import escape_path
from ....errors import InvalidArgumentError
from .language_table import BINARY, LANGUAGES, SHARED

__all__ = [
    "HEAD_BYTES",
    "binary_by_name",
    "is_programming",
    "language_of_name",
    "language_of_text",
    "language_of_type",
]

HEAD_BYTES = 64 * 1024
"""How many bytes from the start of a file the rules look at."""

_MODELINE_LINES = 5
_LONGEST_WORD = 64
_EMACS = re.compile(rb"-\*-(.*?)-\*-")
_VIM_PART_END = re.compile(rb"[ \t:\r]")
_ASCII_BLANKS = b" \t\n\x0c\r"


@dataclass(slots=True)
class _SharedRule:
    default: str
    markers: list[tuple[str, bytes]] = field(default_factory=list)


class _Binary:
    """Marks an extension of a binary format."""


_ByExtension = str | _SharedRule | type[_Binary]


@dataclass(slots=True)
class _Table:
    extensions: dict[bytes, _ByExtension] = field(default_factory=dict)
    filenames: dict[bytes, str] = field(default_factory=dict)
    interpreters: dict[bytes, str] = field(default_factory=dict)
    words: dict[bytes, str] = field(default_factory=dict)
    programming: set[str] = field(default_factory=set)


@cache
def _table() -> _Table:
    table = _Table()
    for line in LANGUAGES.split("\n"):
        name, kind, extensions, filenames, interpreters, aliases = line.split("|")
        table.extensions.update(dict.fromkeys(extensions.encode().split(), name))
        table.filenames.update(dict.fromkeys(filenames.encode().split(), name))
        table.interpreters.update(dict.fromkeys(interpreters.encode().split(), name))
        table.words[name.encode().lower()] = name
        if kind == "programming":
            table.programming.add(name)
        table.words.update(dict.fromkeys(aliases.encode().split(), name))
    for line in SHARED.split("\n"):
        extension, language, marker, _ = f"{line}|".split("|", 3)
        rule = table.extensions.get(extension.encode())
        if isinstance(rule, _SharedRule):
            rule.markers.append((language, marker.encode()))
        else:
            table.extensions[extension.encode()] = _SharedRule(language)
    table.extensions.update(dict.fromkeys(BINARY.encode().split(), _Binary))
    return table


@cache
def _by_suffix(suffix: bytes) -> _ByExtension | None:
    extensions = _table().extensions
    if len(suffix) > _LONGEST_WORD:
        return None
    return extensions.get(suffix) or extensions.get(suffix.lower())


def _by_extension(name: bytes) -> _ByExtension | None:
    last = name.rfind(b".")
    if last <= 0:
        return None
    before = name.rfind(b".", 0, last)
    found = _by_suffix(name[before + 1 :]) if before > 0 else None
    return found or _by_suffix(name[last + 1 :])


def _file_name(path: bytes) -> bytes:
    return path[path.rfind(b"/") + 1 :]


def language_of_name(path: bytes) -> str | None:
    """The language of ``path`` by its name alone."""
    name = _file_name(path)
    known = _table().filenames.get(name)
    if known is not None:
        return known
    found = _by_extension(name)
    if isinstance(found, _SharedRule):
        return found.default
    return found if isinstance(found, str) else None


def binary_by_name(path: bytes) -> bool | None:
    """Whether ``path`` is binary, as far as its name tells: ``None`` for an unknown name."""
    name = _file_name(path)
    if name in _table().filenames:
        return False
    found = _by_extension(name)
    return None if found is None else found is _Binary


def is_programming(language: str) -> bool:
    """Whether the language is one that programs are written in, as opposed to markup, data and prose."""
    return language in _table().programming


def language_of_text(path: bytes, head: bytes) -> str | None:
    """The language of the text file ``path`` that begins with ``head`` (its first 64 KiB, or all of it)."""
    name = _file_name(path)
    known = _table().filenames.get(name)
    if known is not None:
        return known
    found = _by_extension(name)
    if isinstance(found, str):
        return found
    if found is _Binary:
        return None
    head = head.removeprefix(b"\xef\xbb\xbf")[:HEAD_BYTES]
    if isinstance(found, _SharedRule):
        return _modeline(head) or _marked(head, found.markers) or found.default
    return _modeline(head) or _shebang(head)


def _marked(head: bytes, markers: list[tuple[str, bytes]]) -> str | None:
    any_marker = tuple(marker for _, marker in markers)
    for line in head.split(b"\n"):
        text = line.lstrip(b" \t")
        if text.startswith(any_marker):
            return next(language for language, marker in markers if text.startswith(marker))
    return None


def _shebang(head: bytes) -> str | None:
    line = head.split(b"\n", 1)[0]
    if not line.startswith(b"#!"):
        return None
    words = [word for word in re.split(rb"[ \t\n\x0c\r]", line[2:]) if word]
    if not words:
        return None
    program = _file_name(words[0])
    if program == b"env":
        rest = (word for word in words[1:] if not word.startswith(b"-") and b"=" not in word)
        program = _file_name(next(rest, b""))
    interpreters = _table().interpreters
    return interpreters.get(program) or interpreters.get(program.rstrip(b"0123456789."))


def _modeline(head: bytes) -> str | None:
    for line in head.split(b"\n", _MODELINE_LINES)[:_MODELINE_LINES]:
        word = _emacs_mode(line)
        if word is None:
            word = _vim_filetype(line)
        if word is not None and len(word) <= _LONGEST_WORD:
            language = _table().words.get(word.lower())
            if language is not None:
                return language
    return None


def _emacs_mode(line: bytes) -> bytes | None:
    """The mode in ``-*- mode -*-`` or ``-*- key: value; mode: name -*-``."""
    match = _EMACS.search(line)
    if match is None:
        return None
    inner = match[1]
    if b":" not in inner:
        return inner.strip(_ASCII_BLANKS)
    for part in inner.split(b";"):
        key, colon, value = part.partition(b":")
        if colon and key.strip(_ASCII_BLANKS).lower() == b"mode":
            return value.strip(_ASCII_BLANKS)
    return None


def _vim_filetype(line: bytes) -> bytes | None:
    """The value of ``ft``, ``filetype`` or ``syntax`` after ``vim:``, ``vi:`` or ``ex:`` that begins a word."""
    if b"vi" not in line and b"ex:" not in line:
        return None
    for marker in (b"vim:", b"vi:", b"ex:"):
        match = re.search(rb"(?:^|[ \t])" + marker, line)
        if match is not None:
            for part in _VIM_PART_END.split(line[match.end() :]):
                key, equals, value = part.partition(b"=")
                if equals and key in (b"ft", b"filetype", b"syntax"):
                    return value
            return None
    return None


def language_of_type(word: str) -> str:
    """The language that ``word`` names: a name, an alias or an extension, in any case, with or without a dot.

    Raises :class:`InvalidArgumentError` that names the nearest known word.
    """
    raw = os.fsencode(word)
    lower = raw.removeprefix(b".").lower()
    table = _table()
    language = table.words.get(lower)
    if language is not None:
        return language
    found = table.extensions.get(lower)
    if isinstance(found, str):
        return found
    if isinstance(found, _SharedRule):
        return found.default
    known = _nearest(lower)
    hint = (
        "a type is the name or the extension of a language, such as `python` or `md`"
        if known is None
        else f"the nearest known type is `{known.decode()}`"
    )
    raise InvalidArgumentError(f"unknown file type `{escape_path(word)}`", hint=hint)


def _nearest(word: bytes) -> bytes | None:
    """The known word with the smallest edit distance, the first by bytes among equals."""
    if not word or len(word) > _LONGEST_WORD:
        return None
    table = _table()
    known: Iterable[bytes] = table.words.keys() | {
        extension for extension, found in table.extensions.items() if found is not _Binary
    }
    return min(known, key=lambda candidate: (_edit_distance(word, candidate), candidate))


def _edit_distance(left: bytes, right: bytes) -> int:
    """Levenshtein's distance between two byte strings."""
    row = list(range(len(right) + 1))
    for done, byte in enumerate(left):
        diagonal, row[0] = done, done + 1
        for column in range(1, len(row)):
            replaced = diagonal + (byte != right[column - 1])
            diagonal = row[column]
            row[column] = min(replaced, diagonal + 1, row[column - 1] + 1)
    return row[-1]
