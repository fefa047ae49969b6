"""Reading a document's bytes again, for the few judgements that need more than its record."""

from __future__ import annotations

import re

from .....domain.documents import Document, Link
from ...filesystem.read import ReadProblem, read_file
from ...filesystem.tree import PythonTree

__all__ = ["draws_in_documents", "target_span", "unchanged_content"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DRAWS_IN = re.compile(
    rb"--8<--|\{\{[<%] include|\{% include|\{include\}|^include::|<!--#include"
    rb"|\{\{#include [^}\n]{0,300}\.md"
    rb"|(?:from|import)[ \t\r\n]*(?:'[^'\n]{0,300}\.mdx?'|\"[^\"\n]{0,300}\.mdx?\")",
    re.MULTILINE,
)
_TO_TARGET = re.compile(rb"[ \t\r\n]*<?")


def unchanged_content(tree: PythonTree, document: Document) -> bytes | None:
    """The bytes of ``document`` without a byte order mark, if they are UTF-8 and still those that were scanned."""
    if document.encoding.name != "utf-8" or document.encoding.invalid_bytes:
        return None
    index = tree.find(document.path.encode("utf-8", "surrogateescape"))
    if index is None:
        return None
    try:
        content, facts = read_file(tree, index, document.size)
    except ReadProblem:
        return None
    return content.removeprefix(_BYTE_ORDER_MARK) if facts.sha256 == document.hash else None


def draws_in_documents(content: bytes) -> bool:
    """Whether the document takes in the text of others, with their headings, when the site is built.

    Known are the directives of mdBook, PyMdown's snippets, Hugo, Jekyll, MyST and AsciiDoc, server side includes, and
    the import of a document by MDX.
    """
    return _DRAWS_IN.search(content) is not None


def target_span(content: bytes, link: Link) -> tuple[int, int] | None:
    """Where target and fragment of an inline link stand, if they stand there just as the record has them."""
    if link.kind != "inline":
        return None
    opening = content.rfind(b"](", link.start, link.end)
    written = link.target if link.fragment is None else f"{link.target}#{link.fragment}"
    leading = _TO_TARGET.match(content, opening + 2, link.end) if opening >= 0 else None
    if leading is None or not written:
        return None
    start, raw = leading.end(), written.encode("utf-8", "surrogatepass")
    end = start + len(raw)
    return (start, end) if end < link.end and content[start:end] == raw and content[end] in b" \t\r\n>)" else None
