"""Explicit markup: targets, footnotes, substitutions, directives and comments, which begin with two dots.

Beneath it lies what all blocks use: lines, paragraphs and code.
"""

from __future__ import annotations

import re

from ..joined import Joined
from ..lines import BLANKS, Line
from ..recorder import Place, Recorder
from . import starts
from .inline import is_footnote_label, read_inline
from .names import Names
from .phrases import reference_name, unescaped

__all__ = ["Explicit", "Lines"]

_NO_LINE = Line("", 0, 0)
_BLANK_RUN = re.compile(r"[ \t\x0b\x0c]+")
_QUOTED_NAME = re.compile(r"`(?:[^\\`]|\\.)*+`", re.DOTALL)
_NAME_COLON = re.compile(r"\\.|\\\Z|:(?=[ \t\x0b\x0c]|\Z)", re.DOTALL)


class Lines:
    """The lines of a document, and the blocks that every other consists of."""

    def __init__(self, lines: list[Line], recorder: Recorder, names: Names) -> None:
        self.lines = lines
        self.recorder = recorder
        self.names = names
        # The indentation of a directive that is not known, while its content goes by: references in it may be none.
        self.quiet: int | None = None

    def line(self, number: int) -> Line:
        """A line; a blank one beyond the last."""
        return self.lines[number] if number < len(self.lines) else _NO_LINE

    def end_of_indented(self, line: int, indent: int) -> int:
        """The first line from ``line`` on with content that is indented by no more than ``indent``."""
        lines, count = self.lines, len(self.lines)
        while line < count and (not lines[line].text or lines[line].indent > indent):
            line += 1
        return line

    def paragraph(self, line: int, at: int, indent: int, *, prefixed: bool) -> int:
        """The text from ``at`` of ``line``, with the lines that go on with it; where it ends in ``::``, code follows.

        ``indent`` is where the text begins, or with ``prefixed`` what its further lines must exceed.
        """
        self.names.interrupt()
        text, column, own = self.lines[line]
        joined = Joined()
        joined.push(text[at:], line, column + at)
        following = line + 1
        further: int | None = indent
        if prefixed:
            one = self.line(following)
            further = one.indent if one.text and one.indent > own else None
        while following < len(self.lines):
            text, column, here = self.lines[following]
            if not text or here != further:
                break
            joined.push(text, following, column)
            following += 1
        literal = joined.text.endswith("::")
        self._inline(joined)
        base = further if prefixed else indent
        return self._literal(following, base, indent, own) if literal else following

    def text_line(self, line: int, start: int, end: int) -> None:
        """A part of a line that stands for itself."""
        text, column, _ = self.lines[line]
        joined = Joined()
        joined.push(text[start:end], line, column + start)
        self._inline(joined)

    def _inline(self, joined: Joined) -> None:
        read_inline(joined, self.recorder, self.names, quiet=self.quiet is not None)

    def _literal(self, line: int, base: int | None, indent: int, own: int) -> int:
        """The code that a paragraph announces: what is indented further than ``base``, or else lines with one mark in
        front.

        After a list item of one line the base is not known; it is what the least indented line of the item has.
        """
        first = line
        while first < len(self.lines) and not self.lines[first].text:
            first += 1
        if first in {line, len(self.lines)}:
            return line
        if base is None:
            item = self.lines[first : self.end_of_indented(first, own)]
            least = min((one.indent for one in item if one.text), default=indent)
            base = least if least < self.lines[first].indent else indent
        text, _, here = self.lines[first]
        if here > base:
            following = self.end_of_indented(first, base)
        else:
            if not starts.is_adornment(text[0]) or here != base or base != own:
                return line
            following = first
            while following < len(self.lines):
                one = self.lines[following]
                if not one.text or one.indent != base or one.text[0] != text[0]:
                    break
                following += 1
        self.code(None, "", (first, self.lines[first].column), first, following)
        return following

    def code(self, language: str | None, info: str, start: Place, first: int, following: int) -> None:
        """Adds the code from ``start`` on with the content of the lines from ``first`` to before ``following``."""
        last = following
        while last > first and not self.lines[last - 1].text:
            last -= 1
        self.recorder.code(language, info, start, last - 1 if last > first else start[0], last - first)


