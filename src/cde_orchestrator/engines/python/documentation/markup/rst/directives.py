"""Directives and tables: which hold code, which hold text, and which name documents and images."""

from __future__ import annotations

import re
from typing import Final

from ......domain.documents import LinkKind, Table
from ..recorder import Place
from . import starts
from .explicit import Explicit
from .phrases import reference_name, titled

__all__ = ["CODE", "OPAQUE", "Directives"]

# Directives whose content is code, with the language where the name tells it.
CODE: Final[dict[str, str | None]] = {
    "code": None,
    "code-block": None,
    "console": "console",
    "doctest": "pycon",
    "ipython": "python",
    "literal": None,
    "parsed-literal": None,
    "prompt": "console",
    "sourcecode": None,
    "testcleanup": "python",
    "testcode": "python",
    "testoutput": None,
    "testsetup": "python",
}
# Directives whose content is neither text nor code.
OPAQUE: Final = frozenset(
    (
        *("actdiag", "autosummary", "bibliography", "blockdiag", "csv-table", "currentmodule", "date", "default-role"),
        *("digraph", "ditaa", "graph", "graphviz", "highlight", "index", "inheritance-diagram", "literalinclude"),
        *("math", "mermaid", "meta", "nwdiag", "plantuml", "plot", "productionlist", "raw", "role", "seqdiag"),
        *("tabularcolumns", "tikz", "uml", "unicode"),
    )
)
# Directives whose arguments and content are text.
_TEXT: Final = frozenset(
    (
        *("admonition", "attention", "caution", "centered", "danger", "deprecated", "epigraph", "error", "highlights"),
        *("hint", "important", "list-table", "note", "pull-quote", "rubric", "seealso", "sidebar", "table", "tip"),
        *("topic", "versionadded", "versionchanged", "versionremoved", "warning"),
    )
)
# Directives whose content is text and whose arguments are none.
_CONTAINERS: Final = frozenset(("class", "compound", "container", "contents", "header", "footer", "hlist", "only"))
# What a table of contents may name besides documents.
_GENERATED: Final = frozenset(("genindex", "modindex", "search", "self"))
_SPACE: Final = re.compile("[\t\n\x0c\r ]+")
_GRID_BORDER: Final = re.compile(r"\+-[-+]*-\+\Z|\+-\+\Z")
_SIMPLE_BORDER: Final = re.compile(r"=[= ]*\Z")
_SPANNING: Final = re.compile(r"[- ]{2,}\Z")


