"""The second phase: the text of one leaf block to inlines, each with its place in that text (CommonMark 6).

Code spans, HTML, autolinks and links are found from left to right in one pass; delimiter runs are matched afterwards,
per sequence of inlines, as the specification's appendix describes. Links nest only through images, and the result is
walked without recursion by the caller.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from .html import INLINE_HTML_TAG
from .markdown_definitions import RawDefinition
from .markdown_emphasis import Delimiter, flanking, match_delimiters
from .markdown_syntax import (
    ESCAPABLE,
    WHITESPACE,
    fold_label,
    resolve_entity,
    scan_destination,
    scan_label,
    scan_title,
    tidy_title,
    unescape,
)

__all__ = ["Inline", "InlineKind", "InlineParser", "Resolved"]

_SPECIAL = re.compile(r"[\n*_~&\\\[\]<!`]")
_BACKTICKS = re.compile("`+")
_CODE_SPACE = re.compile(r"[\t-\r ]+")
_URI = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\x00-\x20<>]*)>")
_EMAIL = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
_SEPARATOR = re.compile(r"[ \t\x0b\x0c]*\n?[ \t\x0b\x0c]*")
_BEFORE_BREAK: Final = " \t\r\x0b\x0c"
# How much of an undefined reference's text is kept.
_MAX_QUOTED: Final = 200
_INDEX_BEFORE: Final = re.compile(r"[A-Za-z0-9_\])]")


class InlineKind(IntEnum):
    """What an inline is."""

    TEXT = 0
    ENTITY = 1
    CODE = 2
    HTML = 3
    BREAK = 4
    BACKSLASH_BREAK = 5
    LINK = 6
    FOOTNOTE = 7


@dataclass(slots=True)
class Resolved:
    """Where a link leads: the kind of its syntax, destination, title, and the label as written (references only)."""

    kind: str
    destination: str
    title: str | None
    label: str | None
    image: bool


class Inline:
    """An inline from ``start`` to ``end``. ``text`` is the value of an entity, a code span or a footnote's label."""

    __slots__ = ("children", "end", "kind", "link", "start", "text")

    def __init__(self, kind: InlineKind, start: int, end: int, text: str = "") -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.children: list[Inline | Delimiter] = []
        self.link: Resolved | None = None


class _Bracket:
    __slots__ = ("active", "image", "index", "start")

    def __init__(self, index: int, start: int, image: bool) -> None:
        self.index = index
        self.start = start
        self.image = image
        self.active = True


class InlineParser:
    """Reads the inlines of one document's leaf blocks, in order.

    ``definitions`` and ``footnotes`` are keyed by folded label. ``budget`` limits, in bytes, how much text references
    may repeat in all, so that a short document cannot grow without bound. ``undefined`` is called with label, text and
    place of each full or collapsed reference that nothing defines.
    """

    def __init__(
        self,
        definitions: Mapping[str, RawDefinition],
        footnotes: set[str],
        budget: int,
        undefined: Callable[[str, str, int], None],
    ) -> None:
        self._definitions = definitions
        self._footnotes = footnotes
        self._budget = budget
        self._undefined = undefined

    def parse(self, text: str, quoted: Container[int] = ()) -> list[Inline | Delimiter]:
        """The inlines of ``text``.

        ``quoted`` are the places of lines that stand after a ``>`` in the file, the line after the text included.
        """
        return _Scan(self, text, quoted).run()

    def resolve(self, label: str) -> RawDefinition | None:
        """The definition of ``label``, while the budget lasts."""
        if self._budget <= 0:
            return None
        found = self._definitions.get(fold_label(label))
        if found is not None:
            self._budget -= len(found.target.encode()) + len((found.title or "").encode())
        return found

    def is_footnote(self, label: str) -> bool:
        """Whether a footnote definition has ``label``."""
        return fold_label(label) in self._footnotes

    def report(self, label: str, text: str, place: int) -> None:
        """Passes on an undefined reference, while the budget lasts."""
        if self._budget > 0:
            self._undefined(fold_label(label), text, place)


