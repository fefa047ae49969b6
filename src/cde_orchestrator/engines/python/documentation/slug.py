"""Slugs: the fragment by which a heading is linked to, as the site that shows the document makes it.

Which code points a flavour keeps and how they are lower-cased is frozen in a table (``data/slug-code-points.txt``), so
that slugs do not change with the Unicode version of the interpreter. Sources of the rules: github-slugger 2 (GitHub,
Docusaurus), GitLab's ``Gitlab::Utils::Markdown``, Python-Markdown's ``toc`` (MkDocs), Hugo's ``goldmark/autoid.go``,
mdBook 0.5's ``id_from_content``.

>>> slugger = Slugger("github")
>>> [slugger.next("What's new?"), slugger.next("What's new?")]
['whats-new', 'whats-new-1']
>>> slugify("mkdocs", "Čeština & more")
'cestina-more'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from ....domain.options import SlugFlavour
from . import slug_table as table

__all__ = ["Slugger", "ascii_forms", "hyphenated", "lower_case", "lowered", "lowered_kept", "slugify"]

_SIGMA = "\u03a3"
_FINAL_SIGMA = "\u03c2"
_CAPITAL_I_WITH_DOT = 0x130
# A cache of single code points; a document that uses more of them than any script has is not worth the memory.
_CACHE_LIMIT = 20_000
# What becomes a hyphen in VitePress: all of ASCII but letters and digits, and quotes.
_SIGNS = "".join(map(chr, (code for code in range(128) if not chr(code).isalnum()))) + "“”‘’"
_HYPHENS = re.compile(f"[{re.escape(_SIGNS)}]+")
_DIGIT = re.compile("[0-9]")


class _Ranges:
    """A set of code points."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str) -> None:
        pairs = [entry.partition("-") for entry in text.split()]
        self._starts = [int(first, 16) for first, _, _ in pairs]
        self._ends = [int(last or first, 16) for first, _, last in pairs]

    def __contains__(self, code: int) -> bool:
        place = bisect_right(self._starts, code) - 1
        return place >= 0 and code <= self._ends[place]


@cache
def lower_case() -> dict[int, str]:
    """The lower case of every code point that has one, by its code."""
    lower = {}
    for row in table.LOWER_CASE.split():
        codes, _, step_and_delta = row.partition("/")
        first, _, last = codes.partition("-")
        # The step is one digit, 1 or 2.
        delta = int(step_and_delta[1:])
        for code in range(int(first, 16), int(last, 16) + 1, int(step_and_delta[0])):
            lower[code] = chr(code + delta)
    return lower


@cache
def ascii_forms() -> dict[int, str]:
    """What MkDocs leaves of each code point beyond ASCII, by its code."""
    forms = {}
    for run in table.ASCII_FORMS.split():
        first, *texts = run.split("|")
        for code, text in enumerate(texts, int(first, 16)):
            forms[code] = text.replace("+", " ")
    return forms


class _Translation(dict[int, str]):
    """What becomes of each code point under one flavour, for :meth:`str.translate`; filled on demand."""

    def __init__(self, kept: str, extra: str, *, simple_case: bool) -> None:
        super().__init__()
        self._kept = _Ranges(kept)
        self._extra = frozenset(map(ord, extra))
        self._lower = lower_case()
        self._simple_case = simple_case

    def __missing__(self, code: int) -> str:
        text = self._lower.get(code) or chr(code)
        if code == _CAPITAL_I_WITH_DOT and not self._simple_case:
            text += "\u0307"
        text = "".join(one for one in text if ord(one) in self._kept or ord(one) in self._extra)
        if len(self) < _CACHE_LIMIT:
            self[code] = text
        return text


@cache
def _white_space() -> str:
    last = 0x3000
    ranges = _Ranges(table.WHITE_SPACE)
    return "".join(chr(code) for code in range(last + 1) if code in ranges)


@cache
def _translation(flavour: SlugFlavour) -> _Translation:
    if flavour == "gitlab":
        return _Translation(table.GITLAB_KEPT, " -", simple_case=False)
    if flavour == "hugo":
        return _Translation(table.HUGO_KEPT, " \t-", simple_case=True)
    if flavour == "mdbook":
        # White space is kept as a space, which becomes a hyphen.
        translation = _Translation(table.MDBOOK_KEPT, "-", simple_case=False)
        translation.update(dict.fromkeys(map(ord, _white_space()), " "))
        return translation
    return _Translation(table.GITHUB_KEPT, "", simple_case=False)


@cache
def _sigma_context() -> tuple[_Ranges, _Ranges]:
    return _Ranges(table.CASED), _Ranges(table.CASE_IGNORABLE)


