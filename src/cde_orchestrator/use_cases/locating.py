"""The line on which a value of a data file stands, told from the file's lines.

A look at how people write such files, not another parser: where it cannot be told, as in a YAML flow or behind an
escaped key, the line of the nearest enclosing value that could be found is given. Linear in the lines for each value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["line_of"]

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[\]{},:\n]')
_KEY = re.compile(
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^\s#"'\-][^#:]*?|-[^\s#:][^#:]*?))[ \t]*:(?:[ \t]|$)"""
)
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_ASSIGNED = re.compile(r"""\s*([A-Za-z0-9_.\-"']+(?:\s*\.\s*[A-Za-z0-9_.\-"']+)*)\s*=""")


def line_of(data: str, lines: Sequence[str], place: Sequence[str]) -> int:
    """The line, from 1, of the value at ``place`` (keys and indices from the top) in ``lines`` of the format ``data``.

    >>> line_of("yaml", ["a: 1", "b:", "  - c: 2", "  - c: 3"], ["b", "1", "c"])
    4
    >>> line_of("json", ['{"a": 1,', ' "b": [', '  {"c": 2}]}'], ["b", "0", "c"])
    3
    >>> line_of("toml", ["a = 1", "[b.c]", "d = 2"], ["b", "c", "d"])
    3
    """
    if not place:
        return 1
    if data == "json":
        return _in_json("\n".join(lines), place)
    return _in_toml(lines, place) if data == "toml" else _in_yaml(lines, place)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_yaml(lines: Sequence[str], place: Sequence[str]) -> int:
    first, last, found = 0, len(lines), 1
    offset = 0  # columns that dashes before the first line's key take
    for part in place:
        filled = [n for n in range(first, last) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
        if not filled:
            return found
        margin = offset if offset else _indent(lines[filled[0]])
        starts = [n for n in filled if (_indent(lines[n]) == margin) or (n == first and offset)]
        chosen = None
        if part.isascii() and part.isdigit() and not offset and lines[starts[0]].lstrip().startswith("-"):
            items = [n for n in starts if re.match(r"-(?:\s|$)", lines[n].lstrip())]
            if int(part) < len(items):
                chosen = items[int(part)]
                offset = margin + len(re.match(r"-\s*", lines[chosen].lstrip())[0])  # type: ignore[index] # matched above
            following = items
        else:
            for n in starts:
                text = lines[n][margin:]
                key = _KEY.match(text)
                if key is not None and part in (key["double"], key["single"], key["plain"]):
                    chosen = n
            following = starts
            offset = 0
        if chosen is None:
            return found
        later = [n for n in following if n > chosen]
        found, last = chosen + 1, later[0] if later else last
        first = chosen if offset else chosen + 1
    return found


def _in_toml(lines: Sequence[str], place: Sequence[str]) -> int:
    wanted = [part for part in place if not (part.isascii() and part.isdigit())]
    table: list[str] = []
    found, best = 1, 0
    for number, line in enumerate(lines, 1):
        if header := _HEADER.fullmatch(line):
            table = full = _parts(header[1])
        elif assigned := _ASSIGNED.match(line):
            full = table + _parts(assigned[1])
        else:
            continue
        if len(full) > best and full == wanted[: len(full)]:
            found, best = number, len(full)
    return found


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")]


def _in_json(text: str, place: Sequence[str]) -> int:
    line = found = 1
    path: list[str] = []  # the key or index of each open object or array
    is_array: list[bool] = []
    matched = 0
    key: str | None = None

    def note() -> None:
        nonlocal found, matched
        if len(path) > matched and path == list(place[: len(path)]):
            found, matched = line, len(path)

    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "\n":
            line += 1
        elif sign in "[{":
            is_array.append(sign == "[")
            path.append("0" if sign == "[" else "")
            if sign == "[":
                note()
        elif sign in "]}" and path:
            path.pop()
            is_array.pop()
        elif sign == "," and path and is_array[-1]:
            path[-1] = str(int(path[-1]) + 1)
            note()
        elif sign == ":" and path and key is not None:
            path[-1] = key
            note()
        key = sign[1:-1] if sign.startswith('"') else None
        if matched == len(place):
            break
    return found
