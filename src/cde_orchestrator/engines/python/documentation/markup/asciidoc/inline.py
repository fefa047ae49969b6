"""Inline markup: code, macros, references, anchors and addresses in the text of a paragraph.

The text is gone through once; no text is searched twice for the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ......domain.documents import LinkKind
from ...bare_urls import find_urls
from ..joined import Joined
from ..recorder import Recorder
from .attributes import first_text, named, parts

__all__ = ["image_text", "read_inline"]

_MARK: Final = re.compile(r"[\\`+<\[:*_#]")
_SPACE: Final = "\t\n\x0b\x0c\r "
_ESCAPED: Final = frozenset("`+<[*_#")
_SCHEMES: Final = ("https", "http", "ftp", "irc")
_MACROS: Final = ("link", "xref", "image", "mailto", "anchor", "footnote", "pass")
_ID_END: Final = re.compile(r"[\],.%\[\n#]|\Z")
_LABEL_END: Final = re.compile(r"[\]\n\[]")
_TARGET_END: Final = re.compile('[\t-\r \\[\\]<>"`]')
_DOCUMENTS: Final = (".adoc", ".asciidoc", ".asc", ".ad")


def image_text(attributes: str) -> str:
    """The alternative text of an image."""
    text = named(attributes, "alt")
    return first_text(parts(attributes)[0]) if text is None else text


def read_inline(joined: Joined, recorder: Recorder) -> str:
    """Reads the joined lines; gives the rendered text, which is counted."""
    return _Paragraph(joined, recorder).read()


def _is_word(one: str) -> bool:
    """Whether it is part of a word; not for the end of the text, which is empty."""
    return bool(one) and (not one.isascii() or one.isalnum() or one == "_")


def _reference_target(target: str) -> str:
    """The destination of a reference: an id of the same document, or a document with or without an id."""
    return target.rstrip("#") if "#" in target or target.endswith(_DOCUMENTS) else f"#{target}"


class _Paragraph:
    def __init__(self, joined: Joined, recorder: Recorder) -> None:
        self._joined = joined
        self._text = joined.text
        self._recorder = recorder
        # Where text begins that is not accounted for.
        self._run = 0
        self._rendered: list[str] = []
        # For each kind of search, from where it was made last and what it found.
        self._known: dict[str, tuple[int, int]] = {}
        # Where marks close that are not shown.
        self._closing: list[int] = []

    def read(self) -> str:
        text = self._text
        found = _MARK.search(text)
        while found is not None:
            at = found.start()
            mark = text[at]
            after: int | None
            if mark == "\\":
                after = at + (2 if text[at + 1 : at + 2] in _ESCAPED else 1)
            elif mark == "`":
                after = self._code_span(at)
            elif mark == "+":
                after = self._passed(at)
            elif mark == "<":
                after = self._reference(at)
            elif mark == "[":
                after = self._anchor(at)
            elif mark == ":":
                after = self._named_macro(at)
            else:
                after = self._emphasis(at)
            found = _MARK.search(text, at + 1 if after is None else after)
        self._flush(len(text))
        rendered = "".join(self._rendered)
        self._recorder.rendered(rendered)
        return rendered

    def _flush(self, end: int) -> None:
        """Text up to ``end`` is no construct: it may hold addresses."""
        if self._run >= end:
            return
        text = self._text
        for start, stop, destination in find_urls(text, self._run, end):
            is_plain = not destination.startswith("http://") or text.startswith("http://", start)
            if is_plain and not (start > self._run and text[start - 1] == "\\"):
                self._add("bare", text[start:stop], destination, start, stop)
        self._rendered.append(text[self._run : end].replace("\\", ""))
        self._run = end

    def _add(self, kind: LinkKind, text: str, destination: str, start: int, end: int, *, image: bool = False) -> None:
        place, stop = self._joined.place(start), self._joined.end(end)
        self._recorder.link(kind, text, destination, place, stop, image=image)

    def _next(self, key: str, place: int, find: Callable[[int], int]) -> int:
        """The first place from ``place`` on that ``find`` gives, which must depend on nothing else; -1 for none."""
        known = self._known.get(key)
        if known is not None and known[0] <= place and (known[1] < 0 or known[1] >= place):
            return known[1]
        found = find(place)
        self._known[key] = place, found
        return found

    def _quoted(self, at: int) -> tuple[int, int, int] | None:
        """What the mark at ``at``, single or repeated, quotes: begin and end of the content, and the place after."""
        text = self._text
        sign = text[at]
        most = 3 if sign == "+" else 2
        run = 1
        while run < most and text.startswith(sign, at + run):
            run += 1
        content = at + run
        first = text[content : content + 1]
        if not first or (run == 1 and (first in _SPACE or (at > 0 and _is_word(text[at - 1])))):
            return None
        marks = sign * run

        def find(place: int) -> int:
            end = text.find(marks, place)
            while end >= 0:
                before, following = text[end - 1], text[end + run : end + run + 1]
                ends = before not in _SPACE and sign not in {before, following} and not _is_word(following)
                if run > 1 or ends:
                    return end
                end = text.find(marks, end + 1)
            return -1

        end = self._next(marks, content + 1, find)
        return None if end < 0 else (content, end, end + run)

    def _code_span(self, at: int) -> int | None:
        quoted = self._quoted(at)
        if quoted is None:
            return None
        content, end, after = quoted
        code = self._text[content:end]
        self._flush(at)
        if len(code) > 1 and code[0] == code[-1] == "+":
            code = code[1:-1]
        self._recorder.inline_code(code, self._joined.place(at))
        self._rendered.append(code)
        self._run = after
        return after

    def _passed(self, at: int) -> int | None:
        """``+text+``, ``++text++`` and ``+++text+++``, in which nothing else is looked for."""
        quoted = self._quoted(at)
        if quoted is None:
            return None
        content, end, after = quoted
        self._flush(at)
        self._rendered.append(self._text[content:end])
        self._run = after
        return after

    def _emphasis(self, at: int) -> int | None:
        """``*strong*``, ``_emphasis_``, ``#mark#``: the marks are not shown, what they hold is text."""
        if self._closing and self._closing[-1] == at:
            self._closing.pop()
        else:
            quoted = self._quoted(at)
            if quoted is None:
                return None
            content, end, _ = quoted
            # A double mark is left as it is, and so is what crosses another.
            if content != at + 1 or (self._closing and self._closing[-1] <= end):
                return None
            self._closing.append(end)
        self._flush(at)
        self._run = at + 1
        return at + 1

    def _reference(self, at: int) -> int | None:
        """``<<id,text>>``."""
        text = self._text
        if not text.startswith("<", at + 1):
            return None
        end = self._next(">>", at + 2, lambda place: text.find(">>", place))
        if end <= at + 2 or text[at + 2] == "<":
            return None
        target, _, shown = text[at + 2 : end].partition(",")
        target, shown = target.strip(_SPACE), shown.strip(_SPACE)
        if not target:
            return None
        self._flush(at)
        self._rendered.append(shown)
        self._add("reference", shown, _reference_target(target), at, end + 2)
        self._run = end + 2
        return end + 2

    def _anchor(self, at: int) -> int | None:
        """``[[id]]``, and the id of ``[#id]#text#``."""
        text = self._text
        opening = text[at + 1 : at + 2]
        if opening not in {"[", "#"}:
            return None
        is_anchor = opening == "["
        stop = _ID_END.search(text, at + 2)
        after = len(text) if stop is None else stop.start()
        identifier = text[at + 2 : after].strip(_SPACE)
        if is_anchor and text.startswith(",", after):
            stop = _LABEL_END.search(text, after)
            if stop is None:
                return None
            after = stop.start()
        if not identifier or not text.startswith("]]" if is_anchor else "]#", after):
            return None
        self._flush(at)
        self._recorder.anchor(identifier, "explicit", self._joined.place(at)[0])
        # The mark of the text is not shown, and what closes it is found as any other.
        after += 2 if is_anchor else 1
        self._run = after
        return after

    def _named_macro(self, at: int) -> int | None:
        """``name:target[attributes]``, and addresses with a text."""
        text = self._text
        known = _SCHEMES if text.startswith("//", at + 1) else _MACROS
        name = next((name for name in known if at - len(name) >= self._run and text.endswith(name, 0, at)), None)
        if name is None:
            return None
        start = at - len(name)
        if start > self._run and (_is_word(text[start - 1]) or text[start - 1] in "\\:"):
            return None

        def find(place: int) -> int:
            stop = _TARGET_END.search(text, place)
            return -1 if stop is None else stop.start()

        opened = self._next("target", at + 1, find)
        if opened < 0 or text[opened] != "[" or (name == "image" and opened == at + 1) or text[at + 1] == ":":
            return None
        close = self._next("]", opened + 1, self._find_bracket)
        if close < 0:
            return None
        target, inner = text[at + 1 : opened], text[opened + 1 : close].replace("\\]", "]")
        after = close + 1
        self._flush(start)
        self._run = after
        shown = first_text(inner).rstrip("^")
        if name == "image":
            alternative = image_text(inner)
            self._rendered.append(alternative)
            self._add("inline", alternative, target, start, after, image=True)
        elif name == "anchor":
            self._recorder.anchor(target, "explicit", self._joined.place(start)[0])
        elif name in {"footnote", "pass"}:
            self._rendered.append(inner)
        elif name == "xref":
            self._rendered.append(shown)
            self._add("inline", shown, _reference_target(target), start, after)
        else:
            destination = target if name == "link" else f"{name}:{target}"
            self._rendered.append(shown or destination)
            self._add("inline", shown or destination, destination, start, after)
        return after

    def _find_bracket(self, place: int) -> int:
        close = self._text.find("]", place)
        while close > 0 and self._text[close - 1] == "\\":
            close = self._text.find("]", close + 1)
        return close
