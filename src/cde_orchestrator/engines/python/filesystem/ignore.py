"""One ignore file: its patterns, and which of them decides about a path. The twin of ``cde_filesystem::ignore``.

The format is that of gitignore(5). A list is indexed when it is read, for a large tree asks it a million times: plain
names by name, ``*.ext`` by extension, ``/a/b`` by folder; only what is left is matched one by one, last first. The
index changes the speed and never the answer, which is always the last pattern that matches.

>>> rules = parse_patterns(b"*.log\\n!keep.log\\n/build/\\n", fold=False)
>>> view = rules.view(b"")
>>> [view.decide(name, name, b"", False) for name in (b"a.log", b"keep.log", b"a.txt")]
[True, False, None]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from .wildmatch import CASEFOLD, PATHNAME, PatternTooComplexError, wildmatch

__all__ = ["DirectoryView", "Pattern", "PatternKind", "PatternList", "parse_pattern", "parse_patterns", "pattern_lines"]

_LONG_ENOUGH = 32
_BOM = b"\xef\xbb\xbf"
_SPECIAL = frozenset(b"*?[\\")


class PatternKind(Enum):
    """How a pattern is compared, from its shape."""

    NAME = 1  # the name of the entry is the literal
    SUFFIX = 2  # the name of the entry ends with the literal
    NAME_GLOB = 3  # the name begins with the literal, and the rest is matched
    PATH = 4  # the path is the literal
    PATH_GLOB = 5  # the path begins with the literal, and the rest is matched


@dataclass(slots=True)
class Pattern:
    """One line. ``literal`` and ``required`` are in lower case where the list folds.

    ``required`` is a part of ``rest`` that every match holds; ``too_complex`` is set by matching.
    """

    line: int
    negated: bool
    directory_only: bool
    kind: PatternKind
    literal: bytes
    rest: bytes
    required: bytes
    flags: int
    too_complex: bool = False

    def glob(self, text: bytes) -> bool:
        """Whether the part after the literal matches ``text``; a pattern that takes too many steps does not."""
        if self.required not in text:
            return False
        try:
            return wildmatch(self.rest, text, self.flags)
        except PatternTooComplexError:
            self.too_complex = True
            return False

    def matches(self, name: bytes, path: bytes) -> bool:
        """Whether the pattern matches the entry ``name`` at ``path``, which is relative to the list's folder."""
        if self.flags & CASEFOLD:
            name, path = name.lower(), path.lower()
        literal = self.literal
        match self.kind:
            case PatternKind.NAME:
                return name == literal
            case PatternKind.SUFFIX:
                return name.endswith(literal)
            case PatternKind.NAME_GLOB:
                return name.startswith(literal) and self.glob(name[len(literal) :])
            case PatternKind.PATH:
                return path == literal
            case PatternKind.PATH_GLOB:
                return path.startswith(literal) and self.glob(path[len(literal) :])


def _simple_length(text: bytes) -> int:
    """How many bytes precede the first wildcard."""
    for index, byte in enumerate(text):
        if byte in _SPECIAL:
            return index
    return len(text)


def parse_pattern(text: bytes, line: int, *, fold: bool) -> Pattern:
    """The pattern that ``text`` spells, which holds no line end."""
    negated = text.startswith(b"!")
    if negated:
        text = text[1:]
    simple = _simple_length(text)
    directory_only = text.endswith(b"/")
    if directory_only:
        text = text[:-1]
    simple = min(simple, len(text))
    flags = CASEFOLD if fold else 0
    if b"/" not in text:
        if simple == len(text):
            kind, literal, rest = PatternKind.NAME, text, b""
        elif simple == 0 and text[:1] == b"*" and _simple_length(text[1:]) == len(text) - 1:
            kind, literal, rest = PatternKind.SUFFIX, text[1:], b""
        else:
            kind, literal, rest = PatternKind.NAME_GLOB, text[:simple], text[simple:]
    else:
        flags |= PATHNAME
        if text.startswith(b"/"):
            text = text[1:]
            simple -= 1
        # Git before 2.52 matches what follows the literal as if a pattern began there, so that `a**/b` crosses
        # components. Both engines do the same as those versions, which are the ones in long-term distributions.
        kind = PatternKind.PATH if simple == len(text) else PatternKind.PATH_GLOB
        literal, rest = text[:simple], text[simple:]
    required = _required_part(rest)
    if fold:
        literal, required = literal.lower(), required.lower()
    return Pattern(line, negated, directory_only, kind, literal, rest, required, flags)


def _required_part(rest: bytes) -> bytes:
    """The longest run of literal bytes before the first bracket, the first of several, or one that is long enough.

    A slash ends a run: the one behind ``**`` need not be there.
    """
    best = run = b""
    index = 0
    while index < len(rest) and rest[index] != 0x5B and len(best) < _LONG_ENOUGH:
        byte = rest[index : index + 1]
        if byte == b"\\":
            index += 1
            byte = rest[index : index + 1]
            run = run + byte if byte != b"/" else b""
        else:
            run = b"" if byte in (b"*", b"?", b"/") else run + byte
        if len(run) > len(best):
            best = run
        index += 1
    return best


