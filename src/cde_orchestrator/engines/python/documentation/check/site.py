"""Which program builds a site from which documents: found by its configuration's name, told by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .....domain.envelope import Diagnostic
from .....domain.findings import SiteSummary
from .....domain.options import SlugFlavour
from .....errors import InvalidArgumentError
from ...filesystem.tree import PythonTree
from .builder import Builder
from .config import Folder, Problem, Told, read
from .index import TreeIndex
from .listing import Listing, is_below
from .site_table import BUILDERS
from .target import parent, place

__all__ = ["Site", "Sites"]

# How a program makes anchors where its configuration does not tell; others count as well.
_USUAL_SLUGS: dict[str, tuple[SlugFlavour, bool]] = {
    "docusaurus": ("docusaurus", False),
    "hugo": ("hugo", False),
    "hugo-config": ("hugo", False),
    "mdbook": ("mdbook", False),
    "mkdocs": ("mkdocs", False),
}
_HIDDEN_FOLDERS = (b"", b"docs")


@dataclass(frozen=True, slots=True)
class Site:
    """A site.

    ``config`` is its configuration, ``None`` where the caller chose the program and the tree has none, and ``folder``
    where it lies; ``scope`` is the folder below which its documents lie, ``content`` are the folders whose documents
    become pages, and ``bases`` those that ``/x`` may start at. ``base_url`` is the path at which it is served, without
    slashes at its ends; ``slugs`` is how its anchors are made, and whether nothing makes others. ``links_items`` tells
    whether brackets may name an item of a program's interface, ``hooks`` whether programs of its own
    rewrite the pages. ``listing`` is what its navigation lists, ``None`` where
    the program makes it; ``digest`` is that of its configuration, where it was read.
    """

    builder: Builder
    config: bytes | None
    folder: bytes
    scope: bytes
    content: tuple[bytes, ...]
    bases: tuple[bytes, ...]
    base_url: bytes
    slugs: tuple[SlugFlavour, bool] | None
    links_items: bool
    hooks: bool
    listing: Listing | None
    digest: str | None

    def is_content(self, path: bytes) -> bool:
        """Whether the document at ``path`` becomes a page, as far as the folder tells."""
        return any(is_below(folder, path) for folder in self.content)

    def is_apart(self, path: bytes) -> bool:
        """Whether the program certainly takes no notice of the document at ``path``, so it is read as it stands."""
        return self.digest is not None and self.builder.name in {"mdbook", "mkdocs"} and not self.is_content(path)


@dataclass(frozen=True, slots=True)
class _Marker:
    """A configuration that was found."""

    builder: Builder
    folder: bytes
    config: bytes | None


def _join(folder: bytes, name: str) -> bytes:
    return b"/".join(part for part in (folder, name.encode()) if part)


def _allowed(chosen: str | None) -> tuple[Builder, ...]:
    """The programs whose sites are looked for. Raises ``InvalidArgumentError`` for an unknown choice."""
    if chosen is None or chosen == "auto":
        return BUILDERS
    allowed = tuple(builder for builder in BUILDERS if builder.name == chosen)
    if not allowed and chosen != "none":
        known = ", ".join(builder.name for builder in BUILDERS)
        message = f"no program that builds sites is called '{chosen}'"
        raise InvalidArgumentError(message, hint=f"auto, none, {known}")
    return allowed


class Sites:
    """The sites of a tree, by the folder below which their documents lie.

    Of those that ``chosen`` allows; with a program that was chosen and has no configuration here, the root is its site.
    With ``own_slugs`` anchors are judged as the site makes them. ``diagnostics`` tell what was wrong with
    configurations. Raises ``InvalidArgumentError`` for an unknown choice.
    """

    def __init__(self, tree: PythonTree, index: TreeIndex, chosen: str | None, *, own_slugs: bool) -> None:
        allowed = _allowed(chosen)
        self._own_slugs = own_slugs
        self.diagnostics: list[Diagnostic] = []
        markers: dict[bytes, _Marker] = {}
        _find_named(index, allowed, markers)
        _find_hidden(index, allowed, markers)
        if len(allowed) == 1 and not markers:
            markers[b""] = _Marker(allowed[0], b"", None)
        self._by_scope: dict[bytes, Site] = {}
        for scope, marker in sorted(markers.items(), key=lambda entry: (entry[1].config or b"", entry[0])):
            self._by_scope[scope] = _read_site(tree, index, marker, scope, self._report)
        # The table of contents of an mdBook is no GitBook of its own.
        sources = {folder for site in self.all() if site.builder.name == "mdbook" for folder in site.content}
        for scope in [scope for scope, site in self._by_scope.items() if site.builder.name == "gitbook"]:
            if scope in sources:
                del self._by_scope[scope]

    def _report(self, config: bytes | None, problem: Problem) -> None:
        path = (config or b"").decode("utf-8", "surrogateescape")
        self.diagnostics.append(
            Diagnostic(path, problem.line, problem.column, "site-config-invalid", "warning", problem.message)
        )

    def of(self, path: bytes) -> Site | None:
        """The site that the document at ``path`` belongs to: the one with the nearest enclosing folder."""
        folder = path
        while folder and self._by_scope:
            folder = parent(folder)
            site = self._by_scope.get(folder)
            if site is not None:
                return site
        return None

    def all(self) -> Sequence[Site]:
        """All of them, by the path of the configuration."""
        return tuple(self._by_scope.values())

    def slugs_of(self, path: bytes) -> tuple[SlugFlavour, bool] | None:
        """How the site makes the anchors of the document at ``path``, and whether nothing makes others."""
        site = self.of(path) if self._own_slugs else None
        return site.slugs if site is not None and site.is_content(path) else None

    def builder_of(self, path: bytes) -> str | None:
        """The program that makes the anchors of the document at ``path``."""
        site = self.of(path) if self._own_slugs else None
        return site.builder.name if site is not None and site.is_content(path) else None

    def summary(self) -> tuple[SiteSummary, ...]:
        """What is shown of them."""
        return tuple(
            SiteSummary(
                path=_text(site.scope),
                kind=site.builder.name,
                config=None if site.config is None else _text(site.config),
                content=tuple(map(_text, site.content)),
                roots=tuple(map(_text, site.bases)),
                slug_flavour=None if site.slugs is None else site.slugs[0],
                navigation=None if site.listing is None else len(site.listing),
            )
            for site in self.all()
        )


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _find_named(index: TreeIndex, allowed: Sequence[Builder], markers: dict[bytes, _Marker]) -> None:
    exact: dict[bytes, list[Builder]] = {}
    for builder in allowed:
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
                _add(markers, builder, folder, path)


def _find_hidden(index: TreeIndex, allowed: Sequence[Builder], markers: dict[bytes, _Marker]) -> None:
    for builder in allowed:
        for hidden in builder.hidden:
            for folder in _HIDDEN_FOLDERS:
                path = _join(folder, hidden)
                if index.find(path) is not None or index.probe(path) in {"file", "directory"}:
                    _add(markers, builder, folder, path)


def _add(markers: dict[bytes, _Marker], builder: Builder, folder: bytes, config: bytes) -> None:
    """Of several programs with the same folder the first by name counts."""
    scope = parent(folder) if builder.around else folder
    known = markers.get(scope)
    if known is None or known.builder.name > builder.name:
        markers[scope] = _Marker(builder, folder, config)


def _read_site(
    tree: PythonTree, index: TreeIndex, marker: _Marker, scope: bytes, report: Callable[[bytes | None, Problem], None]
) -> Site:
    builder, folder, config = marker.builder, marker.folder, marker.config
    told, digest = Told(), None
    try:
        answer = None if config is None else read(tree, builder, config)
        if answer is not None:
            told, digest = answer
    except Problem as problem:
        report(config, problem)

    def folders(named: Sequence[Folder], names: Sequence[str]) -> list[bytes]:
        found: dict[bytes, None] = {}
        for one in named:
            there = place(folder, one.path.encode("utf-8", "surrogatepass"))
            if there.above or one.path.startswith("/") or "\0" in one.path:
                report(config, Problem(f"'{one.key}' leads out of the folder that is checked"))
            else:
                found[there.path] = None
        if found:
            return list(found)
        usual = (_join(start, name) for start in dict.fromkeys((folder, scope)) for name in names)
        return [path for path in usual if index.find(path) is not None]

    content = folders(told.content, builder.content)
    bases = [b"", folder, *content, *folders(told.served, builder.served)]
    existing = tuple(base for base in dict.fromkeys(bases) if not base or index.find(base) is not None)
    content = content or [folder]
    return Site(
        builder=builder,
        config=config,
        folder=folder,
        scope=scope,
        content=tuple(content),
        bases=existing,
        base_url=told.base_url.encode("utf-8", "surrogatepass"),
        slugs=told.slugs or _USUAL_SLUGS.get(builder.name),
        links_items=told.links_items,
        hooks=told.hooks,
        listing=Listing.of(index, content, told.navigation, folder),
        digest=digest,
    )
