"""Plain text: a title and words.

The title is the first line with content, where a blank line or an underline follows it and it is no longer than a
heading would be. There is nothing else that could be told without guessing.
"""

from __future__ import annotations

from ..markdown_extract import Extract
from ..source import Source
from .lines import read_lines
from .recorder import Recorder

__all__ = ["parse_plain"]

_LONGEST_TITLE = 100
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def parse_plain(text: str, source: Source) -> Extract:
    """Reads the plain text ``text``."""
    recorder = Recorder(source)
    lines = read_lines(source.lines)
    first = next((number for number, line in enumerate(lines) if line.text), None)
    if first is not None:
        title = lines[first].text
        following = lines[first + 1].text if first + 1 < len(lines) else ""
        ends = not following or _is_underline(following)
        if ends and len(title) <= _LONGEST_TITLE and not _is_underline(title):
            recorder.open_heading(1, first, lines[first].column)
            recorder.heading_text(title, None)
    recorder.rendered(text)
    return recorder.finish(lambda kind, label: False)


def _is_underline(line: str) -> bool:
    """Whether a line is one ASCII punctuation mark over and over, at least three times."""
    return len(line) > 2 and line[0] in _PUNCTUATION and line == line[0] * len(line)
