"""What every in-process program shares: the clock around one call, and the line that reports it.

Imports, start-up and the release of the result are outside; everything that the call starts (threads, pools) is inside.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

__all__ = ["measure", "root"]


def root() -> str:
    """The folder to work on: the last argument."""
    return sys.argv[-1]


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure(call: Callable[[], Any], count: Callable[[Any], int | str] = len) -> None:
    """Calls once and prints ``wall_seconds``, ``cpu_seconds`` (of all threads) and ``answer`` as one JSON line."""
    cpu, wall = _cpu_seconds(), time.perf_counter()
    result = call()
    wall_seconds, cpu_seconds = time.perf_counter() - wall, _cpu_seconds() - cpu
    print(json.dumps({"wall_seconds": wall_seconds, "cpu_seconds": cpu_seconds, "answer": count(result)}))
