"""Which program builds a site from which documents, found by its configuration's name. Nothing is read or run."""

from __future__ import annotations

from dataclasses import dataclass

from .builder import Builder
from .index import TreeIndex
from .site_table import BUILDERS
from .target import parent

__all__ = ["Site", "Sites"]

_HIDDEN_FOLDERS = (b"", b"docs")


@dataclass(frozen=True, slots=True)
class Site:
    """A site: the folder of its configuration, the folder below which its documents lie, and where ``/x`` may be."""

    builder: Builder
    folder: bytes
    scope: bytes
    bases: tuple[bytes, ...]


def _join(folder: bytes, name: str) -> bytes:
    return b"/".join(part for part in (folder, name.encode()) if part)


class Sites:
    """The sites of a tree, by the folder below which their documents lie."""

    def __init__(self, index: TreeIndex) -> None:
        self._by_scope: dict[bytes, Site] = {}
        exact: dict[bytes, list[Builder]] = {}
        for builder in BUILDERS:
            for marker in builder.files:
                exact.setdefault(marker.encode(), []).append(builder)
        for path in index.files:
            folder, _, name = path.rpartition(b"/")
            stem, dot, extension = name.rpartition(b".")
            candidates = exact.get(name, [])
            if dot and extension and not candidates:
                candidates = exact.get(stem + b".*", [])
            for builder in candidates:
                if not builder.beside or any(index.find(_join(folder, other)) for other in builder.beside):
                    self._add(index, builder, folder)
        for builder in BUILDERS:
            for hidden in builder.hidden:
                for folder in _HIDDEN_FOLDERS:
                    path = _join(folder, hidden)
                    if index.find(path) is not None or index.probe(path) in {"file", "directory"}:
                        self._add(index, builder, folder)

    def _add(self, index: TreeIndex, builder: Builder, folder: bytes) -> None:
        scope = parent(folder) if builder.around else folder
        known = self._by_scope.get(scope)
        if known is not None and known.builder.name <= builder.name:
            return
        bases = [b"", folder]
        for start in dict.fromkeys((folder, scope)):
            bases += [_join(start, name) for name in (*builder.content, *builder.served)]
        existing = tuple(base for base in dict.fromkeys(bases) if not base or index.find(base) is not None)
        self._by_scope[scope] = Site(builder, folder, scope, existing)

    def of(self, path: bytes) -> Site | None:
        """The site that the document at ``path`` belongs to: the one with the nearest enclosing folder."""
        folder = path
        while folder and self._by_scope:
            folder = parent(folder)
            site = self._by_scope.get(folder)
            if site is not None:
                return site
        return None
