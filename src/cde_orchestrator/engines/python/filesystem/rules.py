"""The rules in force in a folder: which ignore files are read, and which of them wins. The twin of
``cde_filesystem::rules``.

Three kinds, the strongest first: ``.cdeignore``, ``.ignore``, and git's own (``.gitignore``, then
``$GIT_COMMON_DIR/info/exclude``, then the file that ``core.excludesFile`` names). Within a kind the deeper file wins,
and within a file the last pattern that matches. The first kind that says anything about an entry decides, so that
``!build/`` in ``.ignore`` brings back what ``.gitignore`` ignores. What git ignores and yet tracks is kept; the other
two exclude tracked files as well.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from ....domain.envelope import Diagnostic
from ..os_errors import os_failure_message
from .attributes import AttributeList, Macros, decide, matters, parse_attributes
from .files import open_below, read_descriptor
from .ignore import DirectoryView, PatternKind, PatternList, parse_patterns
from .vendored import Tags

__all__ = ["SPECIAL_NAMES", "DirectoryRules", "RuleLoader", "Rules", "Verdict"]

MAX_RULE_BYTES = 100 << 20

SPECIAL_NAMES = (b".gitignore", b".ignore", b".cdeignore", b".gitattributes")


class Verdict(Enum):
    """What the rules say about an entry."""

    KEPT = 0
    IGNORED_BY_GIT = 1
    IGNORED = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """A list and how many bytes of a path from the top of the repository lead to its folder."""

    base: int
    patterns: PatternList


@dataclass(frozen=True, slots=True)
class Rules:
    """Every list in force, by kind, the strongest of each kind first."""

    cde: tuple[Scope, ...] = ()
    ignore: tuple[Scope, ...] = ()
    git: tuple[Scope, ...] = ()
    attributes: tuple[tuple[int, AttributeList], ...] = ()
    info_attributes: AttributeList | None = None
    macros: Macros = field(default_factory=dict)
    attributes_matter: bool = False

    def attribute_lists(self) -> list[tuple[int, AttributeList]]:
        """The lists of attributes, the strongest first, each with where its folder's path ends."""
        info = [] if self.info_attributes is None else [(0, self.info_attributes)]
        return info + list(self.attributes)

    def with_attributes(self, base: int, content: bytes, *, fold: bool, top: bool, info: bool = False) -> Rules:
        """With those of a file in the folder at ``base``, or of ``info/attributes``."""
        macros = dict(self.macros)
        found = parse_attributes(content, macros, fold=fold, defines=top)
        if info:
            rules = replace(self, info_attributes=found, macros=macros)
        else:
            rules = replace(self, attributes=((base, found), *self.attributes), macros=macros)
        return replace(rules, attributes_matter=matters((one for _, one in rules.attribute_lists()), macros))

    def without_git(self) -> Rules:
        """For a folder that git ignores: what is tracked in it is kept whatever git's patterns say."""
        return replace(self, git=()) if self.git else self


class DirectoryRules:
    """The rules as seen from one folder, given by its path from the top, empty or with a trailing slash."""

    __slots__ = ("_attributes", "_folder", "_macros", "_views", "fold")

    def __init__(self, rules: Rules, folder: bytes, *, fold: bool) -> None:
        self.fold = fold
        self._folder = folder
        self._views: list[tuple[Verdict, list[tuple[int, DirectoryView]]]] = []
        for verdict, scopes in (
            (Verdict.IGNORED, rules.cde),
            (Verdict.IGNORED, rules.ignore),
            (Verdict.IGNORED_BY_GIT, rules.git),
        ):
            views = [
                (one.base, view) for one in scopes if (view := one.patterns.view(folder[one.base : -1])) is not None
            ]
            if views:
                self._views.append((verdict, views))
        self._attributes = rules.attribute_lists() if rules.attributes_matter else []
        self._macros = rules.macros

    def verdict(self, name: bytes, is_directory: bool) -> Verdict:
        """What the rules say about the entry ``name`` of this folder."""
        if not self._views:
            return Verdict.KEPT
        path = self._folder + name
        folded = name.lower() if self.fold else name
        for verdict, views in self._views:
            for base, view in views:
                ignored = view.decide(name, path[base:], folded, is_directory)
                if ignored is not None:
                    if ignored:
                        return verdict
                    return Verdict.KEPT
        return Verdict.KEPT

    def tags(self, name: bytes, tags: Tags) -> Tags:
        """``tags``, which come from the folder, with what attributes say about the file ``name``."""
        if not self._attributes:
            return tags
        path = self._folder + name
        said = decide(((one, name, path[base:]) for base, one in self._attributes), self._macros)
        for attribute, tag in ((b"linguist-vendored", Tags.VENDORED), (b"linguist-generated", Tags.GENERATED)):
            setting = said.get(attribute)
            if setting is not None:
                tags = tags | tag if setting else tags & ~tag
        return tags