class Directives(Explicit):
    """Reads directives and tables."""

    def directive(self, line: int, name: str, start: Place, at: int, indent: int) -> int:
        """The directive ``name``; gives the line where its text goes on, or the one after it."""
        end = self.end_of_indented(line + 1, indent)
        text, column, _ = self.lines[line]
        arguments = text[at:]
        if name in CODE:
            first = self._after_options(line, indent)
            while first < end and not self.lines[first].text:
                first += 1
            written = _SPACE.split(arguments, maxsplit=1)[0]
            language = CODE[name] or (None if name == "testoutput" else written)
            self.code(language, arguments, start, first, end)
            return end
        if name == "image":
            self.image(line, start, at, indent)
            return end
        if name == "figure":
            return self.image(line, start, at, indent)
        if name == "toctree":
            self._table_of_contents(line, end, indent)
            return end
        if name in {"include", "literalinclude"}:
            if arguments and not arguments.startswith("<"):
                self.recorder.link("wiki", "", arguments, start, (line, column + len(text)))
            return end
        if name in OPAQUE:
            return end
        if name in _TEXT and arguments:
            following = self.line(line + 1)
            if not following.text or following.indent <= indent or not self._is_option(line + 1):
                return self.paragraph(line, at, indent, prefixed=True)
            self.text_line(line, at, len(text))
        elif name not in _TEXT and name not in _CONTAINERS and self.quiet is None:
            self.quiet = indent
        return self._after_options(line, indent)

    def _is_option(self, line: int) -> bool:
        return starts.field_name(self.lines[line].text) is not None

    def _after_options(self, line: int, indent: int) -> int:
        """The line after the options of a directive, which stand directly below its head."""
        following = line + 1
        option: int | None = None
        while self.line(following).text and self.lines[following].indent > indent:
            own = self.lines[following].indent
            if self._is_option(following):
                option = own
            elif option is None or own <= option:
                break
            following += 1
        return following

    def image(self, line: int, start: Place, at: int, indent: int) -> int:
        """An image and what it links to; gives the line after its options."""
        text, column, _ = self.lines[line]
        parts = [text[at:]]
        following = line + 1
        while self.line(following).text and self.lines[following].indent > indent and not self._is_option(following):
            parts.append(self.lines[following].text)
            following += 1
        end = self._after_options(following - 1, indent)
        alternative = ""
        target: tuple[int, str] | None = None
        is_alternative = False
        for number in range(following, end):
            content = self.lines[number].text
            length = starts.field_name(content)
            if length is not None:
                name = content[:length].rstrip()
                is_alternative = name.isascii() and name.lower() == ":alt:"
                if is_alternative:
                    alternative = content[length:]
                elif name.isascii() and name.lower() == ":target:" and length < len(content):
                    target = number, content[length:]
            elif is_alternative:
                alternative += " " + content
        address = _SPACE.sub("", "".join(parts))
        if address:
            self.recorder.rendered(alternative)
            self.recorder.link("inline", alternative, address, start, (line, column + len(text)), image=True)
        if target is not None:
            self._image_target(target[0], target[1], alternative)
        return end

    def _image_target(self, line: int, written: str, text: str) -> None:
        start = line, self.lines[line].column
        name = reference_name(written)
        kind: LinkKind = "inline" if name is None else "reference"
        destination = _SPACE.sub("", written) if name is None else ""
        index = self.recorder.link(kind, text, destination, start, (line, start[1] + len(self.lines[line].text)))
        if name is not None:
            self.names.refer(index, name, start, None)

    def _table_of_contents(self, line: int, end: int, indent: int) -> None:
        """The entries of a table of contents: ``document``, or ``Title <document>``."""
        first = self._after_options(line, indent)
        is_glob = any(self.lines[number].text.startswith(":glob:") for number in range(line + 1, first))
        for number in range(first, end):
            content, column, _ = self.lines[number]
            title, target = titled(content) or ("", content)
            is_pattern = is_glob and any(sign in target for sign in "*?[")
            if target and not is_pattern and target not in _GENERATED:
                self.recorder.link("wiki", title, target, (number, column), (number, column + len(content)))

    def table(self, line: int, first: str, indent: int) -> int | None:
        """The table that ``first`` begins on ``line``, if it does one; gives the line after it."""
        if _GRID_BORDER.match(first) is not None:
            return self._grid(line, first)
        if " " in first and _SIMPLE_BORDER.match(first) is not None:
            return self._simple(line, first, indent)
        return None

    def _grid(self, line: int, border: str) -> int:
        self.names.interrupt()
        following = line + 1
        borders, header = 1, False
        while self.line(following).text.startswith(("+", "|")):
            content = self.lines[following].text
            borders += content.startswith("+")
            header = header or content.startswith("+=")
            if content.startswith("|"):
                start = 0
                for cell in content.split("|"):
                    leading = len(cell) - len(cell.lstrip(" \t"))
                    if leading < len(cell):
                        self.text_line(following, start + leading, start + len(cell.rstrip(" \t")))
                    start += len(cell) + 1
            following += 1
        rows = max(borders - 1 - header, 0)
        table = Table(line=line + 1, end_line=following, rows=rows, columns=border.count("+") - 1)
        self.recorder.found.tables.append(table)
        return following

    def _simple(self, line: int, border: str, indent: int) -> int | None:
        """A simple table ends at its last border before a blank line or the end; without one it is none."""
        borders = [line]
        following = line + 1
        while following < len(self.lines):
            text, _, own = self.lines[following]
            if text:
                if own < indent:
                    break
                if len(text) == len(border) and _SIMPLE_BORDER.match(text) is not None:
                    borders.append(following)
                    if len(borders) == 3 or not self.line(following + 1).text:
                        break
            following += 1
        last = borders[-1]
        if last == line:
            return None
        self.names.interrupt()
        header = borders[1] if len(borders) == 3 else None
        rows = 0
        for number in range(line + 1, last):
            text, _, own = self.lines[number]
            if not text or number == header or _SPANNING.match(text) is not None:
                continue
            rows += own <= indent and (header is None or number > header)
            self.text_line(number, 0, len(text))
        columns = len([part for part in border.split(" ") if part])
        table = Table(line=line + 1, end_line=last + 1, rows=rows, columns=columns)
        self.recorder.found.tables.append(table)
        return last + 1
