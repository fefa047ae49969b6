"""Random documents in the line-based formats, and random notebooks: pieces of every construct, whole and broken."""

from __future__ import annotations

import json
import random

__all__ = ["ASCIIDOC_PIECES", "RST_PIECES", "asciidoc_document", "notebook", "rst_document"]

_TEXTS = (
    "word",
    "Two words",
    "äöü ß Σς",
    "TODO",
    "end.",
    "(see",
    ")",
    "\\",
    "\\*",
    "\\ ",
    "a" * 300,
    "𝒳",
    "\u3000",
    "\xa0",
    "x" * 3 + "_",
    "http://a.b/c_",
    "www.a.b",
    "me@a.bc",
    '"',
    "'",
    "«",
    "»",
    "\0",
)
_RST_INLINE = (
    "`",
    "``",
    "*",
    "**",
    "|",
    "_",
    "__",
    "[1]_",
    "[#]_",
    "[#a]_",
    "[x.y]_",
    "`a b`_",
    "`t <u>`_",
    "`t <u#f>`__",
    "`t <n_>`_",
    "`<u>`_",
    "name_",
    "Name__",
    "a.b-c_",
    "``code``",
    "``c\\``",
    ":doc:`a/b`",
    ":doc:`T <c>`",
    ":py:func:`~a.b`",
    ":ref:`x <y>`",
    "`x`:code:",
    ":download:`f`",
    "_`in line`",
    "|sub|_",
    "**bold**",
    "*em*",
    "::",
    " ",
    "  ",
    "\t",
    "\n",
)
_RST_LINES = (
    "=====",
    "-----",
    "====",
    "==",
    "~~~~~",
    "Title",
    "A name",
    ".. _name:",
    ".. _a b: http://x/#y",
    ".. _`q: r`: u",
    ".. _other: name_",
    ".. _more: `a b`_",
    ".. __: v",
    "__ w",
    "..",
    ".. comment",
    ".. cde-ignore no-title",
    ".. [1] foot",
    ".. [#a] note",
    ".. [x.y] cite ``c``",
    ".. |sub| image:: p.png",
    ".. |r| replace:: t",
    ".. image:: a b.png",
    ".. figure:: f.png",
    "   :alt: words",
    "   :target: name_",
    "   :target: http://t",
    ".. code-block:: python",
    ".. code::",
    "   :linenos:",
    "   code `x`_",
    ".. note:: text `a b`_",
    ".. note::",
    ".. unknown:: x",
    ".. toctree::",
    "   :glob:",
    "   page",
    "   T <page/two>",
    "   x*",
    ".. include:: other.rst",
    ".. include:: <x>",
    ".. math::",
    "- item",
    "-",
    "- - nested::",
    "1. first",
    "2. second",
    "(iv) four",
    "#. auto",
    ":field: body",
    ":field name:",
    "| line block",
    "|",
    ">>> 1",
    "+---+---+",
    "| a | b_ |",
    "+===+===+",
    "==== ===",
    "x    y_",
    "text::",
    "::",
    "> quoted",
    "    literal",
    "",
    "",
    "",
)
_RST_INDENTS = ("", "", "", " ", "  ", "   ", "    ", "\t", "      ", "\x0b", "\x0c ")
_ENDINGS = ("\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n")


def rst_document(chance: random.Random) -> str:
    """A text that looks like reStructuredText in places."""
    return _document(chance, _RST_LINES, _RST_INLINE, _RST_INDENTS)


