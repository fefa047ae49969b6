"""The rules of group ``links``, applied to one document."""

from __future__ import annotations

from dataclasses import dataclass

from .....domain.documents import Document, Link
from .....domain.envelope import Severity
from .....domain.paths import escape_path
from .anchors import Anchors, is_line_fragment, plain_fragment
from .index import Found, TreeIndex
from .nearest import Budget, nearest
from .report import Report
from .resolve import Outcome, Resolution, Resolver
from .site import Site, Sites
from .target import escape_target, parent, relative_target

__all__ = ["LinkChecker", "as_written"]

_NOT_JUDGED = frozenset(("footnote", "wiki"))
_BY_LABEL = frozenset(("reference", "collapsed", "shortcut"))
_INCLUDES = (b"includes/", b"include/")


@dataclass(frozen=True, slots=True)
class _Origin:
    """The document whose links are judged."""

    number: int
    document: Document
    folder: bytes
    site: Site | None
    report: Report
    budget: Budget


def as_written(target: str, fragment: str | None) -> str:
    """Target and fragment together."""
    return target if fragment is None else f"{target}#{fragment}"


def _shown(path: bytes) -> str:
    """``path`` in a message: escaped, and cut where it is too long to read."""
    text = escape_path(path.decode("utf-8", "surrogateescape"))
    return text if len(text) <= 160 else f"{text[:160]}…"


class LinkChecker:
    """Judges links over one tree."""

    def __init__(self, index: TreeIndex, sites: Sites, site_root: bytes | None) -> None:
        self._index = index
        self._sites = sites
        self._resolver = Resolver(index, site_root)

    def check(self, number: int, report: Report) -> None:
        """Reports what is wrong with the links, references and definitions of the document ``number``."""
        document, path = self._index.documents[number], self._index.document_paths[number]
        origin = _Origin(number, document, parent(path), self._sites.of(path), report, Budget())
        seen: set[str] = set()
        for link in document.links:
            if link.kind in _NOT_JUDGED:
                continue
            resolution = self._resolver.resolve(origin.folder, origin.site, link.target, link.kind == "html")
            if resolution is None:
                continue
            report.links_checked += 1
            # One finding is enough for all references to a definition: it is mended in one place.
            if link.kind in _BY_LABEL and link.label is not None:
                if link.label in seen:
                    continue
                seen.add(link.label)
            self._judge(origin, link, resolution)
        _check_references(document, report, origin.budget)
        _check_definitions(document, report)

    def _judge(self, origin: _Origin, link: Link, resolution: Resolution) -> None:
        outcome = resolution.outcome
        if outcome is Outcome.SAME_DOCUMENT:
            if link.fragment is None and not link.target:
                _add(origin, link, "empty-target", "the link has no target")
            elif link.fragment:
                self._judge_fragment(origin, link, Found(b"", False, origin.number), certain=True)
        elif outcome is Outcome.UNVERIFIED:
            self._unverified(origin, link)
        elif outcome is Outcome.MACHINE:
            _add(origin, link, "escapes-root", "the target is a place on one computer")
        elif outcome is Outcome.ESCAPES:
            _add(origin, link, "escapes-root", "the target lies outside of the repository")
        elif resolution.found is None:
            self._judge_missing(origin, link, resolution)
        else:
            self._judge_found(origin, link, resolution, resolution.found)

    def _judge_found(self, origin: _Origin, link: Link, resolution: Resolution, found: Found) -> None:
        tolerant: Severity | None = "hint" if origin.site is not None and origin.site.builder.tolerant else None
        if resolution.outcome is Outcome.WRONG_CASE:
            message = f"the name differs in case from '{_shown(found.path)}'"
            suggestion = _retarget(origin, link, found.path, absolute=link.target.startswith("/"))
            _add(origin, link, "wrong-case", message, suggestion=suggestion, severity=tolerant)
        elif resolution.outcome is Outcome.WRONG_SLASH:
            message = "a backslash does not separate folders in a link"
            suggestion = _retarget(origin, link, found.path, absolute=False)
            _add(origin, link, "missing-file", message, suggestion=suggestion, severity=tolerant)
        elif found.document == origin.number and link.fragment is None:
            _add(origin, link, "self-link", "the link leads to its own document")
        if link.fragment and found.document is not None:
            self._judge_fragment(origin, link, found, certain=resolution.certain)

    def _judge_missing(self, origin: _Origin, link: Link, resolution: Resolution) -> None:
        path = resolution.path
        folder, _, name = path.rpartition(b"/")
        message = f"no file or folder '{_shown(path)}'"
        severity: Severity | None = None
        if resolution.outcome is Outcome.MISSING_FROM_ROOT:
            message += "; a leading slash means the repository root unless a site root is configured"
            severity = "hint"
        moved = self._index.only_file_named(name)
        if moved is None:
            near = nearest(name, self._index.names_in(folder), origin.budget)
            moved = None if near is None else b"/".join(part for part in (folder, near) if part)
        suggestion = None if moved is None else _retarget(origin, link, moved, absolute=link.target.startswith("/"))
        _add(origin, link, "missing-file", message, suggestion=suggestion, severity=severity)

    def _judge_fragment(self, origin: _Origin, link: Link, found: Found, *, certain: bool) -> None:
        if link.fragment is None or found.document is None:
            return
        fragment = plain_fragment(link.fragment)
        anchors = self._index.anchors(found.document)
        if anchors is None or anchors.has(fragment):
            return
        document = self._index.documents[found.document]
        here = found.document == origin.number
        builder = origin.site.builder.name if origin.site is not None else None
        if builder == "docfx" and (fragment.startswith(b"tab/") or self._included(found.document, fragment)):
            return
        if not certain or (builder == "sphinx" and here):
            self._unverified(origin, link)
            return
        if is_line_fragment(fragment) and not here:
            return
        where = "this document" if here else f"'{_shown(self._index.document_paths[found.document])}'"
        message = f"no heading or anchor '{_shown(fragment)}' in {where}"
        near = anchors.suggest(fragment, origin.budget)
        suggestion = None if near is None else as_written(link.target, escape_target(near))
        severity: Severity | None = "warning" if origin.site is not None else None
        if document.format == "mdx":
            severity = "warning"
        _add(origin, link, "missing-anchor", message, suggestion=suggestion, severity=severity)

    def _included(self, number: int, fragment: bytes) -> bool:
        """Whether a document that ``number`` includes has the anchor: the included text becomes part of the page."""
        path = self._index.document_paths[number]
        folder = parent(path)
        for link in self._index.documents[number].links:
            if not any(name.decode() in link.target for name in _INCLUDES):
                continue
            resolution = self._resolver.resolve(folder, self._sites.of(path), link.target, html=False)
            found = None if resolution is None else resolution.found
            if found is None or found.document is None:
                continue
            anchors: Anchors | None = self._index.anchors(found.document)
            if anchors is None or anchors.has(fragment):
                return True
        return False

    def _unverified(self, origin: _Origin, link: Link) -> None:
        origin.report.links_unverified += 1
        message = "only the program that builds the site knows whether the target exists"
        _add(origin, link, "unverifiable-link", message)


