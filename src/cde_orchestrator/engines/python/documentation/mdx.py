"""MDX: JavaScript and JSX are blanked before the Markdown parser sees the text, and never run.

The same state machine as the Rust core's ``mdx`` module. It leaves code blocks and code spans alone and replaces by
spaces, so that every position stays what it was:

- blocks of lines that begin, unindented and after a blank line, with ``import`` or ``export``, up to the next blank line;
- expressions ``{...}`` with balanced braces, except ``{#id}``, which sets a heading's id;
- JSX tags ``<Name ...>``, ``</Name>``, ``<>`` and ``</>``, whose ``href``, ``src``, ``alt``, ``id``, ``name`` and ``title`` are read where
  they are plain strings.

An expression or a tag that never ends stays as it is.
"""

from __future__ import annotations

import re

from .html import HtmlTag

__all__ = ["JsxTag", "blank_mdx"]

_MODULE = re.compile(r"(?:import|export)(?=[ \t{*\"'(]|\Z)")
_FENCE = re.compile(r"[ \t>]*(?:[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+)*(`{3,}[^`]*\Z|~{3,})")
_INTEREST = re.compile(r"[`{<\\]")
_TAG_NAME = re.compile(r"</?(?:[A-Za-z_$][A-Za-z0-9_$.:-]*)?(?=[\t-\r >/{])")
_BRACE = re.compile(r"[{}\"'`/]")
_ATTRIBUTE = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.:-]*")
_WANTED = frozenset({"href", "src", "alt", "id", "name", "title"})
_BACKTICKS = re.compile("`+")
_NOT_NEWLINE = re.compile(r"[^\n]")
_SPACE = "\t\n\x0b\x0c\r "

# A tag and where it begins and ends in the text of all lines joined by line feeds.
JsxTag = HtmlTag


def blank_mdx(lines: list[str]) -> tuple[list[str], list[JsxTag]]:
    """``lines`` without JavaScript, and the opening JSX tags with attributes of interest, by place in the joined text."""
    text = "\n".join(lines)
    out: list[str] = []
    tags: list[JsxTag] = []
    place = 0
    line = 0
    fence = ""
    after_blank = True
    # The lines are read one by one; what spans lines moves `place` on to a later one.
    while line < len(lines):
        start = place
        content = lines[line]
        end = start + len(content)
        stripped = content.strip(" \t")
        if fence:
            if _closes(stripped, fence):
                fence = ""
            out.append(text[start : end + 1])
            place = end + 1
            line += 1
            continue
        opened = _FENCE.match(content)
        if opened is not None:
            fence = "`" * (len(opened[1]) - len(opened[1].lstrip("`"))) or "~" * (len(opened[1]) - len(opened[1].lstrip("~")))
            out.append(text[start : end + 1])
            place = end + 1
            line += 1
            after_blank = False
            continue
        if after_blank and _MODULE.match(content):
            while line < len(lines) and lines[line].strip(" \t"):
                out.append(" " * len(lines[line]) + "\n")
                place += len(lines[line]) + 1
                line += 1
            continue
        after_blank = stripped == ""
        place = _blank_line(text, start, end, out, tags)
        line += text.count("\n", start, place)
        if place > len(text):
            break
    return "".join(out)[: len(text)].split("\n") if lines else [], tags


def _closes(stripped: str, fence: str) -> bool:
    stripped = stripped.lstrip("> \t")
    return stripped.startswith(fence) and stripped.strip(fence[0]) == ""


