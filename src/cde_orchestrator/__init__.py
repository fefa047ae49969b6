"""Repository answers with receipts: what a repository holds, what its documents say, and what is wrong with them.

One function per question, and the use case classes behind them. Every answer says which engine gave it, how completely,
and from which bytes.

>>> import pathlib, tempfile
>>> import cde_orchestrator as cde
>>> root = pathlib.Path(tempfile.mkdtemp())
>>> _ = (root / "guide.md").write_text("# Guide\\n\\nSee [the other one](other.md).\\n")
>>> answer = cde.check_documentation(root)
>>> [(finding.path, finding.line, finding.rule) for finding in answer.items if finding.severity == "error"]
[('guide.md', 3, 'missing-file')]
>>> answer.completeness.state
'complete'

Importing the package imports nothing else; each name is imported when it is first used.
"""

from __future__ import annotations

from .version import __version__

TYPE_CHECKING = False  # Type checkers take it for true; importing ``typing`` would double the time of this import.
if TYPE_CHECKING:
    from .adapters.api import (
        apply_fixes,
        audit,
        changes_since,
        check_documentation,
        documentation_rules,
        find_duplicates,
        find_files,
        link_graph,
        list_files,
        outline_document,
        read_text,
        scan_documentation,
        take_snapshot,
        tree_summary,
        verify,
    )
    from .domain.audit import AuditSummary
    from .domain.documents import (
        Anchor,
        CodeBlock,
        Definition,
        Directive,
        Document,
        DocumentEncoding,
        DocumentMetrics,
        DocumentName,
        DocumentSummary,
        DuplicateKey,
        FrontMatter,
        FrontMatterError,
        Heading,
        InlineCode,
        Link,
        OutlineSection,
        OutlineSummary,
        ScanSummary,
        Table,
        TaskItems,
        UndefinedReference,
    )
    from .domain.envelope import Answer, Completeness, Diagnostic, EngineInfo, Result, Skipped
    from .domain.files import (
        Change,
        ChangeSummary,
        DuplicateGroup,
        DuplicateSummary,
        FileRecord,
        FileSummary,
        FolderSummary,
        LanguageSummary,
        SnapshotEntry,
        SnapshotSummary,
        TextFile,
        TextSummary,
        TreeSummary,
    )
    from .domain.findings import Finding, FindingSummary, Fix, Rule, RuleCount, RulesSummary, SiteSummary
    from .domain.graph import LinkGraphSummary, LinkNode
    from .domain.mending import MendedDocument
    from .domain.options import CheckOptions, FileFilter, GraphOptions, ScanOptions, TreeOptions
    from .domain.paths import escape_path, unescape_path
    from .domain.verification import ComparedOperation, Difference, VerificationSummary
    from .engines.select import EngineReport, engine_info, new_cancel_token
    from .errors import (
        CdeError,
        EngineUnavailableError,
        IntegrityError,
        InternalError,
        InvalidArgumentError,
        InvalidConfigError,
        IoError,
        LimitExceededError,
        NetworkError,
        NotADirectoryPathError,
        OperationCancelledError,
        OperationTimeoutError,
        PathNotFoundError,
        PermissionDeniedError,
    )
    from .ports.control import CancelToken, Progress
    from .use_cases import (
        AnalyzeDocumentationUseCase,
        AuditRepositoryUseCase,
        BuildLinkGraphUseCase,
        DetectChangesUseCase,
        DiagnoseInstallationUseCase,
        FindDuplicatesUseCase,
        FindFilesUseCase,
        ListFilesUseCase,
        ListRulesUseCase,
        OutlineDocumentUseCase,
        ReadTextUseCase,
        ScanDocumentationUseCase,
        SummarizeTreeUseCase,
        TakeSnapshotUseCase,
        VerifyEnginesUseCase,
    )

