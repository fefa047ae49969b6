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

from .analyze_documentation import AnalyzeDocumentationUseCase
from .audit_repository import AuditRepositoryUseCase
from .detect_changes import DetectChangesUseCase
from .diagnose_installation import DiagnoseInstallationUseCase
from .find_duplicates import FindDuplicatesUseCase
from .find_files import FindFilesUseCase
from .list_files import ListFilesUseCase
from .list_rules import ListRulesUseCase
from .outline_document import OutlineDocumentUseCase
from .read_text import ReadTextUseCase
from .scan_documentation import ScanDocumentationUseCase
from .summarize_tree import SummarizeTreeUseCase
from .take_snapshot import TakeSnapshotUseCase
from .verify_engines import VerifyEnginesUseCase

__all__ = [
    "AnalyzeDocumentationUseCase",
    "AuditRepositoryUseCase",
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
]
