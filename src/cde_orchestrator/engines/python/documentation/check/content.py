"""Reading a document's bytes again, for the few judgements that need more than its record."""

from __future__ import annotations

import re

from .....domain.documents import Document, Link
from ...filesystem.read import ReadProblem, read_file
from ...filesystem.tree import PythonTree

__all__ = ["attribute_ids", "drawn_in", "target_span", "unchanged_content"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DIRECTIVE = re.compile(
    rb"--8<--|\{\{[<%] include|\{% include|\{include\}|^include::|^: |<!--#include|\.\. include::", re.MULTILINE
)
# How far a path in a directive may reach, and how many paths one document may take in.
_LONGEST = 300
_MOST_PATHS = 64
_INCLUDED = re.compile(rb"\{\{#include (?=([^}\n]*))")
_QUOTED = rb"[ \t\r\n\f]*(?:'([^'\n]{0,299})'|\"([^\"\n]{0,299})\")"
_IMPORTED = tuple(re.compile(word + rb"(?=" + _QUOTED + rb")") for word in (rb"from", rb"import"))
_ATTRIBUTES = re.compile(rb"\{([^{}\n]{0,299})\}")
_ATTRIBUTE_SEPARATOR = re.compile(rb"[ \t:]")
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


def drawn_in(content: bytes) -> list[bytes] | None:
    """The paths, as written, of the documents whose text this one takes in, with their headings, on the built page.

    ``None`` where it cannot be told which, or where a definition list makes anchors of its own. Known are the
    directives of mdBook, PyMdown's snippets, Hugo, Jekyll, MyST and AsciiDoc, server side includes, and the import of
    a document by MDX.
    """
    if _DIRECTIVE.search(content):
        return None
    paths = []
    for found in _INCLUDED.finditer(content):
        text = found[1][:_LONGEST]
        if b".md" in text:
            paths.append(text.partition(b":")[0].strip(b" \t\r\n\f"))
    for word in _IMPORTED:
        for found in word.finditer(content):
            path = found[1] if found[2] is None else found[2]
            if path.endswith((b".md", b".mdx")):
                # A backslash in the string escapes the sign behind it, mostly needlessly: `./\\_part.mdx`.
                paths.append(path.replace(b"\\", b""))
    return paths if len(paths) <= _MOST_PATHS else None


def attribute_ids(content: bytes, *, items: bool) -> frozenset[bytes] | None:
    """The ids in lists of attributes, as Python-Markdown reads them: ``{#id}``, ``{: .class #id key="value"}``.

    With ``items``, ``None`` for a document that takes in the description of a program's items, which has anchors of its
    own.
    """
    if items and (content.startswith(b":::") or b"\n:::" in content):
        return None
    ids: set[bytes] = set()
    for attributes in _ATTRIBUTES.findall(content):
        tokens = _ATTRIBUTE_SEPARATOR.split(attributes)
        ids.update(token[1:] for token in tokens if token.startswith(b"#"))
    return frozenset(ids)


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
