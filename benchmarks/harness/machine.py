"""What the figures were taken on, in words that name no host."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path
from typing import Any

__all__ = ["describe_machine", "load_average", "machine_name", "without_places"]

_FAMILIES = ("xeon", "epyc", "ryzen", "threadripper", "core", "graviton", "neoverse", "ampere", "apple")


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def machine_name() -> str:
    """A short neutral name such as ``2core-xeon``."""
    words = re.findall(r"[a-z]+", _processor().lower())
    family = next((word for word in _FAMILIES if word in words), platform.machine().lower())
    return f"{os.cpu_count()}core-{family}"


def _output(*command: str) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def describe_machine() -> dict[str, Any]:
    """Processor, cores, memory, kernel and the versions of Python, Rust and git."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "name": machine_name(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30),
        "system": platform.system(),
        "kernel": ".".join(platform.release().split(".")[:2]),
        "python": platform.python_version(),
        "rust": _output("rustc", "--version"),
        "git": _output("git", "--version"),
        "node": _output("node", "--version"),
    }


def load_average() -> float:
    """Runnable processes over the last minute: a busy machine shows in the record."""
    return round(os.getloadavg()[0], 2)


def without_places(text: str) -> str:
    """``text`` with every absolute path cut to its last part, so that a record tells nothing of the machine's folders.

    >>> without_places('File "/a/b/c.py", line 3: no such file: /d/e')
    'File "c.py", line 3: no such file: e'
    """
    return re.sub(r"(?<![\w.~/])/(?:[^\s/\"':,]+/)*([^\s/\"':,]+)", r"\1", text)
