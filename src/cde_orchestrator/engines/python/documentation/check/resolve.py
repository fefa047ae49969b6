"""Where a link leads: from the text of its target to an entry of the tree, in the order that decides what wins.

1. The exact path in the tree, then the site rules: ``x`` may be ``x.md``, ``x.html`` may be ``x.md``.
2. The exact path on disk inside the root: it may be ignored or hidden.
3. The path in another case, then with ``/`` for each backslash: broken, but it is known what was meant.
4. Otherwise it is missing; or, where only the program that builds the site can know, unverified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from .....domain.documents import Link
from .formats import may_be_elsewhere
from .index import Found, TreeIndex
from .site import Site
from .target import Place, TargetKind, classify, parent, percent_decode, place

__all__ = ["Outcome", "Resolution", "Resolver"]

_EXTENSION = re.compile(rb"\.[A-Za-z][A-Za-z0-9]{0,7}\Z")
_DOCUMENT = re.compile(rb"\.(?:md|mdx|markdown)\Z")
_PAGE = re.compile(rb"\.html?\Z")
# What the documentation of a Rust package links by itself: the name of an item, or the page of one.
# ``fn@name`` tells which of several items with the name is meant.
_RUST_ITEM = re.compile(
    rb"(`)?(?:[a-z]+@|(?=[^a-z]*[a-z]))[A-Za-z_:][A-Za-z0-9_:]*(?:!|\(\))?(?(1)`)|.*\.html", re.DOTALL
)
_SOURCES = (b".md", b".mdx", b".markdown", b".rst", b".adoc", b".ipynb", b".qmd")


class Outcome(Enum):
    """What became of a target."""

    FOUND = auto()
    SAME_DOCUMENT = auto()
    WRONG_CASE = auto()
    WRONG_SLASH = auto()
    MISSING = auto()
    MISSING_FROM_ROOT = auto()
    ESCAPES = auto()
    MACHINE = auto()
    UNVERIFIED = auto()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome, the path that the target spells, and what was found.

    ``certain`` tells whether the document found is surely the one that readers get, so that its anchors count;
    ``unique`` whether nothing else is spelt alike.
    """

    outcome: Outcome
    path: bytes = b""
    found: Found | None = None
    certain: bool = True
    unique: bool = True


_LOST = frozenset((Outcome.MISSING, Outcome.MISSING_FROM_ROOT, Outcome.ESCAPES))
_SAME = Resolution(Outcome.SAME_DOCUMENT)
_MACHINE = Resolution(Outcome.MACHINE)
_UNVERIFIED = Resolution(Outcome.UNVERIFIED)