class _Scan:
    """One pass over one text."""

    def __init__(self, parser: InlineParser, text: str, quoted: Container[int]) -> None:
        self._parser = parser
        self._quoted = quoted
        self._text = text
        self._out: list[Inline | Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._runs: dict[int, list[int]] | None = None
        self._failed_references: set[int] = set()
        # Where a construct that is never closed was looked for already, so that each is searched once.
        self._no_comment = False
        self._cdata_from = 0
        self._no_declaration = False
        self._no_processing = False

    def run(self) -> list[Inline | Delimiter]:
        """Reads the text. Each reader is given where plain text began and where the special character is."""
        text = self._text
        readers = {
            "\n": self._line_end,
            "\\": self._backslash,
            "&": self._entity,
            "`": self._backticks,
            "[": self._open_bracket,
            "!": self._exclamation,
            "]": self._close_bracket,
            "<": self._angle,
        }
        begin = place = 0
        while True:
            match = _SPECIAL.search(text, place)
            if match is None:
                break
            at = match.start()
            begin, place = readers.get(text[at], self._delimiters)(begin, at)
        self._plain(begin, len(text.rstrip(WHITESPACE)))
        match_delimiters([item for item in self._out if isinstance(item, Delimiter)])
        return self._out

    # Readers: each returns where plain text begins and where to look for the next special character.

    def _backslash(self, begin: int, at: int) -> tuple[int, int]:
        following = self._text[at + 1 : at + 2]
        if following == "" or following not in ESCAPABLE:
            return begin, at + 1
        self._plain(begin, at)
        if following == "`":
            end = self._code(at + 1, escaped=True)
            return end, end
        return at + 1, at + 2

    def _entity(self, begin: int, at: int) -> tuple[int, int]:
        entity = resolve_entity(self._text, at)
        if entity is None:
            return begin, at + 1
        self._plain(begin, at)
        self._out.append(Inline(InlineKind.ENTITY, at, entity[1], entity[0]))
        return entity[1], entity[1]

    def _delimiters(self, begin: int, at: int) -> tuple[int, int]:
        text = self._text
        character = text[at]
        end = at + 1
        while text.startswith(character, end):
            end += 1
        can_open, can_close = flanking(text, at, end - at)
        if not (can_open or can_close) or (character == "~" and end - at > 2):
            return begin, end
        self._plain(begin, at)
        self._out.append(Delimiter(character, at, end - at, can_open, can_close))
        return end, end

    def _backticks(self, begin: int, at: int) -> tuple[int, int]:
        self._plain(begin, at)
        end = self._code(at, escaped=False)
        return end, end

    def _exclamation(self, begin: int, at: int) -> tuple[int, int]:
        if not self._text.startswith("[", at + 1):
            return begin, at + 1
        return self._open_bracket(begin, at)

    def _open_bracket(self, begin: int, at: int) -> tuple[int, int]:
        self._plain(begin, at)
        image = self._text[at] == "!"
        end = at + 1 + image
        self._brackets.append(_Bracket(len(self._out), at, image))
        self._out.append(Inline(InlineKind.TEXT, at, end))
        return end, end

    def _line_end(self, begin: int, at: int) -> tuple[int, int]:
        text = self._text
        end = at
        while end > 0 and text[end - 1] in WHITESPACE:
            end -= 1
        slashes = 0
        if end == at:
            while slashes < end and text[end - 1 - slashes] == "\\":
                slashes += 1
        if slashes % 2 == 1:
            self._plain(begin, at - 1)
            self._out.append(Inline(InlineKind.BACKSLASH_BREAK, at - 1, at + 1))
        else:
            self._plain(begin, end)
            self._out.append(Inline(InlineKind.BREAK, at, at + 1))
        return at + 1, at + 1

    def _plain(self, start: int, end: int) -> None:
        if end > start:
            self._out.append(Inline(InlineKind.TEXT, start, end))

    def _code(self, at: int, *, escaped: bool) -> int:
        """Reads the backtick run at ``at``, the first of which may be escaped, and returns where to go on."""
        text = self._text
        if self._runs is None:
            self._runs = {}
            for match in _BACKTICKS.finditer(text):
                self._runs.setdefault(match.end() - match.start(), []).append(match.start())
        run = _BACKTICKS.match(text, at)
        after = at + 1 if run is None else run.end()
        start = at + 1 if escaped else at
        places = self._runs.get(after - start, [])
        index = bisect_right(places, after - 1)
        if index == len(places) or start == after:
            self._plain(at, after)
            return after
        self._plain(at, start)
        close = places[index]
        content = text[after:close]
        if "\n" in content:
            content = _CODE_SPACE.sub(" ", content).strip(" ")
        elif content[0] == " " == content[-1] and content.strip(" "):
            content = content[1:-1]
        end = close + after - start
        self._out.append(Inline(InlineKind.CODE, start, end, content))
        return end

    def _angle(self, begin: int, at: int) -> tuple[int, int]:
        text = self._text
        match = _URI.match(text, at) or _EMAIL.match(text, at)
        if match is not None:
            self._plain(begin, at)
            link = Inline(InlineKind.LINK, at, match.end())
            link.children.append(Inline(InlineKind.TEXT, at + 1, match.end() - 1))
            prefix = "mailto:" if match.re is _EMAIL else ""
            link.link = Resolved("autolink", prefix + match[1], None, None, False)
            self._out.append(link)
            return match.end(), match.end()
        end = self._html_end(at)
        if end == 0:
            return begin, at + 1
        self._plain(begin, at)
        self._out.append(Inline(InlineKind.HTML, at, end))
        return end, end

    def _html_end(self, at: int) -> int:
        text = self._text
        following = text[at + 1 : at + 2]
        if following == "?":
            end = -1 if self._no_processing else text.find("?>", at + 2)
            self._no_processing = end < 0
            return end + 2 if end >= 0 else 0
        if following != "!":
            match = INLINE_HTML_TAG.match(text, at)
            return 0 if match is None else match.end()
        if text.startswith("--", at + 2):
            end = -1 if self._no_comment else text.find("-->", at + 2)
            self._no_comment = end < 0
            return end + 3 if end >= 0 else 0
        if text.startswith("[CDATA[", at + 2):
            return self._cdata_end(at)
        kind = text[at + 2 : at + 3]
        if kind.isascii() and kind.isalpha():
            return self._declaration_end(at)
        return 0

    def _declaration_end(self, at: int) -> int:
        """Both engines take the mark of a block quote before one of its lines for the end."""
        text = self._text
        if self._no_declaration:
            return 0
        end = text.find(">", at + 3)
        line = text.find("\n", at + 3) + 1
        while line and (end < 0 or line <= end):
            if line in self._quoted:
                return line
            line = text.find("\n", line) + 1
        if end < 0 and len(text) + 1 in self._quoted:
            return len(text)
        self._no_declaration = end < 0
        return end + 1

    def _cdata_end(self, at: int) -> int:
        """Both engines look at the first run of closing brackets only."""
        text = self._text
        if at + 3 <= self._cdata_from:
            return 0
        close = text.find("]", at + 9)
        end = len(text) if close < 0 else close
        while text.startswith("]", end):
            end += 1
        if close >= 0 and text.startswith(">", end):
            return end + 1
        self._cdata_from = end
        return 0

    # Links

    def _close_bracket(self, begin: int, at: int) -> tuple[int, int]:
        self._plain(begin, at)
        bracket = self._brackets.pop() if self._brackets else None
        if bracket is not None and bracket.active:
            found = self._inline_link(at + 1)
            if found is not None:
                end, resolved = found
                resolved.image = bracket.image
                self._link(bracket, end, resolved)
                return end, end
            end = self._reference(bracket, at)
            if end:
                return end, end
        self._plain(at, at + 1)
        return at + 1, at + 1

    def _link(self, bracket: _Bracket, end: int, resolved: Resolved) -> None:
        children = self._out[bracket.index + 1 :]
        del self._out[bracket.index :]
        match_delimiters([item for item in children if isinstance(item, Delimiter)])
        link = Inline(InlineKind.LINK, bracket.start, end)
        link.children = children
        link.link = resolved
        self._out.append(link)
        if not bracket.image:
            for outer in reversed(self._brackets):
                if not outer.image:
                    if not outer.active:
                        break
                    outer.active = False

    def _inline_link(self, at: int) -> tuple[int, Resolved] | None:
        text = self._text
        if not text.startswith("(", at):
            return None
        destination = scan_destination(text, self._skip(at + 1))
        if destination is None:
            return None
        place = self._skip(destination[1])
        title = scan_title(text, place)
        if title is not None:
            place = self._skip(title[1])
        if not text.startswith(")", place):
            return None
        shown = None if title is None else tidy_title(title[0])
        return place + 1, Resolved("inline", unescape(destination[0]), shown, None, False)

    def _skip(self, place: int) -> int:
        match = _SEPARATOR.match(self._text, place)
        return place if match is None else match.end()

    def _reference(self, bracket: _Bracket, at: int) -> int:
        """Reads a reference or footnote whose first bracket closes at ``at``; 0 where there is none."""
        text = self._text
        following = at + 1
        # Both engines take the bracket after a backslash for the start of the label.
        if text.startswith("\\[", following):
            following += 1
        own = scan_label(text, bracket.start + (2 if bracket.image else 1))
        own_label = own[0] if own is not None and own[1] == at + 1 else None
        if text.startswith("[]", following):
            kind, label, end = "collapsed", own_label, following + 2
            if at in self._failed_references:
                return 0
        else:
            second = self._second_label(following)
            if second is not None:
                kind, label, end = "reference", second[0], second[1]
                self._failed_references.add(end - 1)
            else:
                kind, label, end = "shortcut", own_label, at + 1
                if at in self._failed_references:
                    return 0
        if kind != "reference":
            note = self._footnote(bracket, at)
            if note >= 0:
                return note
        if label is None:
            return 0
        found = self._parser.resolve(label)
        if found is None:
            if kind != "shortcut" and not (bracket.start and _INDEX_BEFORE.match(text, bracket.start - 1)):
                self._parser.report(label, self._quoted_text(bracket, at), bracket.start)
            return 0
        self._link(bracket, end, Resolved(kind, found.target, found.title, label, bracket.image))
        return end

    def _quoted_text(self, bracket: _Bracket, at: int) -> str:
        """The beginning of the text in the bracket that closes at ``at``, with each line break as one space."""
        joined = ""
        place = bracket.start + (2 if bracket.image else 1)
        while len(joined) < _MAX_QUOTED:
            end = self._text.find("\n", place, at)
            joined += self._text[place : min(place + _MAX_QUOTED - len(joined), at if end < 0 else end)]
            if end < 0 or len(joined) >= _MAX_QUOTED:
                break
            joined = joined.rstrip(_BEFORE_BREAK) + " "
            place = end + 1
            while place < at and self._text[place] in " \t>":
                place += 1
        return joined

    def _second_label(self, at: int) -> tuple[str, int] | None:
        text = self._text
        if not text.startswith("[", at):
            return None
        if text.startswith("^", at + 1) and not text.startswith("]", at + 2):
            note = scan_label(text, at + 2)
            if note is not None and "\n" not in note[0]:
                return None
        return scan_label(text, at + 1)

    def _footnote(self, bracket: _Bracket, at: int) -> int:
        """Reads a footnote reference: where to go on, 0 where it stays text, -1 where it is a label of another kind."""
        text = self._text
        start = bracket.start + (1 if bracket.image else 0)
        if not text.startswith("[^", start) or text.startswith("]", start + 2):
            return -1
        label = scan_label(text, start + 2)
        if label is None or "\n" in label[0] or label[1] != at + 1:
            return -1 if label is None or "\n" in label[0] else 0
        if not self._parser.is_footnote(label[0]):
            return 0
        del self._out[bracket.index :]
        if bracket.image:
            self._out.append(Inline(InlineKind.ENTITY, bracket.start, start, "!"))
        self._out.append(Inline(InlineKind.FOOTNOTE, start, at + 1, label[0]))
        self._brackets.clear()
        return at + 1
