"""Records of the documentation capability: everything one parse of a document yields.

Positions: ``line`` and ``column`` count from 1, columns in code points; ``start`` and ``end`` are byte offsets into the
document's text as UTF-8 after a byte order mark, line endings as they are in the file. Invalid bytes are one U+FFFD per
maximal subpart, as the Unicode standard recommends (section 3.9, table 3-8). In a notebook a record has the line of
the string that holds its line of the cell, its column counts in the line of the cell, and offsets are 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .fields import PATH

__all__ = [
    "Anchor",
    "CodeBlock",
    "Definition",
    "Directive",
    "Document",
    "DocumentEncoding",
    "DocumentMetrics",
    "DocumentName",
    "DocumentSummary",
    "DuplicateKey",
    "FrontMatter",
    "FrontMatterError",
    "Heading",
    "InlineCode",
    "Json",
    "Link",
    "LinkKind",
    "NotebookCell",
    "OutlineSection",
    "OutlineSummary",
    "ScanSummary",
    "Table",
    "TaskItems",
    "UndefinedReference",
]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
LinkKind = Literal["inline", "reference", "collapsed", "shortcut", "autolink", "bare", "footnote", "wiki", "html"]


@dataclass(frozen=True, slots=True)
class DocumentName:
    """A document of which only the name was asked (``detail_level="name_only"``)."""

    path: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document in one line (``detail_level="summary"``)."""

    path: str = field(metadata=PATH)
    format: str
    size: int
    hash: str
    title: str | None
    status: str | None
    word_count: int
    heading_count: int
    link_count: int
    missing_metadata: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentEncoding:
    """How the text was decoded; see :class:`cde_orchestrator.domain.files.TextFile` for the values."""

    name: str
    bom: bool
    line_ending: Literal["lf", "crlf", "cr", "mixed", "none"]
    invalid_bytes: int


@dataclass(frozen=True, slots=True)
class FrontMatterError:
    """Why the front matter cannot be read. ``line`` counts in the document."""

    line: int
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """A key given twice in one mapping (dotted path); the last one won. ``line`` is that of the repetition."""

    key: str
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block of metadata at the very start.

    ``data`` keeps the order of the file and is ``None`` when there is an error or no mapping. Dates stay text.
    ``line_count`` includes both fences, so the body starts on line ``line_count + 1``.
    """

    format: Literal["yaml", "toml", "json"]
    data: dict[str, Json] | None
    line_count: int
    start: int
    end: int
    error: FrontMatterError | None
    duplicate_keys: tuple[DuplicateKey, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its section.

    ``slug`` is unique in the document under the chosen flavour; ``explicit_id`` is set by ``{#id}``; ``parent`` is the
    index of the enclosing heading in ``Document.headings``. The section runs from ``start`` to ``section_end`` (the
    byte before the next heading of the same or a higher level) and to ``end_line``.
    """

    level: int
    text: str
    slug: str
    explicit_id: str | None
    line: int
    column: int
    end_line: int
    start: int
    section_end: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image as written.

    ``text`` is the rendered text, or an image's alternative text; no more than its first 1,000 characters.
    ``target`` is the destination with backslash escapes and entities resolved and percent-encoding kept, without the
    fragment; ``fragment`` is what follows the first ``#`` (``None`` without one). ``internal`` is true where the target
    has no scheme and no host. ``label`` is the normalised label of a reference or footnote. ``section`` is the index
    of the enclosing heading in ``Document.headings``. Kinds are those of Markdown; other formats use the ones that come
    nearest: ``wiki`` names a document (``[[page]]``, Sphinx's ``:doc:``), ``reference`` and ``collapsed`` name a target
    of the document, ``inline`` holds its target.
    """

    kind: LinkKind
    text: str
    target: str
    fragment: str | None
    title: str | None
    line: int
    column: int
    image: bool
    internal: bool
    label: str | None
    section: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference or footnote definition. ``used`` tells whether a reference resolves to it."""

    label: str
    target: str
    fragment: str | None
    title: str | None
    kind: Literal["link", "footnote"]
    line: int
    used: bool
    duplicate: bool


@dataclass(frozen=True, slots=True)
class UndefinedReference:
    """``[text][label]`` or ``[label][]`` whose label no definition has, so that it is shown as it is written.

    Only where it is meant as a reference: not directly after a letter, a digit, ``_``, ``]`` or ``)``, where it reads
    as an index (``rows[i][j]``). ``label`` is normalised; ``text`` is the bracketed text as written, its
    first 200 characters.
    """

    label: str
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something a fragment can point at, besides the headings' slugs. ``explicit`` is an id that the text gives."""

    id: str
    kind: Literal["explicit", "html", "footnote"]
    line: int


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A code block. ``language`` is the first word of ``info``; ``line_count`` counts its content lines.

    ``fenced`` tells whether delimiters enclose it; code told by its indentation or a directive is always closed.
    """

    language: str | None
    info: str
    line: int
    line_count: int
    fenced: bool
    closed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class InlineCode:
    """A code span's content and place."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A GFM table: rows without the header, columns of the header."""

    line: int
    end_line: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Directive:
    """An HTML comment addressed to CDE: ``<!-- cde-NAME ARGUMENTS -->``."""

    name: str
    arguments: str
    line: int


@dataclass(frozen=True, slots=True)
class TaskItems:
    """Check boxes of task lists."""

    open: int
    done: int


@dataclass(frozen=True, slots=True)
class DocumentMetrics:
    """Measures of a document.

    ``prose_lines`` are non-blank lines outside code and front matter, ``code_lines`` lines of code blocks,
    ``code_permille`` their share of both in thousandths, ``depth`` the deepest heading level, ``reading_minutes`` words
    at 200 a minute, rounded up.
    """

    prose_lines: int
    code_lines: int
    code_permille: int
    depth: int
    reading_minutes: int
    todo_count: int
    images: int
    images_without_alt: int


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell of a notebook: ``index`` from 0, the line in the file of the first string of its source, and how many
    lines the source has."""

    index: int
    kind: Literal["markdown", "code", "raw"]
    line: int
    line_count: int


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that one parse yields (``detail_level="full"``). ``cells`` is ``None`` for all but notebooks."""

    path: str = field(metadata=PATH)
    format: str
    size: int
    hash: str
    ref: str = field(metadata=PATH)
    encoding: DocumentEncoding
    line_count: int
    title: str | None
    language: str | None
    front_matter: FrontMatter | None
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    definitions: tuple[Definition, ...]
    undefined_references: tuple[UndefinedReference, ...]
    anchors: tuple[Anchor, ...]
    code_blocks: tuple[CodeBlock, ...]
    inline_code: tuple[InlineCode, ...]
    tables: tuple[Table, ...]
    directives: tuple[Directive, ...]
    word_count: int
    task_items: TaskItems
    metrics: DocumentMetrics
    cells: tuple[NotebookCell, ...] | None


@dataclass(frozen=True, slots=True)
class ScanSummary:
    """Counts over all documents of a scan; zero where the detail level does not look."""

    documents: int
    bytes: int
    words: int
    headings: int
    links: int
    internal_links: int
    images: int
    code_blocks: int
    tasks_open: int
    tasks_done: int
    with_front_matter: int
    without_title: int


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading with the lines of its section and its receipt ``path#Lstart-Lend@hash12``."""

    level: int
    text: str
    slug: str
    line: int
    end_line: int
    words: int
    ref: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class OutlineSummary:
    """Title, number of sections, lines and words of one document."""

    title: str | None
    sections: int
    lines: int
    words: int
