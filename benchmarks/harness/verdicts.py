"""Whether the targets hold in a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .case import Target
from .record import contestant_of, figure

__all__ = ["Verdict", "judge"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target in words, what was measured, and whether it holds (``None``: it was not measured)."""

    target: str
    measured: str
    met: bool | None


def _words(target: Target) -> str:
    unit = "CPU" if target.metric == "cpu" else target.metric
    goal = "" if target.goal is None else f" (goal {target.goal:g}x)"
    words = {
        "times_faster": f"at least {target.bound:g}x {target.other}{goal}, {unit}",
        "at_most_times": f"at most {target.bound:g}x {target.other}, {unit}",
        "at_most": f"at most {target.bound:g} {'MiB' if target.metric == 'peak' else 's'}, {unit}",
        "above": f"at most {target.bound:g} MiB above {target.other}",
    }
    return f"{target.case}: {target.subject} {words[target.kind]}"


def _measure(target: Target, subject: float, other: float | None) -> tuple[str, bool]:
    if target.kind == "at_most":
        return (f"{subject:.1f} MiB" if target.metric == "peak" else f"{subject:.3f} s"), subject <= target.bound
    assert other is not None
    if target.kind == "above":
        return f"{subject - other:.1f} MiB", subject - other <= target.bound
    if target.kind == "at_most_times":
        return f"{subject / other:.2f}x", subject / other <= target.bound
    return f"{other / subject:.2f}x", other / subject >= target.bound


def judge(targets: Iterable[Target], records: dict[str, dict[str, Any]]) -> list[Verdict]:
    """One verdict per target, from the records of one run alone."""
    verdicts = []
    for target in targets:
        record = records.get(target.case)
        subject = contestant_of(record, target.subject) if record else None
        other = contestant_of(record, target.other) if record and target.other else None
        if subject is None or (target.other and other is None):
            verdicts.append(Verdict(_words(target), "not measured", None))
            continue
        measured, met = _measure(
            target, figure(subject, target.metric), figure(other, target.metric) if other is not None else None
        )
        verdicts.append(Verdict(_words(target), measured, met))
    return verdicts
