"""What a fragment can point at in a document, and whether one does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .....domain.documents import Document
from .....domain.options import SlugFlavour
from ..slug import Slugger, hyphenated, lowered, slugify
from ..slug_docutils import asciidoctor_id
from .nearest import Budget, nearest, only_extended
from .target import percent_decode

__all__ = ["Anchors", "last_line", "plain_fragment"]

_LINES = re.compile(rb"L([0-9]{1,9})(?:C[0-9]{1,9})?(?:-L?([0-9]{1,9})(?:C[0-9]{1,9})?)?")
_GENERATED_PREFIX = b"user-content-"
_FOOTNOTE_PREFIXES = (b"fn-", b"fn:", b"fnref-", b"fnref:", b"user-content-fn-", b"user-content-fnref-")


def plain_fragment(fragment: str) -> bytes:
    """The name that ``fragment`` points at: decoded once, without a text fragment (``:~:text=``)."""
    return percent_decode(fragment.partition(":~:")[0])


def last_line(fragment: bytes) -> int | None:
    """The last line of ``L10``, ``L10-L20`` or ``L10C3-L20C5``, which a hosted repository shows as lines."""
    lines = _LINES.fullmatch(fragment)
    return None if lines is None else max(int(lines[1]), int(lines[2] or 0))


def _section(text: str) -> str:
    """Markdig has a name for a heading of signs alone."""
    return "" if slugify("github", text) else "section"


_OTHERS: dict[str, Callable[[str], str]] = {"docfx": _section, "lume": lowered, "vitepress": hyphenated}


def _others_of(builder: str | None, document: Document) -> Iterator[str]:
    """What programs without a flavour of their own make of the headings."""
    slug_of = _OTHERS.get(builder or "")
    if slug_of is None:
        return
    counts: dict[str, int] = {}
    for heading in document.headings:
        slug = slug_of(heading.text)
        if slug:
            count = counts.get(slug, 0)
            counts[slug] = count + 1
            yield f"{slug}-{count}" if count else slug


class Anchors:
    """The headings' slugs, explicit and HTML ids and footnotes of one document. O(1) per look-up."""

    __slots__ = ("_folded", "_known", "_ordered", "_others")

    def __init__(self, document: Document, slugs: tuple[SlugFlavour, bool] | None, builder: str | None = None) -> None:
        """Of ``document``. Its site may make slugs in another way, and nothing else does so where that is sure.

        ``builder`` is the program that builds it, which may make others as well.
        """
        names: list[str] = []
        scanned = True
        is_slugged = document.format in {"markdown", "mdx", "notebook"}
        if slugs is not None and is_slugged:
            slugger = Slugger(slugs[0])
            made = [slugger.next(heading.text) for heading in document.headings]
            if any(heading.slug != slug for heading, slug in zip(document.headings, made, strict=True)):
                names = made
                scanned = not slugs[1]
        for heading in document.headings:
            if scanned:
                names.append(heading.slug)
            if heading.explicit_id is not None:
                names.append(heading.explicit_id)
        names += [anchor.id for anchor in document.anchors]
        self._ordered = [name.encode("utf-8", "surrogatepass") for name in names]
        # Other programs than GitHub trim the text of a heading before they make its slug.
        of_headings = [heading.slug for heading in document.headings if scanned]
        trimmed = [slug.strip("-").encode("utf-8", "surrogatepass") for slug in of_headings if slug != slug.strip("-")]
        self._known = frozenset((*self._ordered, *trimmed))
        self._folded: dict[bytes, bytes] | None = None
        # What else is the name of a section: in AsciiDoc its title, and its id as GitHub makes it; elsewhere what the
        # program that builds the site makes of its heading.
        self._others: set[bytes] = set()
        if is_slugged:
            self._others.update(name.encode("utf-8", "surrogatepass") for name in _others_of(builder, document))
        if document.format == "asciidoc":
            for heading in document.headings:
                self._others.add(heading.text.encode("utf-8", "surrogatepass"))
                self._others.add(asciidoctor_id(heading.text, "", "-").encode("utf-8", "surrogatepass"))

    def all(self) -> set[bytes]:
        """All names."""
        return self._others.union(self._known)

    def has(self, fragment: bytes) -> bool:
        """Whether ``fragment`` points at something; the top of the page always is."""
        if not fragment or fragment in self._known or fragment == b"top" or fragment in self._others:
            return True
        if fragment.startswith(_GENERATED_PREFIX) and fragment[len(_GENERATED_PREFIX) :] in self._known:
            return True
        return fragment.startswith(_FOOTNOTE_PREFIXES)

    def in_other_case(self, fragment: bytes) -> bytes | None:
        """The first anchor that differs from ``fragment`` in the case of ASCII letters only."""
        if self._folded is None:
            self._folded = {}
            for name in self._ordered:
                self._folded.setdefault(name.lower(), name)
        return self._folded.get(fragment.lower())

    def near(self, fragment: bytes, budget: Budget) -> bytes | None:
        """The nearest anchor, or else the one that has some more words or fewer."""
        return nearest(fragment, self._ordered, budget) or only_extended(fragment, self._ordered, budget)
