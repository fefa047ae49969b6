"""Tables from the raw records, and their place between markers in the documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .record import contestant_of, figure
from .verdicts import Verdict

__all__ = ["BEGIN", "END", "details", "overview", "replace_between", "verdict_table"]

BEGIN = "<!-- benchmarks:begin -->"
END = "<!-- benchmarks:end -->"


def _seconds(value: float) -> str:
    if value < 0.0995:
        return f"{value * 1000:.1f} ms"
    return f"{value * 1000:.0f} ms" if value < 0.9995 else f"{value:.2f} s"


def _amount(contestant: dict[str, Any], metric: Any) -> str:
    value = figure(contestant, metric)
    return f"{value:.0f} MiB" if metric == "peak" else _seconds(value)


def _ratio(value: float) -> str:
    return f"{value:.0f}x" if value >= 9.95 else f"{value:.1f}x" if value >= 0.995 else f"{value:.2f}x"


def _provenance(records: dict[str, dict[str, Any]], run: str) -> str:
    machine = records["machine"]
    return (
        f"Run `benchmarks/runs/{run}`: {machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"{machine['system']} {machine['kernel']}, Python {machine['python']}. Medians of interleaved runs. A case "
        "that this run left out has the figures of the latest that did not, whose date stands beside it."
    )


def _question(record: dict[str, Any]) -> str:
    earlier = record.get("earlier_run")
    return record["question"] if earlier is None else f"{record['question']} ({earlier[:10]})"


def _cases(records: dict[str, dict[str, Any]], order: Iterable[str]) -> list[dict[str, Any]]:
    return [records[name] for name in order if name in records]


def overview(records: dict[str, dict[str, Any]], order: Iterable[str], run: str) -> str:
    """One row per case: CDE's figure, and each peer's with the ratio to it (above 1: CDE takes less)."""
    lines = [
        _provenance(records, run),
        "",
        "| question | corpus | CDE | others |",
        "|---|---|---|---|",
    ]
    for record in _cases(records, order):
        ours = contestant_of(record, record["ours"])
        if ours is None:
            continue
        metric = record["metric"]
        base = figure(ours, metric)
        others = [
            f"{entry['name']} {_amount(entry, metric)} ({_ratio(figure(entry, metric) / base)})"
            for entry in record["contestants"]
            if entry is not ours
        ]
        others += [f"{name} not run" for name in record["skipped"]]
        unit = {"wall": "", "cpu": " CPU", "peak": " peak"}[metric]
        corpus = record["corpus"]
        lines.append(
            f"| {_question(record)} | {corpus['name']}, {corpus['files']:,} files "
            f"| **{_amount(ours, metric)}**{unit}, {ours['name']} | {'; '.join(others)} |"
        )
    return "\n".join(lines)


def details(records: dict[str, dict[str, Any]], order: Iterable[str], run: str) -> str:
    """Every contestant with version, wall time and spread, CPU time, peak memory and command."""
    lines = [_provenance(records, run)]
    for record in _cases(records, order):
        corpus = record["corpus"]
        lines += [
            "",
            f"### {record['case']}: {_question(record)}",
            "",
            f"Corpus `{corpus['name']}`: {corpus['files']:,} files, {corpus['bytes']:,} bytes, sha256 "
            f"`{corpus['sha256'][:12]}`; {record['runs']} runs each. {record['note']}".rstrip(),
            "",
            "| contestant | version | wall (min to max) | CPU | peak MiB |",
            "|---|---|---|---|---|",
        ]
        for entry in record["contestants"]:
            wall = entry["summary"]["call_wall_seconds" if entry["in_process"] else "wall_seconds"]
            lines.append(
                f"| {entry['name']} | {entry['version']} | {_seconds(wall['median'])} ({_seconds(wall['min'])} to "
                f"{_seconds(wall['max'])}) | {_seconds(figure(entry, 'cpu'))} | {figure(entry, 'peak'):.0f} |"
            )
        lines += [f"\nNot run: {name} ({reason})." for name, reason in record["skipped"].items()]
        lines += [f"\nAnswers differ: {line}." for line in record["answers_differ"]]
    return "\n".join(lines)


def verdict_table(verdicts: Iterable[Verdict]) -> str:
    """Targets with what was measured."""
    words = {True: "met", False: "**not met**", None: "not measured"}
    rows = [f"| {verdict.target} | {verdict.measured} | {words[verdict.met]} |" for verdict in verdicts]
    return "\n".join(["| target | measured | |", "|---|---|---|", *rows])


def replace_between(document: Path, text: str) -> str:
    """The content of ``document`` with ``text`` between the markers, which must each stand there once."""
    content = document.read_text(encoding="utf-8")
    if content.count(BEGIN) != 1 or content.count(END) != 1 or content.index(BEGIN) > content.index(END):
        raise ValueError(f"{document.name}: the markers {BEGIN} and {END} are needed once each, in this order")
    before, rest = content.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"