class Explicit(Lines):
    """Reads explicit markup."""

    def explicit(self, line: int, rest: str, column: int, indent: int) -> int | None:
        """The explicit markup that ``rest`` of ``line`` begins with, if there is any, in ``column``.

        Gives the line after it, or after its head.
        """
        if rest.startswith("__") and (len(rest) == 2 or rest[2] in BLANKS):
            destination, following = self._destination(line, rest[2:], indent)
            self._anonymous(destination)
            return following
        if not starts.is_explicit(rest):
            return None
        body = rest[2:].lstrip(BLANKS)
        at = column + len(rest) - len(body)
        found: int | None
        if not body and not self.line(line + 1).text:
            found = line + 1
        elif body.startswith("["):
            found = self._footnote(line, body, at, indent)
        elif body.startswith("_"):
            found = self._target(line, body[1:], indent)
        elif body.startswith("|"):
            found = self._substitution(line, body, (line, column), at, indent)
        else:
            found = self._named_directive(line, body, (line, column), at, indent, substitutes=False)
        if found is None:
            self.recorder.comment(body, line)
            return self.end_of_indented(line + 1, indent)
        return found

    def _destination(self, line: int, first: str, indent: int) -> tuple[str, int]:
        """What stands after a target's colon, and the line after it."""
        parts = [first]
        following = line + 1
        while self.line(following).text and self.lines[following].indent > indent:
            parts.append(self.lines[following].text)
            following += 1
        # What names another target keeps the spaces of the name.
        joined = " ".join(parts).strip(BLANKS)
        return (joined if reference_name(joined) is not None else _BLANK_RUN.sub("", joined)), following

    def _anonymous(self, destination: str) -> None:
        name = reference_name(destination)
        if name is not None:
            self.names.anonymous(name, is_name=True)
        else:
            self.names.anonymous(unescaped(destination), is_name=False)

    def _target(self, line: int, body: str, indent: int) -> int | None:
        """``name: destination`` after the underscore."""
        if body.startswith("_:") and (len(body) == 2 or body[2] in BLANKS):
            destination, following = self._destination(line, body[2:], indent)
            self._anonymous(destination)
            return following
        parts = _target_name(body)
        if parts is None:
            return None
        name = unescaped(parts[0])
        destination, following = self._destination(line, parts[1], indent)
        if not destination:
            self.names.internal(name, line)
            return following
        other = reference_name(destination)
        if other is not None:
            self.names.external(name, other, is_name=True, line=line)
        else:
            self.names.external(name, unescaped(destination), is_name=False, line=line)
        return following

    def _footnote(self, line: int, body: str, column: int, indent: int) -> int | None:
        """``[label] text``."""
        close = body.find("]")
        rest = body[close + 1 :]
        if close < 0 or not is_footnote_label(body[1:close]) or (rest and rest[0] not in BLANKS):
            return None
        self.names.interrupt()
        self.names.footnote(body[1:close], line)
        text = rest.lstrip(BLANKS)
        if not text:
            return line + 1
        at = column + len(body) - len(text) - self.lines[line].column
        return self.paragraph(line, at, indent, prefixed=True)

    def _substitution(self, line: int, body: str, start: Place, column: int, indent: int) -> int | None:
        """``|name| directive:: arguments``."""
        close = body.find("|", 1)
        if close < 0:
            return None
        directive = body[close + 1 :].lstrip(BLANKS)
        at = column + len(body) - len(directive)
        return self._named_directive(line, directive, start, at, indent, substitutes=True)

    def _named_directive(
        self, line: int, body: str, start: Place, column: int, indent: int, *, substitutes: bool
    ) -> int | None:
        length = starts.simple_name(body)
        after = length + (body[length : length + 1] == " ")
        if not length or not body.startswith("::", after) or (len(body) > after + 2 and body[after + 2] not in BLANKS):
            return None
        arguments = body[after + 2 :].lstrip(BLANKS)
        at = column + len(body) - len(arguments) - self.lines[line].column
        self.names.interrupt()
        name = body[:length]
        if name.isascii():
            name = name.lower()
        if not substitutes:
            return self.directive(line, name, start, at, indent)
        if name == "image":
            self.image(line, start, at, indent)
        return self.end_of_indented(line + 1, indent)

    def directive(self, line: int, name: str, start: Place, at: int, indent: int) -> int:
        """The directive ``name`` whose arguments begin at ``at`` of ``line``."""
        raise NotImplementedError

    def image(self, line: int, start: Place, at: int, indent: int) -> int:
        """An image and what it links to; gives the line after its options."""
        raise NotImplementedError


def _target_name(body: str) -> tuple[str, str] | None:
    """A target's name, as written, and what follows its colon."""
    if body.startswith("`"):
        found = _QUOTED_NAME.match(body)
        end = 0 if found is None else found.end()
        rest = body[end + 1 :]
        if end <= 2 or body[end : end + 1] != ":" or (rest and rest[0] not in BLANKS):
            return None
        return body[1 : end - 1], rest
    for found in _NAME_COLON.finditer(body):
        if found[0] == ":":
            is_name = found.start() > 0 and body[0] not in BLANKS
            return (body[: found.start()], body[found.end() :]) if is_name else None
    return None
