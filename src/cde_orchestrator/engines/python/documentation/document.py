"""One document's bytes or text to its record. The twin of the Rust core's ``document`` module."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from ....domain.documents import (
    Document,
    DocumentEncoding,
    DocumentSummary,
    FrontMatter,
    Json,
    NotebookCell,
    TaskItems,
)
from ....domain.encoding import to_json
from ....domain.envelope import Diagnostic
from ....domain.options import ScanOptions
from ..digest import hash12
from ..filesystem.decode import Decoded, decode
from .excess import Excess
from .frontmatter import parse_front_matter
from .markdown import Body, DocumentFormat, empty_body, parse_body
from .metrics import filled_lines, measure
from .notebook import InvalidNotebook, read_notebook, relocated
from .source import Source

__all__ = [
    "Identity",
    "Parsed",
    "format_of_path",
    "parse_document",
    "parse_to_json",
    "read_document",
    "unread_document",
]

_EXTENSIONS: dict[bytes, DocumentFormat] = {
    b"md": "markdown",
    b"markdown": "markdown",
    b"mdown": "markdown",
    b"mkd": "markdown",
    b"mdx": "mdx",
    b"rst": "restructuredtext",
    b"adoc": "asciidoc",
    b"asciidoc": "asciidoc",
    b"ipynb": "notebook",
}
# Plain texts that are documents, by name without `.txt`.
_TEXTS = frozenset(
    (b"readme", b"changelog", b"changes", b"contributing", b"install", b"news", b"history", b"todo", b"faq")
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a document."""

    path: bytes
    format: DocumentFormat
    size: int
    hash: str


@dataclass(slots=True)
class Parsed:
    """A document that was read, before the detail is chosen. ``filled`` counts the lines of the body with content."""

    identity: Identity
    encoding: DocumentEncoding
    line_count: int
    front_matter: FrontMatter | None
    body: Body
    filled: int
    cells: tuple[NotebookCell, ...] | None = None
    invalid_notebook: InvalidNotebook | None = None

    def metadata(self, key: str) -> tuple[bool, Json]:
        """Whether the front matter has ``key``, and its value."""
        data = None if self.front_matter is None else self.front_matter.data
        return (False, None) if data is None or key not in data else (True, data[key])

    def _metadata_text(self, key: str) -> str | None:
        value = self.metadata(key)[1]
        return value if isinstance(value, str) and value else None

    @property
    def title(self) -> str | None:
        """The title: the front matter's, else that of the first heading of level 1 that has text."""
        return self._metadata_text("title") or self.body.title

    @property
    def diagnostic(self) -> Diagnostic | None:
        """The diagnostic about front matter or a notebook that cannot be read."""
        if self.invalid_notebook is not None:
            return self.invalid_notebook.diagnostic(self.identity.path)
        error = None if self.front_matter is None else self.front_matter.error
        if error is None:
            return None
        path = os.fsdecode(self.identity.path)
        return Diagnostic(path, error.line, error.column, "frontmatter-invalid", "warning", error.message)

    def reference(self, first: int, last: int) -> str:
        """The receipt for lines of the document."""
        return f"{os.fsdecode(self.identity.path)}#L{first}-L{last}@{hash12(self.identity.hash)}"

    def summary(self, required_metadata: tuple[str, ...]) -> DocumentSummary:
        """The document in one line."""
        return DocumentSummary(
            path=os.fsdecode(self.identity.path),
            format=self.identity.format,
            size=self.identity.size,
            hash=self.identity.hash,
            title=self.title,
            status=self._metadata_text("status"),
            word_count=self.body.extract.words,
            heading_count=len(self.body.headings),
            link_count=sum(1 for link in self.body.extract.links if not link.image),
            missing_metadata=tuple(key for key in required_metadata if not self.metadata(key)[0]),
        )

    def document(self) -> Document:
        """The document in full."""
        found = self.body.extract
        return Document(
            path=os.fsdecode(self.identity.path),
            format=self.identity.format,
            size=self.identity.size,
            hash=self.identity.hash,
            ref=self.reference(1, max(self.line_count, 1)),
            encoding=self.encoding,
            line_count=self.line_count,
            title=self.title,
            language=self._metadata_text("language") or self._metadata_text("lang"),
            front_matter=self.front_matter,
            headings=self.body.headings,
            links=tuple(found.links),
            definitions=tuple(found.definitions),
            undefined_references=tuple(found.undefined),
            anchors=tuple(found.anchors),
            code_blocks=tuple(found.code_blocks),
            inline_code=tuple(found.inline_code),
            tables=tuple(found.tables),
            directives=tuple(found.directives),
            word_count=found.words,
            task_items=TaskItems(found.tasks_open, found.tasks_done),
            metrics=measure(self.filled, found),
            cells=self.cells,
        )


