"""Questions about documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, overload

from ...domain.options import CheckOptions, GraphOptions, ScanOptions, TreeOptions
from ...use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from ...use_cases.base import PathLike, root_of, texts_of
from ...use_cases.build_link_graph import BuildLinkGraphUseCase
from ...use_cases.list_rules import ListRulesUseCase
from ...use_cases.only_changed import only_changed
from ...use_cases.outline_document import OutlineDocumentUseCase
from ...use_cases.scan_documentation import ScanDocumentationUseCase
from ..history import GitHistory
from ..schemas import JsonSchemaValidator

if TYPE_CHECKING:
    from ...domain.documents import Document, DocumentName, DocumentSummary, OutlineSection
    from ...domain.envelope import Answer
    from ...domain.findings import Finding, Rule
    from ...domain.graph import LinkNode
    from ...domain.mending import MendedDocument
    from ...domain.options import SlugFlavour
    from ...ports.control import CancelToken, Progress
    from ...ports.documentation import Scan

__all__ = [
    "apply_fixes",
    "check_documentation",
    "documentation_rules",
    "link_graph",
    "outline_document",
    "scan_documentation",
]


@overload
def scan_documentation(
    path: PathLike = ".",
    *,
    detail: Literal["full"] = "full",
    slug_flavour: SlugFlavour = ...,
    required_metadata: Sequence[str] = ...,
    max_document_bytes: int = ...,
    max_nesting: int = ...,
    hidden: bool = ...,
    ignore: bool = ...,
    vendored: bool = ...,
    follow: bool = ...,
    max_depth: int | None = ...,
    engine: str | None = ...,
    cancel: CancelToken | None = ...,
    progress: Progress | None = ...,
) -> Answer[Document]: ...


@overload
def scan_documentation(
    path: PathLike = ".",
    *,
    detail: Literal["summary"],
    slug_flavour: SlugFlavour = ...,
    required_metadata: Sequence[str] = ...,
    max_document_bytes: int = ...,
    max_nesting: int = ...,
    hidden: bool = ...,
    ignore: bool = ...,
    vendored: bool = ...,
    follow: bool = ...,
    max_depth: int | None = ...,
    engine: str | None = ...,
    cancel: CancelToken | None = ...,
    progress: Progress | None = ...,
) -> Answer[DocumentSummary]: ...


@overload
def scan_documentation(
    path: PathLike = ".",
    *,
    detail: Literal["names", "name_only"],
    slug_flavour: SlugFlavour = ...,
    required_metadata: Sequence[str] = ...,
    max_document_bytes: int = ...,
    max_nesting: int = ...,
    hidden: bool = ...,
    ignore: bool = ...,
    vendored: bool = ...,
    follow: bool = ...,
    max_depth: int | None = ...,
    engine: str | None = ...,
    cancel: CancelToken | None = ...,
    progress: Progress | None = ...,
) -> Answer[DocumentName]: ...


def scan_documentation(
    path: PathLike = ".",
    *,
    detail: str = "full",
    slug_flavour: SlugFlavour = "github",
    required_metadata: Sequence[str] = ("title", "description"),
    max_document_bytes: int = 4 * 1024 * 1024,
    max_nesting: int = 64,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Every document below ``path``, by path bytes: Markdown, MDX, reStructuredText, AsciiDoc, notebooks, plain text.

    ``detail`` is ``names`` (or ``name_only``), ``summary`` or ``full``; items are :class:`DocumentName`,
    :class:`DocumentSummary` or :class:`Document` accordingly. Lines and columns count from 1, columns in code points;
    ``start`` and ``end`` are byte offsets in the document's UTF-8 text. ``slug_flavour`` says how headings become
    anchors. A document above ``max_document_bytes``, or nested deeper than ``max_nesting``, is listed with a diagnostic
    and not parsed.

    Summary: :class:`ScanSummary`. Schema ``cde.docs.scan/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("---\\ntitle: A\\n---\\n\\n# A\\n\\n[b](b.md#c)\\n")
    >>> document = scan_documentation(root).items[0]
    >>> document.title, document.front_matter.data, document.headings[0].line
    ('A', {'title': 'A'}, 5)
    >>> [(link.target, link.fragment, link.line) for link in document.links]
    [('b.md', 'c', 7)]
    """
    options = ScanOptions(
        slug_flavour=slug_flavour,
        required_metadata=texts_of("required_metadata", required_metadata),
        max_document_bytes=max_document_bytes,
        max_nesting=max_nesting,
    )
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return ScanDocumentationUseCase(engine).execute(
        path, detail_level=detail, tree=tree, options=options, cancel=cancel, progress=progress
    )