def _blank_line(text: str, start: int, end: int, out: list[str], tags: list[JsxTag]) -> int:
    """Reads from ``start`` to the end of a line, the one at ``end`` or the one on which what began before ends.

    Appends what is left and returns where the next line begins.
    """
    place = start
    while True:
        match = _INTEREST.search(text, place, end)
        if match is None:
            out.append(text[place:end] + "\n")
            return end + 1
        at = match.start()
        character = text[at]
        stop = None
        if character == "\\":
            out.append(text[place : at + 2] if at + 2 <= end else text[place:end])
            place = min(at + 2, end)
            continue
        if character == "`":
            stop = _code_end(text, at)
            out.append(text[place:stop])
        elif character == "{":
            stop = None if text.startswith("#", at + 1) else _expression_end(text, at)
            if stop is None:
                stop = at + 1
                out.append(text[place:stop])
            else:
                out.append(text[place:at] + _blank(text[at:stop]))
        else:
            tag = _tag(text, at)
            if tag is None:
                stop = at + 1
                out.append(text[place:stop])
            else:
                stop = tag.end
                out.append(text[place:at] + _blank(text[at:stop]))
                if tag.attributes:
                    tags.append(tag)
        place = stop
        if place > end:
            found = text.find("\n", place)
            end = len(text) if found < 0 else found


def _blank(text: str) -> str:
    return _NOT_NEWLINE.sub(" ", text)


def _code_end(text: str, at: int) -> int:
    """The end of the code span whose backticks begin at ``at``, or of the backticks where it is none."""
    opener = _BACKTICKS.match(text, at)
    after = at + 1 if opener is None else opener.end()
    paragraph = text.find("\n\n", after)
    limit = len(text) if paragraph < 0 else paragraph
    for closer in _BACKTICKS.finditer(text, after, limit):
        if closer.end() - closer.start() == after - at:
            return closer.end()
    return after


def _string_end(text: str, at: int) -> int | None:
    """The place after the string literal whose quote is at ``at``; a quote of one kind other than a backtick ends with
    its line."""
    quote = text[at]
    place = at + 1
    while place < len(text):
        character = text[place]
        if character == "\\":
            place += 2
        elif character == quote:
            return place + 1
        elif character == "\n" and quote != "`":
            return None
        else:
            place += 1
    return None


def _expression_end(text: str, at: int) -> int | None:
    """The place after the brace that closes the one at ``at``; strings and comments do not count."""
    depth = 0
    place = at
    while True:
        match = _BRACE.search(text, place)
        if match is None:
            return None
        place = match.start()
        character = text[place]
        if character == "{":
            depth += 1
            place += 1
        elif character == "}":
            depth -= 1
            place += 1
            if depth == 0:
                return place
        elif character == "/":
            if text.startswith("/*", place):
                close = text.find("*/", place + 2)
                if close < 0:
                    return None
                place = close + 2
            elif text.startswith("//", place) and text[place - 1] != ":":
                close = text.find("\n", place)
                if close < 0:
                    return None
                place = close
            else:
                place += 1
        else:
            # An apostrophe in the text of a nested element is no quote.
            end = _string_end(text, place)
            place = place + 1 if end is None else end


def _tag(text: str, at: int) -> JsxTag | None:
    """The JSX tag at ``at``."""
    match = _TAG_NAME.match(text, at)
    if match is None:
        return None
    opening = not text.startswith("/", at + 1)
    name = match[0].lstrip("</").lower()
    attributes: dict[str, str] = {}
    place = match.end()
    while place < len(text):
        character = text[place]
        if character == ">":
            return JsxTag(name, at, place + 1, attributes if opening else {})
        if character == "{":
            end = _expression_end(text, place)
            if end is None:
                return None
            place = end
        elif character in _SPACE or character == "/":
            place += 1
        else:
            key = _ATTRIBUTE.match(text, place)
            if key is None:
                return None
            after = _skip_space(text, key.end())
            place = key.end()
            if not text.startswith("=", after):
                continue
            after = _skip_space(text, after + 1)
            quote = text[after : after + 1]
            if quote in ('"', "'") and quote:
                close = text.find(quote, after + 1)
                if close < 0:
                    return None
                word = key[0].lower()
                if word in _WANTED and word not in attributes:
                    attributes[word] = re.sub(r"\n[ \t]*", "\n", text[after + 1 : close])
                place = close + 1
            elif quote == "{":
                end = _expression_end(text, after)
                if end is None:
                    return None
                place = end
            else:
                return None
    return None


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place
