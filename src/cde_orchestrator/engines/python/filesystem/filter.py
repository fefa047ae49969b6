"""Which files of a tree a listing answers with. The twin of ``cde_filesystem::filter``."""

from __future__ import annotations

from ....domain.options import FileFilter
from .glob import Glob
from .language import language_of_name, language_of_type
from .metadata import Metadata
from .pattern import Pattern

__all__ = ["CompiledFilter"]


class CompiledFilter:
    """A filter ready to judge paths. Raises ``InvalidArgumentError`` for a bad glob, pattern or type."""

    __slots__ = ("_excludes", "_globs", "_languages", "_name", "_query")

    def __init__(self, query: FileFilter) -> None:
        self._query = query
        self._globs = [Glob(text) for text in query.globs]
        self._excludes = [Glob(text) for text in query.excludes]
        self._languages = {language_of_type(word) for word in query.types}
        self._name: Glob | Pattern | None = None
        if query.name is not None:
            self._name = Pattern(query.name) if query.name_kind == "regex" else Glob(query.name)

    def accepts_path(self, path: bytes) -> bool:
        """Whether the conditions on the path hold."""
        if self._globs and not any(glob.matches(path) for glob in self._globs):
            return False
        if any(glob.matches(path) for glob in self._excludes):
            return False
        if isinstance(self._name, Glob) and not self._name.matches(path):
            return False
        if isinstance(self._name, Pattern) and not self._name.is_match(path):
            return False
        return not self._languages or language_of_name(path) in self._languages

    @property
    def needs_metadata(self) -> bool:
        """Whether any condition needs a file's metadata."""
        query = self._query
        return not (query.min_size is None and query.max_size is None and query.changed_after_ns is None)

    def accepts_metadata(self, metadata: Metadata) -> bool:
        """Whether the conditions on the metadata hold."""
        query = self._query
        if query.min_size is not None and metadata.size < query.min_size:
            return False
        if query.max_size is not None and metadata.size > query.max_size:
            return False
        return query.changed_after_ns is None or metadata.mtime_ns > query.changed_after_ns