def _trim_trailing_spaces(text: bytes) -> bytes:
    """Without trailing spaces, except those behind a backslash. A lone backslash at the end keeps everything."""
    if not text.endswith(b" "):
        return text
    last_space = -1
    index = 0
    while index < len(text):
        byte = text[index]
        if byte == 0x20:
            if last_space < 0:
                last_space = index
        else:
            if byte == 0x5C:
                index += 1
                if index == len(text):
                    return text
            last_space = -1
        index += 1
    return text if last_space < 0 else text[:last_space]


def pattern_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Line numbers and patterns of an ignore file: without byte order mark, comments, line ends, trailing spaces."""
    for number, raw in enumerate(content.removeprefix(_BOM).split(b"\n"), 1):
        if not raw or raw.startswith(b"#"):
            continue
        text = raw.removesuffix(b"\r")
        zero = text.find(b"\0")
        text = _trim_trailing_spaces(text if zero < 0 else text[:zero])
        if text:
            yield number, text


def _last(table: dict[bytes, tuple[int, int]], key: bytes, is_directory: bool) -> int:
    """The last pattern indexed under ``key`` that applies to the kind of entry, or -1."""
    found = table.get(key)
    return -1 if found is None else max(found) if is_directory else found[0]


def _index(table: dict[bytes, tuple[int, int]], key: bytes, index: int, directory_only: bool) -> None:
    anything, directories = table.get(key, (-1, -1))
    table[key] = (anything, index) if directory_only else (index, directories)


@dataclass(slots=True)
class PatternList:
    """The patterns of one file. Tables hold, per key, the last pattern for any entry and the last for folders only."""

    patterns: list[Pattern] = field(default_factory=list)
    fold: bool = False
    names: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    extensions: dict[bytes, list[int]] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)
    paths: dict[bytes, dict[bytes, tuple[int, int]]] = field(default_factory=dict)
    path_globs: list[int] = field(default_factory=list)

    def add(self, pattern: Pattern) -> None:
        """Appends a pattern, which is stronger than all before."""
        index = len(self.patterns)
        self.patterns.append(pattern)
        literal = pattern.literal
        match pattern.kind:
            case PatternKind.NAME:
                _index(self.names, literal, index, pattern.directory_only)
            case PatternKind.SUFFIX if (dot := literal.rfind(b".")) >= 0:
                # A name that ends with the literal has the literal's extension.
                self.extensions.setdefault(literal[dot:], []).append(index)
            case PatternKind.SUFFIX | PatternKind.NAME_GLOB:
                self.loose.append(index)
            case PatternKind.PATH:
                folder, _, name = literal.rpartition(b"/")
                if folder or not literal.startswith(b"/"):
                    _index(self.paths.setdefault(folder, {}), name, index, pattern.directory_only)
            case PatternKind.PATH_GLOB:
                self.path_globs.append(index)

    def view(self, folder: bytes) -> DirectoryView | None:
        """What the list can say about entries of ``folder`` (relative to the list's), if anything."""
        if self.fold:
            folder = folder.lower()
        anchored = self.paths.get(folder)
        globs: list[int] = []
        if self.path_globs:
            prefix = folder + b"/" if folder else b""
            slashes = prefix.count(b"/")
            globs = [index for index in self.path_globs if _may_match_below(self.patterns[index], prefix, slashes)]
        if not (anchored or globs or self.names or self.extensions or self.loose):
            return None
        return DirectoryView(self, anchored, globs)


def _may_match_below(pattern: Pattern, prefix: bytes, slashes: int) -> bool:
    """Whether an entry of the folder ``prefix``, which has ``slashes`` slashes, can match at all."""
    literal, rest = pattern.literal, pattern.rest
    if not (literal.startswith(prefix) or prefix.startswith(literal)):
        return False
    # Only `**` spans components, and a bracket may hide a slash; else both have the same number of slashes.
    return b"**" in rest or b"[" in rest or literal.count(b"/") + rest.count(b"/") == slashes


@dataclass(slots=True)
class DirectoryView:
    """A list as seen from one folder: patterns that cannot match there are left out."""

    rules: PatternList
    anchored: dict[bytes, tuple[int, int]] | None
    globs: list[int]

    def decide(self, name: bytes, path: bytes, folded: bytes, is_directory: bool) -> bool | None:
        """Whether the last pattern that matches ignores (true) or keeps (false) the entry; ``None`` if none matches.

        ``path`` is relative to the list's folder; ``folded`` is the name in lower case where the list folds.
        """
        rules = self.rules
        patterns = rules.patterns
        key = folded if rules.fold else name
        best = _last(rules.names, key, is_directory) if rules.names else -1
        if self.anchored is not None:
            best = max(best, _last(self.anchored, key, is_directory))
        if rules.extensions and (dot := key.rfind(b".")) >= 0:
            for index in reversed(rules.extensions.get(key[dot:], ())):
                if index <= best:
                    break
                pattern = patterns[index]
                if (is_directory or not pattern.directory_only) and key.endswith(pattern.literal):
                    best = index
        for candidates in (rules.loose, self.globs):
            for index in reversed(candidates):
                if index <= best:
                    break
                pattern = patterns[index]
                if (is_directory or not pattern.directory_only) and pattern.matches(name, path):
                    best = index
        return None if best < 0 else not patterns[best].negated


def parse_patterns(content: bytes, *, fold: bool) -> PatternList:
    """The list that an ignore file spells; ``fold`` compares without regard to ASCII case."""
    rules = PatternList(fold=fold)
    for line, text in pattern_lines(content):
        rules.add(parse_pattern(text, line, fold=fold))
    return rules
