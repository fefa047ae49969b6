"""Reading and writing the raw records below ``runs/<date>-<machine>/``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .case import Metric
from .places import RUNS

__all__ = ["contestant_of", "figure", "latest_run", "read_run", "write_record"]

_SUFFIX = {"wall": "wall_seconds", "cpu": "cpu_seconds", "peak": "peak_mib"}


def write_record(folder: Path, name: str, record: dict[str, Any]) -> None:
    """Writes ``record`` as indented JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def latest_run() -> Path | None:
    """The folder of the most recent run, by name."""
    folders = sorted(path for path in RUNS.glob("*-*") if (path / "machine.json").exists())
    return folders[-1] if folders else None


def read_run(folder: Path) -> dict[str, dict[str, Any]]:
    """All records of a run by name; ``machine`` is the description of the machine.

    A case that it left out has the record of the latest earlier run on a machine of the same name, which the record
    then tells as ``earlier_run``.
    """
    records = _records(folder)
    machine = _machine_of(folder)
    earlier = [path for path in folder.parent.glob("*-*") if path.name < folder.name and _machine_of(path) == machine]
    for run in sorted(earlier, reverse=True):
        for name, record in _records(run).items():
            records.setdefault(name, {**record, "earlier_run": run.name})
    return records


def _machine_of(folder: Path) -> str:
    """The name behind the date."""
    return folder.name[len("2026-01-01-") :]


def _records(folder: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def contestant_of(record: dict[str, Any], name: str) -> dict[str, Any] | None:
    """The contestant's part of a case's record; ``None`` if it was skipped."""
    return next((entry for entry in record["contestants"] if entry["name"] == name), None)


def figure(contestant: dict[str, Any], metric: Metric) -> float:
    """The median that counts: of the call for an in-process contestant, else of the whole process."""
    key = _SUFFIX[metric]
    if contestant["in_process"] and metric != "peak":
        key = f"call_{key}"
    value: float = contestant["summary"][key]["median"]
    return value