_NAMES = {
    ".adapters.api": (
        "apply_fixes",
        "audit",
        "changes_since",
        "check_documentation",
        "documentation_rules",
        "find_duplicates",
        "find_files",
        "link_graph",
        "list_files",
        "outline_document",
        "read_text",
        "scan_documentation",
        "take_snapshot",
        "tree_summary",
        "verify",
    ),
    ".domain.audit": ("AuditSummary",),
    ".domain.documents": (
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
        "Link",
        "OutlineSection",
        "OutlineSummary",
        "ScanSummary",
        "Table",
        "TaskItems",
        "UndefinedReference",
    ),
    ".domain.envelope": (
        "Answer",
        "Completeness",
        "Diagnostic",
        "EngineInfo",
        "Result",
        "Skipped",
    ),
    ".domain.files": (
        "Change",
        "ChangeSummary",
        "DuplicateGroup",
        "DuplicateSummary",
        "FileRecord",
        "FileSummary",
        "FolderSummary",
        "LanguageSummary",
        "SnapshotEntry",
        "SnapshotSummary",
        "TextFile",
        "TextSummary",
        "TreeSummary",
    ),
    ".domain.findings": (
        "Finding",
        "FindingSummary",
        "Fix",
        "Rule",
        "RuleCount",
        "RulesSummary",
        "SiteSummary",
    ),
    ".domain.graph": ("LinkGraphSummary", "LinkNode"),
    ".domain.mending": ("MendedDocument",),
    ".domain.options": (
        "CheckOptions",
        "FileFilter",
        "GraphOptions",
        "ScanOptions",
        "TreeOptions",
    ),
    ".domain.paths": (
        "escape_path",
        "unescape_path",
    ),
    ".domain.verification": (
        "ComparedOperation",
        "Difference",
        "VerificationSummary",
    ),
    ".engines.select": (
        "EngineReport",
        "engine_info",
        "new_cancel_token",
    ),
    ".errors": (
        "CdeError",
        "EngineUnavailableError",
        "IntegrityError",
        "InternalError",
        "InvalidArgumentError",
        "InvalidConfigError",
        "IoError",
        "LimitExceededError",
        "NetworkError",
        "NotADirectoryPathError",
        "OperationCancelledError",
        "OperationTimeoutError",
        "PathNotFoundError",
        "PermissionDeniedError",
    ),
    ".ports.control": (
        "CancelToken",
        "Progress",
    ),
    ".use_cases": (
        "AnalyzeDocumentationUseCase",
        "AuditRepositoryUseCase",
        "BuildLinkGraphUseCase",
        "DetectChangesUseCase",
        "DiagnoseInstallationUseCase",
        "FindDuplicatesUseCase",
        "FindFilesUseCase",
        "ListFilesUseCase",
        "ListRulesUseCase",
        "OutlineDocumentUseCase",
        "ReadTextUseCase",
        "ScanDocumentationUseCase",
        "SummarizeTreeUseCase",
        "TakeSnapshotUseCase",
        "VerifyEnginesUseCase",
    ),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "AnalyzeDocumentationUseCase",
    "Anchor",
    "Answer",
    "AuditRepositoryUseCase",
    "AuditSummary",
    "BuildLinkGraphUseCase",
    "CancelToken",
    "CdeError",
    "Change",
    "ChangeSummary",
    "CheckOptions",
    "CodeBlock",
    "ComparedOperation",
    "Completeness",
    "Definition",
    "DetectChangesUseCase",
    "DiagnoseInstallationUseCase",
    "Diagnostic",
    "Difference",
    "Directive",
    "Document",
    "DocumentEncoding",
    "DocumentMetrics",
    "DocumentName",
    "DocumentSummary",
    "DuplicateGroup",
    "DuplicateKey",
    "DuplicateSummary",
    "EngineInfo",
    "EngineReport",
    "EngineUnavailableError",
    "FileFilter",
    "FileRecord",
    "FileSummary",
    "FindDuplicatesUseCase",
    "FindFilesUseCase",
    "Finding",
    "FindingSummary",
    "Fix",
    "FolderSummary",
    "FrontMatter",
    "FrontMatterError",
    "GraphOptions",
    "Heading",
    "InlineCode",
    "IntegrityError",
    "InternalError",
    "InvalidArgumentError",
    "InvalidConfigError",
    "IoError",
    "LanguageSummary",
    "LimitExceededError",
    "Link",
    "LinkGraphSummary",
    "LinkNode",
    "ListFilesUseCase",
    "ListRulesUseCase",
    "MendedDocument",
    "NetworkError",
    "NotADirectoryPathError",
    "OperationCancelledError",
    "OperationTimeoutError",
    "OutlineDocumentUseCase",
    "OutlineSection",
    "OutlineSummary",
    "PathNotFoundError",
    "PermissionDeniedError",
    "Progress",
    "ReadTextUseCase",
    "Result",
    "Rule",
    "RuleCount",
    "RulesSummary",
    "ScanDocumentationUseCase",
    "ScanOptions",
    "ScanSummary",
    "SiteSummary",
    "Skipped",
    "SnapshotEntry",
    "SnapshotSummary",
    "SummarizeTreeUseCase",
    "Table",
    "TakeSnapshotUseCase",
    "TaskItems",
    "TextFile",
    "TextSummary",
    "TreeOptions",
    "TreeSummary",
    "UndefinedReference",
    "VerificationSummary",
    "VerifyEnginesUseCase",
    "__version__",
    "apply_fixes",
    "audit",
    "changes_since",
    "check_documentation",
    "documentation_rules",
    "engine_info",
    "escape_path",
    "find_duplicates",
    "find_files",
    "link_graph",
    "list_files",
    "new_cancel_token",
    "outline_document",
    "read_text",
    "scan_documentation",
    "take_snapshot",
    "tree_summary",
    "unescape_path",
    "verify",
]


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - part of the cost that is put off

    value: object = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
