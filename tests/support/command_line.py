"""The command as a user runs it: a process of its own, with its streams and exit code apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["COMMAND", "SMALL_REPOSITORY", "Outcome", "cde", "clean_environment"]

COMMAND = [sys.executable, "-m", "cde_orchestrator"]

SMALL_REPOSITORY: dict[str, str | bytes] = {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/objects/": "",
    ".git/refs/": "",
    ".gitignore": "ignored/\n",
    "ignored/x.md": "# Not seen\n",
    "README.md": "---\ntitle: Small\ndescription: A repository\n---\n# Small\n\n[guide](docs/guide.md#use)\n",
    "docs/guide.md": "# Guide\n\n## Use\n\nSee [gone](gone.md) and [away](../README.md#away).\n",
    "src/main.py": "print('hello')\n",
    "src/copy.py": "print('hello')\n",
    "data.bin": b"\0\1\2\3",
}
"""Something of everything; ``docs/guide.md`` has two findings of severity error."""


@dataclass(frozen=True)
class Outcome:
    """What a process left behind."""

    code: int
    raw: bytes
    errors: bytes

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def err(self) -> str:
        return self.errors.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


def clean_environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what would steer the command."""
    steering = ("CDE_ENGINE", "CDE_THREADS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if name not in steering}
    return {**kept, **(changes or {})}


def cde(*words: str | bytes | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Outcome:
    """Runs ``cde`` with ``words`` in the folder ``cwd``."""
    process = subprocess.run(
        [*COMMAND, *words],
        cwd=cwd,
        env=clean_environment(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Outcome(process.returncode, process.stdout, process.stderr)
