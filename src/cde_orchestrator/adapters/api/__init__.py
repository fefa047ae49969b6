"""The Python functions: one per question, with plain keyword arguments, over the use cases.

Every function takes ``engine`` (``auto``, ``rust``, ``python``, or ``None`` for ``CDE_ENGINE`` and else ``auto``), and
those that may take long ``cancel`` (a token of :func:`new_cancel_token`) and ``progress`` (called on the calling thread
as ``progress(stage, done, total)``). The configuration file is the command line's: no function reads it.

Every function raises only :class:`~cde_orchestrator.errors.CdeError`: ``PathNotFoundError``, ``NotADirectoryPathError``
and ``PermissionDeniedError`` about the path it was given, ``InvalidArgumentError`` about the other arguments,
``EngineUnavailableError``, ``OperationCancelledError``. One bad file below the path is a diagnostic, never an error.

Walking functions share five keywords: ``hidden`` (include names that begin with a dot), ``ignore`` (honour ignore
files), ``vendored`` (analyse vendored, generated and minified files too), ``follow`` (follow links to directories
inside of the root) and ``max_depth`` (1: the root's own entries).

>>> from cde_orchestrator.adapters.api import documentation_rules
>>> documentation_rules().summary.groups
('agents', 'content', 'links', 'metadata', 'structure')
"""

from __future__ import annotations

from .code import code_metrics, code_symbols
from .documentation import (
    apply_fixes,
    check_documentation,
    documentation_rules,
    link_graph,
    outline_document,
    scan_documentation,
)
from .files import changes_since, find_duplicates, find_files, list_files, read_text, take_snapshot, tree_summary
from .repository import audit, verify

__all__ = [
    "apply_fixes",
    "audit",
    "changes_since",
    "check_documentation",
    "code_metrics",
    "code_symbols",
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
]