_ASCIIDOC_INLINE = (
    "`",
    "``",
    "*",
    "_",
    "+",
    "++",
    "<<id>>",
    "<<id,text>>",
    "<<page.adoc#id>>",
    "<<Two words>>",
    "<<",
    ">>",
    "xref:id[]",
    "xref:page.adoc#id[Text]",
    "xref:mod:page.adoc[]",
    "link:a/b.html[T]",
    "link:++a b++[T]",
    "http://x.y/z[T^]",
    "https://x.y",
    "\\http://x.y[]",
    "<http://x.y>",
    "image:i.png[alt]",
    "image:i.png[alt,10]",
    "image:i.png[]",
    "[[in]]",
    "[#x]#y#",
    "anchor:an[]",
    "mailto:a@b.cd[m]",
    "{attr}",
    "footnote:[x `y`]",
    "[",
    "]",
    "`code`",
    "`+code+`",
    "+++x+++",
    "pass:[x]",
    "://",
    "::",
    " ",
    "\n",
)
_ASCIIDOC_LINES = (
    "= Title",
    "== One",
    "=== Two `c`",
    "====== Six",
    "## Markdown",
    "==",
    "Setext",
    "------",
    "~~~~~~",
    ":attr: value",
    ":idprefix:",
    ":idseparator: -",
    ":!attr:",
    ":description: d",
    "[[id]]",
    "[[id,label]]",
    "[#id]",
    "[#id.role]",
    "[source,python]",
    "[source, c++ ,linenums]",
    "[,ruby]",
    "[listing]",
    "[literal]",
    "[discrete]",
    "[id=x]",
    "----",
    "-----",
    "....",
    "====",
    "****",
    "____",
    "++++",
    "////",
    "--",
    "|===",
    ",===",
    "```",
    "```js",
    "// comment",
    "// cde-ignore no-title",
    "//// x",
    "* item",
    "** [ ] open",
    "* [x] done",
    "* [*] done",
    ". one",
    "1. one",
    "term:: text",
    "term::",
    "+",
    "|a |b",
    "2+|a",
    "| c",
    "image::i.png[Alt text]",
    "image::i.png[]",
    "image::i.png[alt=A,link=http://x]",
    "include::o.adoc[]",
    "include::o.adoc[tag=x]",
    "video::v[]",
    "ifdef::x[]",
    "endif::[]",
    ".Block title",
    "NOTE: text",
    "'''",
    "<<<",
    "toc::[]",
    " literal",
    "",
    "",
    "",
)


def asciidoc_document(chance: random.Random) -> str:
    """A text that looks like AsciiDoc in places."""
    return _document(chance, _ASCIIDOC_LINES, _ASCIIDOC_INLINE, ("", "", "", "", " ", "\t"))


def _document(chance: random.Random, lines: tuple[str, ...], inline: tuple[str, ...], indents: tuple[str, ...]) -> str:
    parts = []
    for _ in range(chance.randint(0, 24)):
        parts.append(chance.choice(indents))
        if chance.random() < 0.6:
            parts.append(chance.choice(lines))
        if chance.random() < 0.5:
            for _ in range(chance.randint(1, 8)):
                parts.append(chance.choice(inline if chance.random() < 0.6 else _TEXTS))
                if chance.random() < 0.3:
                    parts.append(" ")
        parts.append(chance.choice(_ENDINGS))
    return "".join(parts)


_SOURCES: tuple[object, ...] = (
    "# T\n",
    ["# T\n", "text [a](b.md)\n", "last"],
    ["```\n", "x"],
    ["é `c`\n", "\n", "## U"],
    "",
    [],
    ["a\r\n", "b\rc"],
    ["no end", " same line\n", "next"],
    None,
    7,
    ["x\n", 3],
    ["- [ ] t\n"],
    "\U0001f600 # x",
    "---\na: 1\n---\n",
)


def notebook(chance: random.Random) -> str:
    """A notebook, or something that is nearly one."""
    cells: list[object] = []
    for _ in range(chance.randint(0, 5)):
        kind = chance.choice(("markdown", "code", "raw", "heading", "x", None))
        cell: dict[str, object] = {"cell_type": kind, "metadata": {}, "level": chance.choice((1, 2, 9, None))}
        source = chance.choice(_SOURCES)
        cell["input" if chance.random() < 0.2 else "source"] = source
        if chance.random() < 0.3:
            cell["outputs"] = [{"text": ["# no\n"], "data": {"image/png": "A" * 50, "source": ["no"]}}]
        if chance.random() < 0.1:
            cell["cell_type"], cell["again"] = cell.get("again"), kind
        cells.append(cell if chance.random() < 0.95 else chance.choice((None, [], 1, "cells")))
    book: dict[str, object] = {"cells": cells}
    if chance.random() < 0.2:
        book = {"worksheets": [{"cells": cells}, {"cells": cells[:1]}], "nbformat": 3}
    language = chance.choice(({"kernelspec": {"language": "julia"}}, {"language_info": {"name": "R"}}, {}, None))
    book["metadata"] = language
    if chance.random() < 0.5:
        book = dict(reversed(book.items()))
    text = json.dumps(book, indent=chance.choice((None, 1, 1, "\t")), ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.2:
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(("", ",", "]", "}", '"', "\\", "\n", "\0", "1", "\\ud800")) + text[place:]
    if chance.random() < 0.2:
        text = text.replace("\n", chance.choice(("\r\n", "\r")))
    return text


RST_PIECES = (*_RST_INLINE, *(line + "\n" for line in _RST_LINES), *_RST_INDENTS, *_TEXTS)
ASCIIDOC_PIECES = (*_ASCIIDOC_INLINE, *(line + "\n" for line in _ASCIIDOC_LINES), *_TEXTS)