class Resolver:
    """Resolves targets over one tree. ``site_root`` is the folder that ``/x`` starts at, where it was configured."""

    def __init__(self, index: TreeIndex, site_root: bytes | None) -> None:
        self._index = index
        self._site_root = site_root
        self._known: dict[tuple[bytes, str, bool], Resolution | None] = {}

    def resolve(self, folder: bytes, site: Site | None, target: str, html: bool) -> Resolution | None:
        """Where ``target`` leads from a document in ``folder``; ``None`` for an external target, which is not judged.

        ``html`` marks the attribute of an HTML tag, which no builder rewrites.
        """
        key = (folder, target, html)
        if key not in self._known:
            self._known[key] = self._resolve(folder, site, target, html)
        return self._known[key]

    def _resolve(self, folder: bytes, site: Site | None, target: str, html: bool) -> Resolution | None:
        kind = classify(target)
        if kind is TargetKind.EXTERNAL:
            return None
        if kind is TargetKind.MACHINE:
            return _MACHINE
        if kind is TargetKind.TEMPLATE:
            return _UNVERIFIED
        path = target.partition("?")[0]
        if not path:
            return _SAME
        decoded = percent_decode(path)
        if decoded.startswith(b"/"):
            return self._absolute(site, decoded.lstrip(b"/"))
        if site is not None and site.builder.name == "docfx" and decoded.startswith(b"~/"):
            found = self._locate(place(site.folder, decoded[2:]))
            return _UNVERIFIED if found is None else Resolution(Outcome.FOUND, found.path, found)
        if site is not None and site.builder.name == "docusaurus" and decoded.startswith(b"@site/"):
            return self._relative(site.folder, site, decoded[6:], html)
        return self._relative(folder, site, decoded, html)

    def resolve_link(self, folder: bytes, site: Site | None, syntax: str, link: Link) -> Resolution | None:
        """Where a link of a document in ``folder`` leads, by the rules of the document's format."""
        if link.kind == "wiki":
            resolution = self._named(folder, site, link.target)
        else:
            resolution = self.resolve(folder, site, link.target, link.kind == "html")
        is_lost = resolution is not None and resolution.outcome in _LOST
        return _UNVERIFIED if is_lost and may_be_elsewhere(syntax, site, link) else resolution

    def _named(self, folder: bytes, site: Site | None, target: str) -> Resolution | None:
        """A document or file as Sphinx names it: a document without its extension, ``/x`` from the folder of
        ``conf.py``.

        What lies in a folder that does not exist is made when the site is built.
        """
        kind = classify(target)
        if kind is not TargetKind.LOCAL:
            return None if kind is TargetKind.EXTERNAL else _UNVERIFIED
        sphinx = site if site is not None and site.builder.name == "sphinx" else None
        raw = target.encode("utf-8", "surrogatepass")
        if raw.startswith(b"/"):
            if sphinx is None:
                return _UNVERIFIED
            there = place(sphinx.folder, raw[1:])
        else:
            there = place(folder, raw)
        if there.above or not there.path:
            return _UNVERIFIED
        found = None
        for candidate in (*_candidates(there.path), there.path + b".txt"):
            found = self._index.find(candidate)
            if found is not None and not found.folder:
                return Resolution(Outcome.FOUND, there.path, found)
        found = self._index.find(there.path) or self._on_disk(there.path)
        if found is not None:
            return Resolution(Outcome.FOUND, there.path, found)
        alike = self._locate_any_case(there.path)
        if alike is not None:
            return Resolution(Outcome.WRONG_CASE, there.path, alike[0], unique=alike[1])
        is_known = sphinx is not None and self._index.find(parent(there.path)) is not None
        return Resolution(Outcome.MISSING, there.path) if is_known else _UNVERIFIED

    def _relative(self, folder: bytes, site: Site | None, decoded: bytes, html: bool) -> Resolution:
        there = place(folder, decoded)
        page = there.trailing_slash or _PAGE.search(there.path) is not None or not _EXTENSION.search(there.path)
        if there.above:
            known_elsewhere = there.hosted_page or (site is not None and page)
            return _UNVERIFIED if known_elsewhere else Resolution(Outcome.ESCAPES, there.path)
        found = self._locate(there) or self._on_disk(there.path)
        if found is None and site is not None and site.builder.name == "docusaurus":
            found = self._in_content(folder, site, decoded)
        if found is not None:
            return Resolution(Outcome.FOUND, there.path, found)
        noted = self._index.noted(there.path) if site is not None and site.builder.name == "obsidian" else None
        if noted is not None:
            return _UNVERIFIED if noted[0] is None else Resolution(Outcome.FOUND, there.path, noted[0])
        alike = self._locate_any_case(there.path)
        if alike is not None:
            return Resolution(Outcome.WRONG_CASE, there.path, alike[0], unique=alike[1])
        if b"\\" in decoded:
            found = self._locate(place(folder, decoded.replace(b"\\", b"/")))
            if found is not None:
                return Resolution(Outcome.WRONG_SLASH, there.path, found)
        by_address = site is not None and (page or html or not site.builder.assets_from_source)
        if by_address and _DOCUMENT.search(there.path) is None:
            return _UNVERIFIED
        if _RUST_ITEM.fullmatch(decoded) and self._index.in_rust_package(folder):
            return _UNVERIFIED
        return Resolution(Outcome.MISSING, there.path)

    def _in_content(self, folder: bytes, site: Site, decoded: bytes) -> Found | None:
        """A path to a document that does not begin with a dot: Docusaurus takes it from the content's folder as well.

        That folder may be the one of a version, so each folder around the document is tried, the nearest first.
        """
        if decoded.startswith(b".") or _DOCUMENT.search(decoded) is None:
            return None
        while folder and folder != site.scope:
            folder = parent(folder)
            there = place(folder, decoded)
            found = None if there.above else self._index.find(there.path)
            if found is not None:
                return found
        return None

    def _absolute(self, site: Site | None, decoded: bytes) -> Resolution:
        configured = self._site_root is not None
        bases = (self._site_root,) if self._site_root is not None else site.bases if site is not None else (b"",)
        # Nothing is above the root of a site, as in a browser, whatever the folder that it starts at.
        below = place(b"", decoded).path
        served = None if configured or site is None else _below_base_url(below, site)
        belows = [below] if served is None else [served, below]
        places = [place(base, one) for one in belows for base in bases]
        for there in places:
            found = self._locate(there)
            if found is not None:
                certain = configured or (site is None and found.path == there.path)
                return Resolution(Outcome.FOUND, there.path, found, certain)
        for there in places:
            found = self._on_disk(there.path)
            if found is not None:
                return Resolution(Outcome.FOUND, there.path, found)
        if site is not None and not configured:
            return _UNVERIFIED
        path = places[0].path
        alike = self._locate_any_case(path)
        if alike is not None:
            return Resolution(Outcome.WRONG_CASE, path, alike[0], unique=alike[1])
        return Resolution(Outcome.MISSING if configured else Outcome.MISSING_FROM_ROOT, path)

    def _locate(self, there: Place) -> Found | None:
        if there.above:
            return None
        found = self._index.find(there.path)
        if found is not None:
            return found
        for candidate in _candidates(there.path):
            found = self._index.find(candidate)
            if found is not None and not found.folder:
                return found
        return None

    def _on_disk(self, path: bytes) -> Found | None:
        presence = self._index.probe(path)
        return None if presence == "missing" else Found(path, folder=presence == "directory", document=None)

    def _locate_any_case(self, path: bytes) -> tuple[Found, bool] | None:
        for candidate in (path, *_candidates(path)):
            alike = self._index.find_any_case(candidate)
            if alike is not None:
                return alike
        return None


def _below_base_url(path: bytes, site: Site) -> bytes | None:
    """``path`` from the address at which the site is served, if it leads there."""
    base = site.base_url
    if not base or not path.startswith(base):
        return None
    rest = path[len(base) :]
    return rest if not rest else rest[1:] if rest.startswith(b"/") else None


def _candidates(path: bytes) -> list[bytes]:
    """What a site may make the page ``path`` from."""
    page = _PAGE.search(path)
    if page is None:
        return [path + extension for extension in _SOURCES]
    stem = path[: page.start()]
    sources = [stem + extension for extension in _SOURCES]
    folder, slash, name = stem.rpartition(b"/")
    return [*sources, folder + slash + b"README.md"] if name == b"index" else sources
