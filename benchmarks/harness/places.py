"""Where things are. Nothing outside the checkout is written."""

from __future__ import annotations

from pathlib import Path

__all__ = ["BENCHMARKS", "CACHE", "CORPORA", "README", "ROOT", "RUNS", "SHARED_CORPORA"]

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
CACHE = ROOT / ".cache" / "bench"
CORPORA = BENCHMARKS / "corpora"
RUNS = BENCHMARKS / "runs"
README = ROOT / "README.md"
# Archives of public documentation repositories, where a checkout has them beside it.
SHARED_CORPORA = ROOT.parent / "shared" / "corpora"
