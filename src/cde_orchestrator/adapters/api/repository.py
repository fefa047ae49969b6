"""Questions about a whole repository, and about the engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...domain.options import CheckOptions, MetricsOptions, ScanOptions, TreeOptions
from ...use_cases.audit_repository import AuditRepositoryUseCase
from ...use_cases.base import PathLike, texts_of
from ...use_cases.only_changed import only_changed
from ...use_cases.verify_engines import DEFAULT_SAMPLE, VerifyEnginesUseCase
from ..history import GitHistory
from ..schemas import JsonSchemaValidator

if TYPE_CHECKING:
    from ...domain.envelope import Answer
    from ...domain.findings import Finding
    from ...domain.options import SlugFlavour
    from ...domain.verification import ComparedOperation
    from ...ports.control import CancelToken, Progress

__all__ = ["audit", "verify"]


def audit(
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
    max_code_bytes: int = 4 * 1024 * 1024,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    engine: str | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[Finding]:
    """What the repository at ``path`` is and what is wrong with it, in one pass: the tree is walked once.

    The arguments are those of :func:`check_documentation` and :func:`code_metrics`. The findings are sorted worst
    first, then by path, line, column and rule; the summary counts files, languages, documents, findings and lines of
    code, and names the most complex functions.

    Items: :class:`Finding`. Summary: :class:`AuditSummary`. Schema ``cde.audit.run/1``.

    >>> import pathlib, tempfile
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("# A\\n\\n[gone](gone.md)\\n")
    >>> answer = audit(root)
    >>> answer.summary.files, answer.summary.documents.links, answer.summary.findings.errors
    (1, 1, 1)
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
    answer = AuditRepositoryUseCase(engine, JsonSchemaValidator()).execute(
        path,
        tree=tree,
        options=options,
        rules=rules,
        metrics=MetricsOptions(max_code_bytes=max_code_bytes),
        cancel=cancel,
        progress=progress,
    )
    return answer if changed_since is None else only_changed(answer, changed_since, GitHistory())


def verify(
    path: PathLike = ".",
    *,
    sample: int = DEFAULT_SAMPLE,
    hidden: bool = False,
    ignore: bool = True,
    vendored: bool = False,
    follow: bool = False,
    max_depth: int | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Answer[ComparedOperation]:
    """Whether both engines give the same answers on the tree at ``path``, compared byte for byte.

    Operations on one file are compared on at most ``sample`` files (0: on all). Without the Rust core this raises
    ``EngineUnavailableError``.

    Items: :class:`ComparedOperation`. Summary: :class:`VerificationSummary`. Schema ``cde.verify.run/1``.

    >>> import pathlib, tempfile
    >>> from cde_orchestrator import engine_info
    >>> root = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (root / "a.md").write_text("# A\\n")
    >>> if engine_info("rust").engine.name == "rust":
    ...     assert verify(root).summary.differing == 0
    """
    tree = TreeOptions(hidden, ignore, vendored, follow, max_depth)
    return VerifyEnginesUseCase().execute(path, tree=tree, sample=sample, cancel=cancel, progress=progress)