def _with_final_sigmas(text: str) -> str:
    """Lower-cases each capital sigma that ends a word to its final form (Unicode 3.13, Final_Sigma). O(length)."""
    cased, ignorable = _sigma_context()

    def is_cased(codes: range) -> bool:
        for index in codes:
            code = ord(text[index])
            if code not in ignorable:
                return code in cased
        return False

    out = list(text)
    for match in re.finditer(_SIGMA, text):
        index = match.start()
        if is_cased(range(index - 1, -1, -1)) and not is_cased(range(index + 1, len(text))):
            out[index] = _FINAL_SIGMA
    return "".join(out)


def _mkdocs(text: str) -> str:
    if not text.isascii():
        forms = ascii_forms()
        text = "".join(one if one.isascii() else forms.get(ord(one), "") for one in text)
    # The text is ASCII by now; \s and strip() also know its four separators, as in Python-Markdown.
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def lowered_kept(text: str, others: str) -> str:
    """``text`` in lower case, of which only what GitHub keeps and the characters of ``others`` are left. O(length)."""
    if _SIGMA in text:
        text = _with_final_sigmas(text)
    return text.translate(_others_kept(others))


@cache
def _others_kept(others: str) -> _Translation:
    return _Translation(table.GITHUB_KEPT, others, simple_case=False)


def slugify(flavour: SlugFlavour, text: str) -> str:
    """The slug of a heading's text, not yet unique. O(length).

    ``text`` is the rendered text; for Hugo, whose rule works on the source, it is the heading's line without the marks.
    """
    if flavour == "mkdocs":
        return _mkdocs(text)
    translation = _translation(flavour)
    if flavour == "gitlab":
        text = text.strip("\0\t\n\v\f\r ")
    elif flavour == "mdbook":
        text = text.strip(_white_space())
    if _SIGMA in text and flavour in {"github", "docusaurus", "mdbook"}:
        text = _with_final_sigmas(text)
    slug = text.translate(translation).replace(" ", "-")
    if flavour == "gitlab":
        slug = re.sub("-{2,}", "-", slug)
        # GitLab reads #123 as an issue.
        return f"anchor-{slug}" if re.fullmatch("[0-9]+", slug) else slug
    if flavour == "hugo":
        return slug.replace("\t", "-") or "heading"
    if flavour == "mdbook":
        return slug or "section"
    return slug


def hyphenated(text: str) -> str:
    """As VitePress and VuePress make it of a heading's text: hyphens for all signs, and letters without their accents.

    >>> hyphenated("server.port"), hyphenated("2. Énd")
    ('server-port', '_2-end')
    """
    if not text.isascii():
        forms = ascii_forms()
        text = "".join(one if one.isascii() else forms.get(ord(one)) or one for one in text)
    slug = _HYPHENS.sub("-", lowered_kept(text, _SIGNS)).strip("-")
    return "_" + slug if _DIGIT.match(slug) else slug


def lowered(text: str) -> str:
    """As markdown-it-anchor makes it of a heading's text: hyphens for white space, and everything else in lower case.

    >>> lowered("A  B.c()")
    'a-b.c()'
    """
    space = _white_space()
    text = text.strip(space)
    if _SIGMA in text:
        text = _with_final_sigmas(text)
    lower = lower_case()
    text = "".join(lower.get(ord(one), one) + ("\u0307" if one == "\u0130" else "") for one in text)
    return re.sub(f"[{re.escape(space)}]+", "-", text)


# Nine digits are enough for any document and fit a machine word.
_NUMBERED = re.compile(r"(.*)_([0-9]{1,9})", re.DOTALL)


class Slugger:
    """Makes the slugs of one document unique, by the flavour's own counting. A call is O(length), amortised."""

    __slots__ = ("_after", "_flavour", "_repeated", "_used")

    def __init__(self, flavour: SlugFlavour) -> None:
        self._flavour: SlugFlavour = flavour
        self._used: set[str] = set()
        # For a numbered slug that is taken, a number below which none is free: without it, many headings with the
        # same text would cost quadratic time.
        self._after: dict[str, int] = {}
        # How often GitLab has seen a slug; it does not look whether the numbered one is taken.
        self._repeated: dict[str, int] = {}

    def next(self, text: str) -> str:
        """The slug of the next heading."""
        slug = slugify(self._flavour, text)
        if self._flavour == "gitlab":
            count = self._repeated.get(slug, 0)
            self._repeated[slug] = count + 1
            return f"{slug}-{count}" if count else slug
        if self._flavour == "mkdocs":
            if not slug or slug in self._used:
                match = _NUMBERED.fullmatch(slug)
                slug = self._numbered(match[1] + "_", int(match[2])) if match else self._numbered(slug + "_", 0)
        elif slug in self._used:
            slug = self._numbered(slug + "-", 0)
        self._used.add(slug)
        return slug

    def _numbered(self, prefix: str, above: int) -> str:
        """``prefix`` with the lowest free number greater than ``above``."""
        taken = []
        number = above + 1
        while (slug := f"{prefix}{number}") in self._used:
            taken.append(slug)
            number = self._after.get(slug, number + 1)
        for passed in taken:
            self._after[passed] = number
        return slug
