"""The rules of group ``links`` about targets and fragments, applied to one document."""

from __future__ import annotations

from .....domain.documents import Link
from .....domain.envelope import Severity
from .anchors import is_line_fragment, plain_fragment
from .formats import is_judged
from .index import TreeIndex
from .nearest import nearest
from .origin import Origin, as_written, shown
from .report import Report
from .resolve import Outcome, Resolution, Resolver
from .site import Sites
from .target import escape_target, parent

__all__ = ["LinkChecker"]

# How many included documents of one are looked at.
_MOST_INCLUDES = 64
_BY_LABEL = frozenset(("reference", "collapsed", "shortcut"))


class LinkChecker:
    """Judges links over one tree. ``site_root`` is the folder that ``/x`` starts at, where it was configured."""

    def __init__(self, index: TreeIndex, sites: Sites, site_root: bytes | None) -> None:
        self._index = index
        self._sites = sites
        self._site_root = site_root
        self._resolver = Resolver(index, site_root)
        self._included: dict[int, list[int]] = {}

    def check(self, number: int, report: Report) -> Origin:
        """Reports what is wrong with the links of the document ``number``."""
        site = self._sites.of(self._index.document_paths[number])
        origin = Origin(self._index, number, site, report)
        seen: dict[str, bool] = {}
        syntax = self._index.documents[number].format
        for link in self._index.documents[number].links:
            if not is_judged(syntax, link):
                continue
            # One finding is enough for all references to a definition: it is mended in one place.
            label = link.label if link.kind in _BY_LABEL else None
            if label is not None and label in seen:
                report.links_checked += seen[label]
                continue
            resolution = self._resolver.resolve_link(origin.folder, site, syntax, link)
            report.links_checked += resolution is not None
            if label is not None:
                seen[label] = resolution is not None
            if resolution is not None:
                self._judge(origin, link, resolution)
        return origin

    def _judge(self, origin: Origin, link: Link, resolution: Resolution) -> None:
        outcome, found = resolution.outcome, resolution.found
        if outcome is Outcome.SAME_DOCUMENT:
            if link.fragment is not None:
                self._judge_fragment(origin, link, origin.number, certain=True)
            elif not link.target and (link.image or _says_something(link.text)):
                origin.add(link, "empty-target", "the link has no target")
        elif outcome is Outcome.UNVERIFIED:
            origin.unverified(link)
        elif outcome is Outcome.MACHINE:
            origin.add(link, "escapes-root", "the target is a place on one computer")
        elif outcome is Outcome.ESCAPES:
            origin.add(link, "escapes-root", "the target lies outside of the repository")
        elif found is None:
            self._judge_missing(origin, link, resolution)
        else:
            if outcome is Outcome.WRONG_CASE:
                message = f"the name differs in case from '{shown(found.path)}'"
                self._misspelt(origin, link, "wrong-case", message, found.path, unique=resolution.unique)
            elif outcome is Outcome.WRONG_SLASH:
                message = "a backslash does not separate folders in a link"
                self._misspelt(origin, link, "missing-file", message, found.path, unique=True)
            elif found.document == origin.number and link.fragment is None and "?" not in link.target:
                origin.add(link, "self-link", "the link leads to its own document")
            if link.fragment is not None and found.document is not None:
                self._judge_fragment(origin, link, found.document, certain=resolution.certain)

    def _misspelt(self, origin: Origin, link: Link, rule: str, message: str, path: bytes, *, unique: bool) -> None:
        """A target that is spelt wrong in a way that leaves no doubt which file is meant."""
        target = origin.target_to(link, path, self._site_root)
        suggestion = as_written(target, link.fragment)
        if origin.site is not None and origin.site.builder.tolerant:
            origin.add(link, rule, message, suggestion=suggestion, severity="hint")
            return
        fix = origin.fix_target(link, target) if unique else None
        origin.add(link, rule, message, suggestion=suggestion, fix=fix)

    def _judge_missing(self, origin: Origin, link: Link, resolution: Resolution) -> None:
        folder, slash, name = resolution.path.rpartition(b"/")
        message = f"no file or folder '{shown(resolution.path)}'"
        severity: Severity | None = None
        if resolution.outcome is Outcome.MISSING_FROM_ROOT:
            message += "; a leading slash means the repository root unless a site root is configured"
            severity = "hint"
        meant = self._index.only_file_named(name)
        if meant is None:
            near = nearest(name, self._index.names_in(folder), origin.budget)
            meant = None if near is None else folder + slash + near
        suggestion = None
        if meant is not None:
            suggestion = as_written(origin.target_to(link, meant, self._site_root), link.fragment)
        origin.add(link, "missing-file", message, suggestion=suggestion, severity=severity)

    def _judge_fragment(self, origin: Origin, link: Link, number: int, *, certain: bool) -> None:
        fragment = plain_fragment(link.fragment or "")
        anchors = self._index.anchors(number)
        if anchors is None or anchors.has(fragment):
            return
        here = number == origin.number
        builder = origin.site.builder.name if origin.site is not None else None
        if builder == "docfx" and (fragment.startswith(b"tab/") or self._is_included(number, fragment)):
            return
        if is_line_fragment(fragment) and not here:
            return
        syntax = self._index.documents[number].format
        # Sphinx makes anchors of much besides titles, and a book of AsciiDoc has those of all its chapters.
        other = self._sites.of(self._index.document_paths[number]) if syntax == "restructuredtext" else None
        if other is not None and other.builder.name == "sphinx":
            certain = False
        if syntax == "asciidoc" and self._index.is_in_any_asciidoc(fragment):
            certain = False
        if self._index.documents[origin.number].format == "asciidoc" and b"{" in fragment:
            certain = False
        in_drawn_text = self._in_drawn_text(number, fragment)
        if not certain or (builder == "sphinx" and here) or in_drawn_text is None:
            origin.unverified(link)
            return
        if in_drawn_text:
            return
        where = "this document" if here else f"'{shown(self._index.document_paths[number])}'"
        message = f"no heading or anchor '{shown(fragment)}' in {where}"
        # What builds the page may add anchors that the text does not show.
        is_built = origin.site is not None or syntax != "markdown"
        severity: Severity | None = "warning" if is_built else None
        alike = anchors.in_other_case(fragment)
        meant = alike or anchors.near(fragment, origin.budget)
        if meant is None:
            origin.add(link, "missing-anchor", message, severity=severity)
            return
        written = escape_target(meant)
        fix = None if alike is None else origin.fix_fragment(link, written)
        suggestion = as_written(link.target, written)
        origin.add(link, "missing-anchor", message, suggestion=suggestion, fix=fix, severity=severity)

    def _in_drawn_text(self, number: int, fragment: bytes) -> bool | None:
        """Whether a document whose text ``number`` takes in has the anchor; ``None`` where it cannot be told."""
        drawn = self._index.drawn_in(number)
        if drawn is None:
            return None
        for part in drawn:
            anchors = self._index.anchors(part)
            if anchors is None:
                return None
            if anchors.has(fragment):
                return True
        nothing_deeper = all(self._index.drawn_in(part) == [] for part in drawn)
        return False if nothing_deeper else None

    def _is_included(self, number: int, fragment: bytes) -> bool:
        """Whether a document that ``number`` includes has the anchor: the included text becomes part of the page."""
        if number not in self._included:
            self._included[number] = self._includes_of(number)
        for included in self._included[number]:
            anchors = self._index.anchors(included)
            if anchors is None or anchors.has(fragment):
                return True
        return False

    def _includes_of(self, number: int) -> list[int]:
        """The documents that ``number`` includes, by their number; the first ones where they are very many."""
        path = self._index.document_paths[number]
        folder, site = parent(path), self._sites.of(path)
        numbers: dict[int, None] = {}
        for link in self._index.documents[number].links:
            if "includes/" not in link.target and "include/" not in link.target:
                continue
            resolution = self._resolver.resolve(folder, site, link.target, html=False)
            found = None if resolution is None else resolution.found
            if found is not None and found.document is not None:
                numbers[found.document] = None
            if len(numbers) == _MOST_INCLUDES:
                break
        return list(numbers)


def _says_something(text: str) -> bool:
    """Whether ``text`` has more than punctuation: ``[=]()`` and ``[]()`` are code."""
    return any(sign.isalnum() or not sign.isascii() for sign in text)