def _retarget(origin: _Origin, link: Link, path: bytes, *, absolute: bool) -> str:
    """The link's target if it led to ``path``, with the link's fragment."""
    target = "/" + escape_target(path) if absolute else relative_target(origin.folder, path)
    return as_written(target, link.fragment)


def _add(
    origin: _Origin,
    link: Link,
    rule: str,
    message: str,
    *,
    suggestion: str | None = None,
    severity: Severity | None = None,
) -> None:
    evidence = as_written(link.target, link.fragment)
    origin.report.add(rule, link.line, link.column, message, evidence, suggestion=suggestion, severity=severity)


def _check_references(document: Document, report: Report, budget: Budget) -> None:
    """References without a definition; the suggestion is the nearest label that has one."""
    labels: list[bytes] | None = None
    for reference in document.undefined_references:
        if labels is None:
            labels = [
                definition.label.encode("utf-8", "surrogatepass")
                for definition in document.definitions
                if definition.kind == "link"
            ]
        near = nearest(reference.label.encode("utf-8", "surrogatepass"), labels, budget)
        report.add(
            "undefined-reference",
            reference.line,
            reference.column,
            f"no definition of '{_shown(reference.label.encode('utf-8', 'surrogatepass'))}'",
            f"[{reference.text}]",
            suggestion=None if near is None else near.decode("utf-8", "surrogatepass"),
        )


def _check_definitions(document: Document, report: Report) -> None:
    """Definitions that no reference uses, and those that an earlier one overrides."""
    first: dict[tuple[str, str], str] = {}
    for definition in document.definitions:
        target = as_written(definition.target, definition.fragment)
        mark = "^" if definition.kind == "footnote" else ""
        evidence = f"[{mark}{definition.label}]:" + (f" {target}" if target else "")
        if definition.duplicate:
            if first.get((definition.kind, definition.label)) != target or definition.kind == "footnote":
                report.add("duplicate-definition", definition.line, 1, "the label is defined before", evidence)
            continue
        first[definition.kind, definition.label] = target
        if not definition.used and not _is_comment(definition.label, target):
            report.add("unused-definition", definition.line, 1, "no reference uses the definition", evidence)


def _is_comment(label: str, target: str) -> bool:
    """Whether a definition is the usual way to hide a remark: ``[//]: # (remark)``, ``[comment]: <>``."""
    return label.startswith("//") or target in {"", "#"}
