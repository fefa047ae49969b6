"""Inline markup: code, references, roles, footnotes and addresses in the text of a paragraph.

The text is gone through once. Where the end of a construct is looked for in vain, no later construct of that kind has
one either, since what ends it does not depend on what begins it; so a paragraph costs no more than a few passes.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from ......domain.documents import LinkKind
from ...bare_urls import find_urls
from ...markdown_extract import is_internal
from ...markdown_syntax import fold_label
from ..joined import Joined
from ..recorder import Recorder
from .names import Names
from .phrases import (
    SPACE,
    is_code_role,
    is_escaped,
    is_quoted,
    is_space,
    may_follow,
    may_precede,
    reference_name,
    shown_target,
    titled,
    unescaped,
    without_space,
)
from .starts import is_word, simple_name

__all__ = ["is_footnote_label", "read_inline"]

# How many characters the name of a reference or a role has at most.
_LONGEST_NAME: Final = 256
_MARK: Final = re.compile(r"[\\`*|_\[]")
_SEPARATORS: Final = frozenset("-._+:")

_Close = Literal["literal", "phrase", "target", "strong", "emphasis", "substitution"]
_MARKS: Final[dict[_Close, str]] = {
    "literal": "``",
    "phrase": "`",
    "target": "`",
    "strong": "**",
    "emphasis": "*",
    "substitution": "|",
}


class _Ending(NamedTuple):
    """Where the content ends, the place after marks, underscores and role, and what these are."""

    at: int
    after: int
    underscores: int
    role: str


def read_inline(joined: Joined, recorder: Recorder, names: Names, *, quiet: bool) -> str:
    """Reads the joined lines; gives the rendered text, which is counted."""
    return _Paragraph(joined, recorder, names, quiet=quiet).read()


def is_footnote_label(label: str) -> bool:
    """Whether a label in brackets is that of a footnote or citation."""
    name = label.removeprefix("#")
    return label in {"#", "*"} or (bool(name) and simple_name(name) == len(name))


class _Paragraph:
    def __init__(self, joined: Joined, recorder: Recorder, names: Names, *, quiet: bool) -> None:
        self._joined = joined
        self._text = joined.text
        self._recorder = recorder
        self._names = names
        self._quiet = quiet
        # Where text begins that is not accounted for.
        self._run = 0
        self._rendered: list[str] = []
        # The kinds of construct of which none ends after here.
        self._endless: set[_Close] = set()

    def read(self) -> str:
        text = self._text
        found = _MARK.search(text)
        while found is not None:
            at = found.start()
            mark = text[at]
            after: int | None
            if mark == "\\":
                after = min(at + 2, len(text))
            elif mark == "`":
                after = self._backtick(at)
            elif mark == "*":
                after = self._emphasis(at)
            elif mark == "|":
                after = self._passed(at, "substitution")
            elif mark == "[":
                after = self._footnote_reference(at)
            else:
                after = self._underscore(at)
            found = _MARK.search(text, at + 1 if after is None else after)
        self._flush(len(text))
        rendered = "".join(self._rendered)
        self._recorder.rendered(rendered)
        return rendered

    def _flush(self, end: int) -> None:
        """Text up to ``end`` is no construct: it may hold addresses."""
        if self._run >= end:
            return
        for start, stop, destination in find_urls(self._text, self._run, end):
            if not destination.startswith("http://") or self._text.startswith("http://", start):
                self._add("bare", self._text[start:stop], destination, start, stop)
        self._rendered.append(unescaped(self._text[self._run : end]))
        self._run = end

    def _add(self, kind: LinkKind, text: str, destination: str, start: int, end: int, label: str | None = None) -> int:  # noqa: PLR0917
        place, stop = self._joined.place(start), self._joined.end(end)
        return self._recorder.link(kind, text, destination, place, stop, label=label)

    def _may_start(self, start: int, content: int) -> bool:
        """Whether markup may begin at ``start``, with marks up to ``content``."""
        first = self._text[content : content + 1]
        if not first or is_space(first):
            return False
        if start == self._run:
            return True
        before = self._text[start - 1]
        return may_precede(before) and not is_quoted(before, first)

    def _emphasis(self, at: int) -> int:
        """``*text*`` or ``**text**``."""
        close: _Close = "strong" if self._text.startswith("*", at + 1) else "emphasis"
        after = self._passed(at, close)
        return at + len(_MARKS[close]) if after is None else after

    def _passed(self, at: int, close: _Close) -> int | None:
        """A construct in which nothing else is looked for."""
        end = self._construct(at, close)
        if end is None:
            return None
        self._flush(at)
        content = unescaped(self._text[at + len(_MARKS[close]) : end.at])
        self._rendered.append(content)
        self._run = end.after
        if end.underscores == 1:
            # `|name|_` is a substitution and a reference at once.
            index = self._add("collapsed", content, "", at, end.after, fold_label(content))
            self._names.refer(index, content, self._joined.place(at), None if self._quiet else content)
        return end.after

    def _backtick(self, at: int) -> int | None:
        text = self._text
        if text.startswith("`", at + 1):
            end = self._construct(at, "literal")
            if end is None:
                return at + 2
            code = text[at + 2 : end.at]
            self._flush(at)
            self._recorder.inline_code(code, self._joined.place(at))
            self._rendered.append(code)
            self._run = end.after
            return end.after
        start = self._role_before(at)
        if start is None:
            start = at
        end = self._find_end(at + 1, "phrase") if self._may_start(start, at + 1) else None
        if end is None:
            return None
        self._flush(start)
        content = text[at + 1 : end.at]
        if end.underscores:
            self._phrase_reference(content, start, end)
        else:
            self._role(text[start + 1 : at - 1] if start < at else end.role, content, start, end.after)
        self._run = end.after
        return end.after

    def _phrase_reference(self, content: str, start: int, end: _Ending) -> None:
        """```text <target>`_`` or ```name`_``."""
        place = self._joined.place(start)
        is_anonymous = end.underscores == 2
        parts = _embedded(content)
        if parts is not None:
            written, inner = parts
            name = _alias(inner)
            if name is not None:
                text = unescaped(written) if written else name
                self._rendered.append(text)
                index = self._add("reference", text, "", start, end.after, fold_label(name))
                self._names.refer(index, name, place, None if self._quiet else text)
                return
            plain = unescaped(without_space(inner))
            text = unescaped(written) if written else plain
            found = find_urls(plain, 0, len(plain))
            is_mail = bool(found) and found[0] == (0, len(plain), "mailto:" + plain)
            destination = "mailto:" + plain if is_mail else plain
            self._rendered.append(text)
            self._add("inline", text, destination, start, end.after)
            if not is_anonymous:
                self._names.embedded(text, destination)
            return
        text = unescaped(content)
        self._rendered.append(text)
        index = self._add("collapsed", text, "", start, end.after, None if is_anonymous else fold_label(text))
        if is_anonymous:
            self._names.refer_anonymous(index)
        else:
            self._names.refer(index, text, place, None if self._quiet else text)

    def _role(self, role: str, content: str, start: int, end: int) -> None:
        title, target = titled(content) or ("", content)
        if role in {"doc", "download"}:
            target, title = unescaped(target), unescaped(title)
            self._rendered.append(title or target)
            place, stop = self._joined.place(start), self._joined.end(end)
            self._recorder.link("wiki", title, _trimmed(target), place, stop)
        elif is_code_role(role):
            shown = title or shown_target(target)
            self._recorder.inline_code(shown, self._joined.place(start))
            self._rendered.append(shown)
        else:
            self._rendered.append(unescaped((title or shown_target(target)) if role else content))

    def _underscore(self, at: int) -> int | None:
        text = self._text
        if text.startswith("`", at + 1):
            end = self._construct(at, "target")
            if end is None:
                return None
            name = unescaped(text[at + 2 : end.at])
            self._flush(at)
            self._names.inline_target(name, self._joined.place(at)[0])
            self._rendered.append(name)
            self._run = end.after
            return end.after
        underscores = 2 if text.startswith("_", at + 1) else 1
        after = at + underscores
        if not may_follow(text[after : after + 1]):
            return after
        start = self._name_before(at)
        if start is None:
            return None
        name = text[start:at]
        self._flush(start)
        self._rendered.append(name)
        index = self._add("collapsed", name, "", start, after, fold_label(name) if underscores == 1 else None)
        if underscores == 2:
            self._names.refer_anonymous(index)
        else:
            self._names.refer(index, name, self._joined.place(start), None if self._quiet else name)
        self._run = after
        return after

    def _footnote_reference(self, at: int) -> int | None:
        """``[label]_``."""
        text = self._text
        if not self._may_start(at, at + 1):
            return None
        close = simple_name(text, at + 2 if text[at + 1] in "#*" else at + 1)
        label = text[at + 1 : close]
        after = close + 2
        if not (text.startswith("]_", close) and may_follow(text[after : after + 1]) and is_footnote_label(label)):
            return None
        self._flush(at)
        self._names.use_footnote(label)
        if label[0] not in "#*":
            self._rendered.append(label)
        self._add("footnote", "", "", at, after, fold_label(label))
        self._run = after
        return after

    def _construct(self, at: int, close: _Close) -> _Ending | None:
        """The end of the construct that begins at ``at``."""
        content = at + (2 if close == "target" else len(_MARKS[close]))
        if close == "substitution" and self._text.startswith("|", content):
            return None
        return self._find_end(content, close) if self._may_start(at, content) else None

    def _find_end(self, content: int, close: _Close) -> _Ending | None:
        if close in self._endless:
            return None
        text, marks = self._text, _MARKS[close]
        at = text.find(marks, content + 1)
        while at >= 0:
            if not is_space(text[at - 1]) and (close == "literal" or not is_escaped(text, at)):
                end = _ending(text, at, at + len(marks), close)
                if end is not None:
                    return end
            at = text.find(marks, at + 1)
        self._endless.add(close)
        return None

    def _name_start(self, end: int) -> int | None:
        """Where the longest simple name begins that ends at ``end``, of text that is not accounted for."""
        text = self._text
        start: int | None = None
        after_word = False
        for place in range(end - 1, max(self._run, end - _LONGEST_NAME) - 1, -1):
            one = text[place]
            if is_word(one):
                start = place
                after_word = True
            elif after_word and one in _SEPARATORS:
                after_word = False
            else:
                break
        return start

    def _role_before(self, at: int) -> int | None:
        """Where the role begins whose last colon is before the backtick at ``at``."""
        text = self._text
        if at == self._run or text[at - 1] != ":":
            return None
        first = self._name_start(at - 1)
        if first is None or first <= self._run or text[first - 1] != ":":
            return None
        start = first - 1
        return start if start == self._run or may_precede(text[start - 1]) else None

    def _name_before(self, at: int) -> int | None:
        """Where the simple name of a reference begins that ends before the underscore at ``at``."""
        text = self._text
        first = self._name_start(at)
        if first is None:
            return None
        for start in range(first, at):
            if is_word(text[start]) and (start == self._run or may_precede(text[start - 1])):
                return start
        return None


def _ending(text: str, at: int, marked: int, close: _Close) -> _Ending | None:
    """What follows the closing marks, if markup may end there."""
    if close == "phrase" and text.startswith(":", marked):
        last = simple_name(text, marked + 1)
        if last > marked + 1 and text.startswith(":", last) and may_follow(text[last + 1 : last + 2]):
            return _Ending(at, last + 1, 0, text[marked + 1 : last])
    most = 2 if close in {"phrase", "substitution"} else 0
    for underscores in range(most + 1):
        if underscores and not text.startswith("_", marked + underscores - 1):
            break
        after = marked + underscores
        if may_follow(text[after : after + 1]):
            return _Ending(at, after, underscores, "")
    return None


def _alias(inner: str) -> str | None:
    """The name that stands in place of a destination: what ends in an underscore and has no scheme."""
    name = inner[:-1]
    if not inner.endswith("_") or not name or name.endswith("\\") or not is_internal(inner):
        return None
    return reference_name(inner) or unescaped(name)


def _embedded(content: str) -> tuple[str, str] | None:
    """Text and destination of ``text <destination>``."""
    opened = content.rfind("<", 0, len(content) - 1) if content.endswith(">") else -1
    if opened < 0:
        return None
    written, inner = content[:opened], content[opened + 1 : -1]
    is_apart = not written or written[-1] in " \n"
    if not is_apart or not inner or ">" in inner or is_space(inner[0]):
        return None
    return _END_SPACE.sub("", written), inner


# Anchored at both ends of a run, so that a run in the middle costs nothing.
_END_SPACE: Final = re.compile(f"(?<![{SPACE}])[{SPACE}]+\\Z")
_START_SPACE: Final = re.compile(f"\\A[{SPACE}]+")


def _trimmed(text: str) -> str:
    return _START_SPACE.sub("", _END_SPACE.sub("", text))
