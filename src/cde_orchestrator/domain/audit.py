"""Records of an audit: what a repository is, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .documents import ScanSummary
from .fields import PATH
from .files import LanguageSummary
from .findings import FindingSummary

__all__ = ["AuditSummary"]


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """What the audited repository holds, in numbers.

    ``repository`` is the name of the root folder; ``files`` to ``binary_files`` count the whole tree, ``bytes`` in
    bytes and ``lines`` over text files; ``languages`` are sorted by bytes, largest first; ``documents`` and
    ``findings`` are the counts of the scan and of the check behind the items.
    """

    repository: str = field(metadata=PATH)
    files: int
    bytes: int
    lines: int
    binary_files: int
    languages: tuple[LanguageSummary, ...]
    documents: ScanSummary
    findings: FindingSummary