def format_of_path(path: bytes) -> DocumentFormat | None:
    """The format that a file's name tells, compared without regard to the case of ASCII letters."""
    name = path.rpartition(b"/")[2].lower()
    _, dot, extension = name.rpartition(b".")
    known = _EXTENSIONS.get(extension) if dot else None
    return "text" if known is None and name.removesuffix(b".txt") in _TEXTS else known


def _may_have_front_matter(syntax: DocumentFormat, text: str) -> bool:
    """Whether the document may begin with front matter: AsciiDoc has YAML and TOML, but no JSON."""
    return syntax in {"markdown", "mdx"} or (syntax == "asciidoc" and not text.startswith("{"))


def read_document(identity: Identity, decoded: Decoded, options: ScanOptions) -> tuple[Parsed, Excess | None]:
    """Reads ``decoded``. A body that exceeds a limit is left out."""
    if identity.format == "notebook":
        return _read_notebook(identity, decoded, options)
    may_have = _may_have_front_matter(identity.format, decoded.text)
    front_matter = parse_front_matter(decoded.text) if may_have else None
    skipped = 0 if front_matter is None else front_matter.line_count
    encoding = DocumentEncoding(decoded.encoding, decoded.bom, decoded.line_ending, decoded.invalid_bytes)
    excess = None
    try:
        body = parse_body(
            decoded.text,
            syntax=identity.format,
            skipped=skipped,
            slug_flavour=options.slug_flavour,
            max_nesting=options.max_nesting,
        )
        filled = filled_lines(body.source.lines[skipped:])
    except Excess as raised:
        excess = raised.in_document(skipped)
        body = empty_body(decoded.text)
        filled = 0
    return Parsed(identity, encoding, len(body.source.lines), front_matter, body, filled), excess


def _read_notebook(identity: Identity, decoded: Decoded, options: ScanOptions) -> tuple[Parsed, Excess | None]:
    encoding = DocumentEncoding(decoded.encoding, decoded.bom, decoded.line_ending, decoded.invalid_bytes)
    line_count = len(Source(decoded.text).lines)
    parsed = Parsed(identity, encoding, line_count, None, empty_body(""), 0)
    found = read_notebook(decoded.text, line_count)
    if isinstance(found, InvalidNotebook):
        parsed.invalid_notebook = found
        return parsed, None
    parsed.cells = tuple(found.cells)
    try:
        body = parse_body(
            found.markdown,
            syntax="markdown",
            slug_flavour=options.slug_flavour,
            max_nesting=options.max_nesting,
        )
    except Excess as raised:
        return parsed, Excess(raised.limit, found.place(raised.in_document(0).line)[0])
    parsed.filled = filled_lines(body.source.lines)
    parsed.body = relocated(body, found, line_count)
    return parsed, None


def unread_document(identity: Identity, encoding: str, line_count: int) -> Parsed:
    """A document that is listed and not parsed."""
    described = DocumentEncoding(encoding, False, "none", 0)
    return Parsed(identity, described, line_count, None, empty_body(""), 0)


def parse_document(text: str, syntax: DocumentFormat, options: ScanOptions | None = None) -> Document:
    """One document given as text; its path is empty.

    Raises ``LimitExceededError`` where it nests too deeply or costs too much.
    """
    options = ScanOptions() if options is None else options
    data = text.encode()
    identity = Identity(b"", syntax, len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
    parsed, excess = read_document(identity, decode(data), options)
    if excess is not None:
        raise excess.error(options.max_nesting)
    return parsed.document()


def parse_to_json(text: str, syntax: DocumentFormat) -> bytes:
    """:func:`parse_document` with the default options, as JSON, for tests that compare engines."""
    return to_json(parse_document(text, syntax))