class RuleLoader:
    """Reads rule files, and remembers what was wrong with them.

    ``root`` is a descriptor of the root, ``prefix`` the path from the top of the repository to it.
    """

    def __init__(self, root: int, prefix: bytes, *, fold: bool) -> None:
        self.fold = fold
        self.diagnostics: list[Diagnostic] = []
        self._root = root
        self._prefix = prefix
        self._read: list[tuple[bytes, PatternList]] = []

    def problem(self, path: bytes, line: int | None, code: str, message: str) -> None:
        """Notes a warning about the file ``path``."""
        self.diagnostics.append(Diagnostic(os.fsdecode(path), line, None, code, "warning", message))

    def enter(self, rules: Rules, folder: bytes, present: Iterable[bytes], *, ignore: bool, git: bool) -> Rules:
        """The rules inside ``folder`` (from the root, empty or with a trailing slash), which holds ``present``."""

        def read(name: bytes) -> bytes | None:
            return self._content(folder + name, lambda: open_below(self._root, folder + name))

        return self._extend(rules, self._prefix + folder, folder, present, read, ignore=ignore, git=git)

    def enter_above(self, rules: Rules, top: bytes, folder: bytes, *, git: bool) -> Rules:
        """The rules inside ``folder`` (from the top ``top`` of the repository), which is above the root."""

        def read(name: bytes) -> bytes | None:
            path = os.path.join(top, folder + name)
            return self._content(
                path, lambda: os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            )

        label = os.path.join(top, folder)
        return self._extend(rules, folder, label, SPECIAL_NAMES, read, ignore=True, git=git)

    def exclude_file(self, rules: Rules, path: bytes) -> Rules:
        """Adds the patterns of a file of git's that speaks about the whole repository; links are followed."""
        content = self._content(path, lambda: os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
        if content is None:
            return rules
        return replace(rules, git=(self._scope(path, 0, content), *rules.git))

    def attributes_file(self, rules: Rules, path: bytes) -> Rules:
        """Adds the attributes of ``info/attributes``, which are stronger than those of any folder."""
        content = self._content(path, lambda: os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
        if content is None:
            return rules
        return rules.with_attributes(0, content, fold=self.fold, top=True, info=True)

    def _content(self, path: bytes, opened: Callable[[], int]) -> bytes | None:
        try:
            return read_descriptor(opened(), MAX_RULE_BYTES)
        except OSError as error:
            match error.errno:
                case errno.ENOENT | errno.ENOTDIR:
                    pass
                case errno.ELOOP:
                    self.problem(path, None, "ignore-file-unusable", "a link is not followed to an ignore file")
                case errno.EINVAL:
                    self.problem(path, None, "ignore-file-unusable", "not a regular file")
                case errno.EFBIG:
                    self.problem(path, None, "ignore-file-unusable", "larger than 100 MiB")
                case _:
                    self.problem(path, None, "ignore-file-unusable", os_failure_message(error))
            return None

    def _scope(self, path: bytes, base: int, content: bytes) -> Scope:
        patterns = parse_patterns(content, fold=self.fold)
        if any(pattern.kind in (PatternKind.NAME_GLOB, PatternKind.PATH_GLOB) for pattern in patterns.patterns):
            self._read.append((path, patterns))
        return Scope(base, patterns)

    def _extend(
        self,
        rules: Rules,
        folder: bytes,
        label: bytes,
        present: Iterable[bytes],
        read: Callable[[bytes], bytes | None],
        *,
        ignore: bool,
        git: bool,
    ) -> Rules:
        base = len(folder)
        for name in present:
            if name == b".gitattributes":
                content = read(name)
                if content is not None:
                    rules = rules.with_attributes(base, content, fold=self.fold, top=not folder)
            elif ignore and (git or name != b".gitignore"):
                content = read(name)
                if content is not None:
                    scope = self._scope(label + name, base, content)
                    if name == b".gitignore":
                        rules = replace(rules, git=(scope, *rules.git))
                    elif name == b".ignore":
                        rules = replace(rules, ignore=(scope, *rules.ignore))
                    else:
                        rules = replace(rules, cde=(scope, *rules.cde))
        return rules

    def finish(self) -> list[Diagnostic]:
        """Everything that was wrong, including patterns that turned out to be too complex."""
        for path, patterns in self._read:
            for pattern in patterns.patterns:
                if pattern.too_complex:
                    self.problem(
                        path, pattern.line, "pattern-too-complex", "the pattern takes too long and matches nothing"
                    )
        return self.diagnostics
