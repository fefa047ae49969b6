"""The file that keeps a baseline: JSON with a finding a line, sorted, so that its changes read well in a review.

>>> import pathlib, tempfile
>>> from cde_orchestrator.domain.baseline import Baseline
>>> path = str(pathlib.Path(tempfile.mkdtemp()) / "baseline.json")
>>> write_baseline(path, Baseline({("a.md", "self-link", "0123456789abcdef"): 2}))
>>> read_baseline(path).counts
{('a.md', 'self-link', '0123456789abcdef'): 2}
"""

from __future__ import annotations

from .file import read_baseline, write_baseline

__all__ = ["read_baseline", "write_baseline"]
