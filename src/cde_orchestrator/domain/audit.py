"""Records of an audit: what a repository is, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .code import MetricsSummary
from .documents import ScanSummary
from .fields import PATH
from .files import LanguageSummary
from .findings import FindingSummary

__all__ = ["AuditSummary", "ComplexFunction"]


@dataclass(frozen=True, slots=True)
class ComplexFunction:
    """A function that stands out, with its file; the measures are those of :class:`FunctionMetrics`."""

    path: str = field(metadata=PATH)
    language: str
    name: str
    line: int
    end_line: int
    code: int
    parameters: int
    nesting: int
    cyclomatic: int
    cognitive: int
    ref: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """What the audited repository holds, in numbers.

    ``repository`` is the name of the root folder; ``files`` to ``binary_files`` count the whole tree, ``bytes`` in
    bytes and ``lines`` over text files; ``languages`` are sorted by bytes, largest first; ``documents`` and
    ``findings`` are the counts of the scan and of the check behind the items. ``code`` are the measures of the source
    files in languages that have a scanner, ``complex_functions`` their most complex functions, the worst first, at most
    five.
    """

    repository: str = field(metadata=PATH)
    files: int
    bytes: int
    lines: int
    binary_files: int
    languages: tuple[LanguageSummary, ...]
    documents: ScanSummary
    findings: FindingSummary
    code: MetricsSummary
    complex_functions: tuple[ComplexFunction, ...]
