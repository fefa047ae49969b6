"""From findings to mended documents."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby

from ...domain.findings import Finding, Fix
from ...domain.mending import MendedDocument
from .change import unified_diff, with_fixes
from .replace import Refusal, read_below, replace_below

__all__ = ["apply_fixes"]


def apply_fixes(root: str, findings: Iterable[Finding], *, write: bool) -> tuple[MendedDocument, ...]:
    """The documents below ``root`` that ``findings`` offer fixes for, by path, mended on disk if ``write``.

    A document that changed since it was checked, or that cannot be read or replaced, is left alone and says why.
    """
    offered = sorted(
        (
            (finding.path, finding.ref.rpartition("@")[2], finding.fix)
            for finding in findings
            if finding.fix is not None
        ),
        key=lambda entry: entry[:2],
    )
    mended = []
    for (path, digest), group in groupby(offered, key=lambda entry: entry[:2]):
        fixes = [fix for _, _, fix in group]
        try:
            mended.append(_mend(root, path, digest, fixes, write=write))
        except Refusal as refusal:
            mended.append(MendedDocument(path, 0, problem=str(refusal)))
    return tuple(mended)


def _mend(root: str, path: str, digest: str, fixes: list[Fix], *, write: bool) -> MendedDocument:
    before = read_below(root, path)
    if sha256(before).hexdigest()[: len(digest)] != digest:
        raise Refusal("the file changed since it was checked")
    after, count = with_fixes(before, fixes)
    diff = unified_diff(path, before, after)
    if write and after != before:
        replace_below(root, path, before, after)
    return MendedDocument(path, count, diff, written=write and after != before)
