"""Median and spread of a handful of samples; means would let one disturbed run speak for all."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

__all__ = ["summarize"]


def summarize(samples: Sequence[float]) -> dict[str, float]:
    """Median, minimum, maximum and median absolute deviation.

    >>> summarize([1.0, 2.0, 9.0])
    {'median': 2.0, 'min': 1.0, 'max': 9.0, 'mad': 1.0}
    """
    middle = statistics.median(samples)
    deviation = statistics.median(abs(sample - middle) for sample in samples)
    return {
        "median": round(middle, 6),
        "min": round(min(samples), 6),
        "max": round(max(samples), 6),
        "mad": round(deviation, 6),
    }