def check_documentation(
    path: PathLike = ".",
    *,
    select: Sequence[str] = (),
    ignore_rules: Sequence[str] = (),
    per_path_ignore: Mapping[str, Sequence[str]] | None = None,
    severity: Mapping[str, str] | None = None,
    site_root: str | None = None,
    changed_since: str | None = None,
    site: str | None = None,
    slug_flavour: SlugFlavour = "github",
    required_metadata: Sequence[str] = (),
    review_keys: Sequence[str] = ("review_by", "review-by", "next_review"),
    today: str | None = None,
    schemas: Mapping[str, str] | None = None,
    max_document_bytes: int = 4 * 1024 * 1024,
    max_nesting: int = 64,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[Finding]:
    """What is wrong with the documents below ``path``, by path, line, column and rule.

    ``select`` keeps only these rules or groups, ``ignore_rules`` drops some, ``per_path_ignore`` drops some in
    documents that match a glob, and ``severity`` maps rules or groups to ``error``, ``warning``, ``hint`` or ``off``;
    an unknown name raises ``InvalidArgumentError``. ``site_root`` is the folder that a link beginning with ``/`` starts
    from. ``site`` is the only program whose sites are looked for (``mkdocs``), ``none``, or ``auto``, as without it:
    what the configurations in the tree tell. A ``slug_flavour`` other than ``github`` holds in sites as well.

    ``changed_since`` names a commit of git and keeps the findings on lines that changed since; the summary counts the
    ``unchanged`` ones that are left out. ``required_metadata`` are front matter keys that each document must have,
    ``review_keys`` those that hold the day until which it has been reviewed, which is compared with ``today``
    (``YYYY-MM-DD``; the current day in UTC). ``schemas`` maps globs to JSON Schemas in the tree that these documents'
    front matter or these data files must fit. The other arguments are those of :func:`scan_documentation`.

    Items: :class:`Finding`. Summary: :class:`FindingSummary`. Schema ``cde.docs.check/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("# A\\n\\n[gone](gone.md)\\n")
    >>> answer = check_documentation(root, select=["links"])
    >>> [(finding.rule, finding.line, finding.severity) for finding in answer.items]
    [('missing-file', 3, 'error')]
    """
    options = ScanOptions(
        slug_flavour=slug_flavour,
        required_metadata=texts_of("required_metadata", required_metadata),
        max_document_bytes=max_document_bytes,
        max_nesting=max_nesting,
    )
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    rules = CheckOptions(
        texts_of("select", select),
        texts_of("ignore_rules", ignore_rules),
        site_root,
        tuple((glob, texts_of("per_path_ignore", names)) for glob, names in (per_path_ignore or {}).items()),
        tuple((severity or {}).items()),
        required_metadata=options.required_metadata,
        review_keys=texts_of("review_keys", review_keys),
        today=today,
        schemas=tuple((schemas or {}).items()),
        site=site,
        scanned_slugs=slug_flavour != "github",
    )
    answer = AnalyzeDocumentationUseCase(engine, JsonSchemaValidator()).execute(
        path, tree=tree, options=options, rules=rules, cancel=cancel, progress=progress
    )
    return answer if changed_since is None else only_changed(answer, changed_since, GitHistory())


def link_graph(
    path: PathLike = ".",
    *,
    entries: Sequence[str] = (),
    site_root: str | None = None,
    site: str | None = None,
    slug_flavour: SlugFlavour = "github",
    required_metadata: Sequence[str] = ("title", "description"),
    max_document_bytes: int = 4 * 1024 * 1024,
    max_nesting: int = 64,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[LinkNode]:
    """Who links to whom: every document below ``path``, by path bytes, with the documents that it links to.

    ``entries`` are the paths of the documents that readers start from (without any, the READMEs and indexes of the root
    and of its folder ``docs``, and each ``SUMMARY.md``); each node has its distance from the nearest. ``site_root`` is
    the folder that a link beginning with ``/`` starts from, and ``site`` as in :func:`check_documentation`. The other
    arguments are those of :func:`scan_documentation`.

    Items: :class:`LinkNode`. Summary: :class:`LinkGraphSummary`. Schema ``cde.docs.graph/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "README.md").write_text("# A\\n\\n[guide](guide.md)\\n")
    >>> _ = (root / "guide.md").write_text("# B\\n")
    >>> _ = (root / "old.md").write_text("# C\\n")
    >>> [(node.path, node.depth, node.linked_from) for node in link_graph(root).items]
    [('README.md', 0, 0), ('guide.md', 1, 1), ('old.md', None, 0)]
    """
    options = ScanOptions(
        slug_flavour=slug_flavour,
        required_metadata=texts_of("required_metadata", required_metadata),
        max_document_bytes=max_document_bytes,
        max_nesting=max_nesting,
    )
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    graph = GraphOptions(texts_of("entries", entries), site_root, site)
    return BuildLinkGraphUseCase(engine).execute(
        path, tree=tree, options=options, graph=graph, cancel=cancel, progress=progress
    )


def outline_document(
    path: PathLike,
    *,
    slug_flavour: SlugFlavour = "github",
    max_document_bytes: int = 4 * 1024 * 1024,
    max_nesting: int = 64,
    engine: str | None = None,
) -> Answer[OutlineSection]:
    """The sections of the document ``path`` in reading order, each with its lines and its receipt.

    Items: :class:`OutlineSection`. Summary: :class:`OutlineSummary`. Schema ``cde.docs.outline/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("# A\\n\\ntext\\n\\n## B\\n")
    >>> [(section.text, section.line, section.end_line) for section in outline_document(root / "a.md").items]
    [('A', 1, 5), ('B', 5, 5)]
    """
    options = ScanOptions(slug_flavour=slug_flavour, max_document_bytes=max_document_bytes, max_nesting=max_nesting)
    return OutlineDocumentUseCase(engine).execute(path, options=options)


def apply_fixes(path: PathLike, findings: Iterable[Finding], *, write: bool = False) -> tuple[MendedDocument, ...]:
    """The documents below ``path`` for which ``findings`` offer fixes, by path, with the diff that mends each.

    Only with ``write`` are the files replaced, each as a whole or not at all, with their permissions. A document that
    changed since it was checked, that lies behind a link, or that cannot be written is left alone and its ``problem``
    says why. Linear in the size of the documents.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("# A\\n\\n[b](B.md)\\n")
    >>> _ = (root / "b.md").write_text("# B\\n")
    >>> findings = check_documentation(root).items
    >>> [(document.path, document.fixes) for document in apply_fixes(root, findings, write=True)]
    [('a.md', 1)]
    >>> (root / "a.md").read_text()
    '# A\\n\\n[b](b.md)\\n'
    """
    from ..mending import apply_fixes as mend  # noqa: PLC0415 - who asks only needs no writer

    return mend(root_of(path), findings, write=write)


def documentation_rules() -> Answer[Rule]:
    """The rules that :func:`check_documentation` knows, by group.

    Items: :class:`Rule`. Summary: :class:`RulesSummary`. Schema ``cde.docs.rules/1``.

    >>> "missing-file" in [rule.name for rule in documentation_rules().items]
    True
    """
    return ListRulesUseCase().execute()
