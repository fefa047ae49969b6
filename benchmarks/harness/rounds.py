"""A case from its first warm-up to its record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .case import Case, Contestant
from .machine import load_average, without_places
from .measure import MeasurementError, run_turn
from .spread import summarize
from .tools import Toolbox

__all__ = ["run_case"]

Say = Callable[[str], None]


def _warm_up(
    case: Case, tools: Toolbox, corpus: Path, skipped: dict[str, str], say: Say
) -> tuple[list[tuple[Contestant, list[str]]], dict[str, int | str | None]]:
    ready: list[tuple[Contestant, list[str]]] = []
    answers: dict[str, int | str | None] = {}
    for contestant in case.contestants:
        missing = tools.missing(contestant.tool, *contestant.command)
        if missing is not None:
            skipped[contestant.name] = without_places(missing)
            continue
        command = tools.fill(contestant.command, corpus)
        try:
            turn = run_turn(contestant, command, meter=tools.meter, corpus=corpus, count=True)
        except MeasurementError as error:
            skipped[contestant.name] = without_places(str(error))
            continue
        answers[contestant.name] = turn.answer
        ready.append((contestant, command))
    for name, reason in skipped.items():
        say(f"  skipped {name}: {reason}")
    return ready, answers


def _disagreements(case: Case, answers: dict[str, int | str | None]) -> list[str]:
    groups: dict[str, dict[str, int | str | None]] = {}
    for contestant in case.contestants:
        if contestant.agrees is not None and contestant.name in answers:
            groups.setdefault(contestant.agrees, {})[contestant.name] = answers[contestant.name]
    return [
        f"{group}: " + ", ".join(f"{name} {answer}" for name, answer in members.items())
        for group, members in groups.items()
        if len(set(members.values())) > 1
    ]


def run_case(
    case: Case, tools: Toolbox, corpus: Path, record: dict[str, Any], *, runs: int, say: Say
) -> dict[str, Any]:
    """The record of ``case`` after ``runs`` interleaved turns of every contestant that could be run."""
    say(f"{case.name}: {case.question}")
    skipped: dict[str, str] = {}
    load = [load_average()]
    ready, answers = _warm_up(case, tools, corpus, skipped, say)
    disagreements = _disagreements(case, answers)
    for line in disagreements:
        say(f"  answers differ, {line}")
    samples: dict[str, list[dict[str, float]]] = {contestant.name: [] for contestant, _ in ready}
    for _ in range(runs):
        for contestant, command in ready:
            turn = run_turn(contestant, command, meter=tools.meter, corpus=corpus, count=False)
            samples[contestant.name].append(turn.costs)
    load.append(load_average())
    return {
        "case": case.name,
        "question": case.question,
        "note": case.note,
        "metric": case.metric,
        "ours": case.ours,
        "runs": runs,
        "load_average": load,
        "corpus": record,
        "answers_differ": disagreements,
        "skipped": skipped,
        "contestants": [
            {
                "name": contestant.name,
                "tool": contestant.tool,
                "version": tools.version(contestant.tool),
                "command": " ".join(contestant.command),
                "environment": dict(contestant.environment),
                "in_process": contestant.in_process,
                "answer": answers[contestant.name],
                "summary": {
                    key: summarize([sample[key] for sample in samples[contestant.name]])
                    for key in samples[contestant.name][0]
                },
                "samples": samples[contestant.name],
            }
            for contestant, _ in ready
        ],
    }
