"""What a user asks for: one class per operation, each with one method ``execute``.

A use case checks its arguments, puts them to an engine through the ports, and hands on the engine's answer. Only
:class:`AuditRepositoryUseCase` and :class:`VerifyEnginesUseCase` put several answers together; neither owns an
algorithm of a capability.

>>> import pathlib, tempfile
>>> from cde_orchestrator.use_cases import ScanDocumentationUseCase
>>> root = pathlib.Path(tempfile.mkdtemp())
>>> _ = (root / "guide.md").write_text("# Guide\\n\\nThree short words.\\n")
>>> answer = ScanDocumentationUseCase("python").execute(root, detail_level="summary")
>>> [(document.path, document.title) for document in answer.items]
[('guide.md', 'Guide')]
"""

from __future__ import annotations

TYPE_CHECKING = False  # Type checkers take it for true; see the package's own ``__init__``.
if TYPE_CHECKING:
    from .analyze_documentation import AnalyzeDocumentationUseCase
    from .audit_repository import AuditRepositoryUseCase
    from .build_link_graph import BuildLinkGraphUseCase
    from .detect_changes import DetectChangesUseCase
    from .diagnose_installation import DiagnoseInstallationUseCase
    from .find_duplicates import FindDuplicatesUseCase
    from .find_files import FindFilesUseCase
    from .find_symbols import FindSymbolsUseCase
    from .list_files import ListFilesUseCase
    from .list_rules import ListRulesUseCase
    from .measure_code import MeasureCodeUseCase
    from .outline_document import OutlineDocumentUseCase
    from .read_text import ReadTextUseCase
    from .scan_documentation import ScanDocumentationUseCase
    from .summarize_tree import SummarizeTreeUseCase
    from .take_snapshot import TakeSnapshotUseCase
    from .verify_engines import VerifyEnginesUseCase

_MODULES = {
    "AnalyzeDocumentationUseCase": ".analyze_documentation",
    "AuditRepositoryUseCase": ".audit_repository",
    "BuildLinkGraphUseCase": ".build_link_graph",
    "DetectChangesUseCase": ".detect_changes",
    "DiagnoseInstallationUseCase": ".diagnose_installation",
    "FindDuplicatesUseCase": ".find_duplicates",
    "FindFilesUseCase": ".find_files",
    "FindSymbolsUseCase": ".find_symbols",
    "ListFilesUseCase": ".list_files",
    "ListRulesUseCase": ".list_rules",
    "MeasureCodeUseCase": ".measure_code",
    "OutlineDocumentUseCase": ".outline_document",
    "ReadTextUseCase": ".read_text",
    "ScanDocumentationUseCase": ".scan_documentation",
    "SummarizeTreeUseCase": ".summarize_tree",
    "TakeSnapshotUseCase": ".take_snapshot",
    "VerifyEnginesUseCase": ".verify_engines",
}

__all__ = [
    "AnalyzeDocumentationUseCase",
    "AuditRepositoryUseCase",
    "BuildLinkGraphUseCase",
    "DetectChangesUseCase",
    "DiagnoseInstallationUseCase",
    "FindDuplicatesUseCase",
    "FindFilesUseCase",
    "FindSymbolsUseCase",
    "ListFilesUseCase",
    "ListRulesUseCase",
    "MeasureCodeUseCase",
    "OutlineDocumentUseCase",
    "ReadTextUseCase",
    "ScanDocumentationUseCase",
    "SummarizeTreeUseCase",
    "TakeSnapshotUseCase",
    "VerifyEnginesUseCase",
]


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - each use case is imported when it is first used

    value: object = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value
