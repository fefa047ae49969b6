"""One measured turn of one contestant, through ``meter`` (``crates/cde-bench``)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .case import Contestant
from .places import CACHE

__all__ = ["MeasurementError", "Turn", "run_turn"]

_ENGINE = re.compile(rb'"engine":\{[^{}]*\},')
_TIMEOUT_SECONDS = 1200


class MeasurementError(RuntimeError):
    """A contestant did not run as it should."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Costs of one turn, in the form that the record keeps, and the answer if it was counted."""

    costs: dict[str, float]
    answer: int | str | None


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    # No configuration of the user's own reaches a contestant.
    home = CACHE / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", **extra}


def _answer(contestant: Contestant, output: bytes) -> int | str | None:
    if contestant.counts == "lines":
        return output.count(b"\n")
    if contestant.counts == "answer":
        value: int | str = json.loads(output.strip().splitlines()[-1])["answer"]
        return value
    if contestant.counts == "envelope":
        return hashlib.sha256(_ENGINE.sub(b"", output.strip(), count=1)).hexdigest()
    return None


def run_turn(contestant: Contestant, command: list[str], *, meter: Path, corpus: Path, count: bool) -> Turn:
    """Runs ``command`` in ``corpus`` once. Its output is kept only if it is read."""
    CACHE.mkdir(parents=True, exist_ok=True)
    result, sink = CACHE / "turn.json", CACHE / "turn.out"
    result.unlink(missing_ok=True)
    read = count or contestant.in_process
    with open(sink if read else os.devnull, "wb") as output, open(CACHE / "turn.err", "wb") as errors:
        subprocess.run(
            [str(meter), str(result), *command],
            cwd=corpus,
            env=_environment(contestant.environment),
            stdout=output,
            stderr=errors,
            check=False,
            timeout=_TIMEOUT_SECONDS,
        )
    if not result.exists():
        raise MeasurementError(f"{contestant.name}: could not be started")
    cost: dict[str, Any] = json.loads(result.read_text())
    if cost["exit_code"] not in contestant.exit_codes:
        said = (CACHE / "turn.err").read_text(errors="replace").strip().splitlines()[-3:]
        raise MeasurementError(f"{contestant.name}: exit code {cost['exit_code']}: {' | '.join(said)}")
    costs = {
        "wall_seconds": cost["wall_seconds"],
        "cpu_seconds": cost["user_seconds"] + cost["system_seconds"],
        "peak_mib": cost["peak_kib"] / 1024,
    }
    printed = sink.read_bytes() if read else b""
    if contestant.in_process:
        call = json.loads(printed.strip().splitlines()[-1])
        costs["call_wall_seconds"] = call["wall_seconds"]
        costs["call_cpu_seconds"] = call["cpu_seconds"]
    return Turn(
        {name: round(value, 6) for name, value in costs.items()}, _answer(contestant, printed) if count else None
    )
