"""The rules of group ``links`` about targets and fragments, applied to one document."""

from __future__ import annotations

from .....domain.documents import Link
from .....domain.envelope import Severity
from ...filesystem.tree import PythonTree
from .anchors import Anchors, last_line, plain_fragment
from .edges import hosted, led_to
from .formats import is_judged
from .index import TreeIndex
from .nearest import nearest
from .origin import Origin, as_written, shown
from .own_urls import OwnUrls
from .report import Report
from .resolve import Outcome, Resolution, Resolver
from .site import Sites
from .target import escape_target, parent

__all__ = ["LinkChecker"]

# How many included documents of one are looked at.
_MOST_INCLUDES = 64
# Names that stand in many folders, so that the only one left is not the one that was meant.
_COMMON_NAMES = frozenset(
    (
        b"_index",
        b"agents",
        b"changelog",
        b"claude",
        b"contributing",
        b"index",
        b"license",
        b"readme",
        b"skill",
        b"summary",
    )
)
_BY_LABEL = frozenset(("reference", "collapsed", "shortcut"))


class LinkChecker:
    """Judges links over one tree.

    ``site_root`` is the folder that ``/x`` starts at, where it was configured; ``follows`` asks for the documents that
    each one links to.
    """

    def __init__(
        self, tree: PythonTree, index: TreeIndex, sites: Sites, site_root: bytes | None, *, follows: bool
    ) -> None:
        self._follows = follows
        self._index = index
        self._sites = sites
        self._site_root = site_root
        self._resolver = Resolver(index, site_root)
        self._own_urls = OwnUrls(tree, index)
        self._included: dict[int, list[int]] = {}

    def check(self, number: int, report: Report) -> Origin:
        """Reports what is wrong with the links of the document ``number``."""
        path = self._index.document_paths[number]
        site = self._sites.of(path)
        if site is not None and site.is_apart(path):
            site = None
        origin = Origin(self._index, number, site, report)
        seen: dict[str, bool] = {}
        syntax = self._index.documents[number].format
        for link in self._index.documents[number].links:
            if not is_judged(syntax, link):
                # Where such a link leads is not judged, but it does lead there.
                noted = self._index.noted(link.target.encode("utf-8", "surrogatepass")) if link.kind == "wiki" else None
                if noted is not None and noted[0] is not None:
                    self._follow(origin, link, noted[0].document)
                continue
            # One finding is enough for all references to a definition: it is mended in one place.
            label = link.label if link.kind in _BY_LABEL else None
            if label is not None and label in seen:
                report.links_checked += seen[label]
                continue
            own = self._own_urls.locate(link.target)
            if own is not None:
                report.links_checked += 1
                if label is not None:
                    seen[label] = True
                document = self._own_urls.judge(origin, link, own)
                self._follow(origin, link, hosted(self._index, link.target))
                if document is not None:
                    self._judge_fragment(origin, link, document, certain=own.certain)
                continue
            resolution = self._resolver.resolve_link(origin.folder, site, syntax, link)
            report.links_checked += resolution is not None
            if label is not None:
                seen[label] = resolution is not None
            if self._follows:
                external = resolution is None
                target = hosted(self._index, link.target) if external else led_to(self._index, resolution)
                self._follow(origin, link, target)
            if resolution is not None:
                self._judge(origin, link, resolution)
        return origin

    def _follow(self, origin: Origin, link: Link, target: int | None) -> None:
        """Notes that a reader of the document comes to ``target``."""
        if self._follows and not link.image and target is not None and target != origin.number:
            origin.links_to.append(target)

    def _judge(self, origin: Origin, link: Link, resolution: Resolution) -> None:
        outcome, found = resolution.outcome, resolution.found
        if outcome is Outcome.SAME_DOCUMENT:
            if link.fragment is not None:
                self._judge_fragment(origin, link, origin.number, certain=True)
            elif not link.target and (link.image or _says_something(link.text)) and not self._is_draft(origin):
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
            is_found = outcome not in {Outcome.WRONG_CASE, Outcome.WRONG_SLASH}
            if link.fragment is not None and found.folder and is_found and origin.site is None:
                self._judge_folder(origin, link, found.path)

    def _is_draft(self, origin: Origin) -> bool:
        """Whether a link without a target is a chapter that is not written yet: in the summary of a book."""
        is_summary = self._index.document_paths[origin.number].rpartition(b"/")[2] == b"SUMMARY.md"
        return is_summary and origin.site is not None and origin.site.builder.name in {"mdbook", "gitbook"}

    def _judge_folder(self, origin: Origin, link: Link, folder: bytes) -> None:
        """A fragment behind a folder: a hosted repository shows the folder's README below the list of its files."""
        stems = [(name, name.partition(b".")[0].lower()) for name in self._index.names_in(folder)]
        readmes = [name for name, stem in stems if stem == b"readme"]
        if any(stem == b"index" for _, stem in stems):
            origin.unverified(link)
            return
        if not readmes:
            message = f"the folder '{shown(folder)}' has no README in which an anchor could be"
            origin.add(link, "missing-anchor", message, severity="warning")
            return
        numbers = []
        for name in readmes:
            found = self._index.find(folder + b"/" + name if folder else name)
            if found is None or found.document is None:
                origin.unverified(link)
                return
            numbers.append(found.document)
        fragment = plain_fragment(link.fragment or "")
        for number in numbers:
            anchors = self._anchors(number)
            if anchors is None or anchors.has(fragment):
                return
        if len(numbers) == 1:
            self._judge_fragment(origin, link, numbers[0], certain=True)
        else:
            origin.unverified(link)

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
        # What an ignore file means is made by a build.
        if self._index.ignored(resolution.path):
            origin.unverified(link)
            return
        is_docfx = origin.site is not None and origin.site.builder.name == "docfx"
        if is_docfx and self._index.is_redirected(resolution.path):
            origin.unverified(link)
            return
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
        suggestion = fix = None
        if meant is not None:
            target = origin.target_to(link, meant, self._site_root)
            suggestion = as_written(target, link.fragment)
            if severity is None and self._was_moved(origin, link, name, meant):
                fix = origin.fix_target(link, target)
        origin.add(link, "missing-file", message, suggestion=suggestion, fix=fix, severity=severity)

    def _was_moved(self, origin: Origin, link: Link, name: bytes, meant: bytes) -> bool:
        """Whether ``meant``, the only file called ``name``, is certainly what the link led to before it was moved."""
        stem, dot, _ = name.rpartition(b".")
        found = self._index.find(meant)
        if not dot or stem.lower() in _COMMON_NAMES or found is None or meant.rpartition(b"/")[2] != name:
            return False
        if found.document == origin.number or (origin.site is not None and origin.site.builder.tolerant):
            return False
        if link.fragment is None:
            return True
        anchors = None if found.document is None else self._anchors(found.document)
        return anchors is not None and anchors.has(plain_fragment(link.fragment))

    def _judge_fragment(self, origin: Origin, link: Link, number: int, *, certain: bool) -> None:
        fragment = plain_fragment(link.fragment or "")
        anchors = self._anchors(number)
        if anchors is None or anchors.has(fragment):
            return
        here = number == origin.number
        builder = origin.site.builder.name if origin.site is not None else None
        if builder == "docfx" and (fragment.startswith(b"tab/") or self._is_included(number, fragment)):
            return
        if not here and last_line(fragment) is not None:
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
        target_site = self._sites.of(self._index.document_paths[number])
        if target_site is not None and target_site.builder.name == "mkdocs":
            ids = self._index.attribute_ids(number, items=target_site.links_items)
            if ids is None:
                origin.unverified(link)
                return
            if fragment in ids:
                return
        where = "this document" if here else f"'{shown(self._index.document_paths[number])}'"
        message = f"no heading or anchor '{shown(fragment)}' in {where}"
        # What builds the page may add anchors that the text does not show. Front matter tells that something builds it.
        has_front_matter = self._index.documents[number].front_matter is not None
        is_built = origin.site is not None or syntax != "markdown" or has_front_matter
        severity: Severity | None = "warning" if is_built else None
        if target_site is not None and target_site.hooks:
            severity = "hint"
        alike = anchors.in_other_case(fragment)
        # Hosted repositories find it all the same.
        severity = severity or (None if alike is None else "warning")
        meant = alike or anchors.near(fragment, origin.budget)
        if meant is None:
            origin.add(link, "missing-anchor", message, severity=severity)
            return
        written = escape_target(meant)
        fix = None if alike is None else origin.fix_fragment(link, written)
        suggestion = as_written(link.target, written)
        origin.add(link, "missing-anchor", message, suggestion=suggestion, fix=fix, severity=severity)

    def _anchors(self, number: int) -> Anchors | None:
        path = self._index.document_paths[number]
        return self._index.anchors(number, self._sites.slugs_of(path), self._sites.builder_of(path))

    def _in_drawn_text(self, number: int, fragment: bytes) -> bool | None:
        """Whether a document whose text ``number`` takes in has the anchor; ``None`` where it cannot be told."""
        drawn = self._index.drawn_in(number)
        if drawn is None:
            return None
        for part in drawn:
            anchors = self._anchors(part)
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
            anchors = self._anchors(included)
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
