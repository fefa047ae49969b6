"""Runs the benchmarks: sets up, makes the corpora, measures, writes the records and the tables.

``python benchmarks/run.py`` with a Python that has requirements/dev.txt (``make bench`` sees to that). Options choose
cases and the number of runs; ``--list`` names the cases.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import Any

from cases import CASES, TARGETS
from corpora import CorpusUnavailableError, describe_corpus, prepare_corpus
from harness.case import Case
from harness.machine import describe_machine, machine_name
from harness.places import RUNS
from harness.record import read_run, write_record
from harness.rounds import run_case
from harness.tools import Toolbox
from harness.verdicts import judge
from peers.setup import SetupError, install_everything
from report import main as report
from report import print_verdicts

__all__ = ["main"]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*", help="cases to run (default: all)")
    parser.add_argument("--runs", type=int, default=5, help="measured turns per contestant (default 5)")
    parser.add_argument("--output", type=Path, help="folder for the records; tables are then left alone")
    parser.add_argument("--list", action="store_true", help="name the cases and end")
    return parser.parse_args(arguments)


def _measure(chosen: list[Case], tools: Toolbox, folder: Path, runs: int) -> bool:
    """Writes one record per case; whether all answers agreed."""
    described: dict[str, dict[str, Any]] = {}
    agreed = True
    for case in chosen:
        try:
            corpus = prepare_corpus(case.corpus)
        except CorpusUnavailableError as error:
            _say(f"{case.name}: skipped, {error}")
            continue
        if case.corpus not in described:
            described[case.corpus] = describe_corpus(case.corpus)
        record = run_case(case, tools, corpus, described[case.corpus], runs=runs, say=_say)
        write_record(folder, case.name, {"commit": tools.commit, **record})
        agreed = agreed and not record["answers_differ"]
    return agreed


def main(arguments: list[str]) -> int:
    """Exit code 0, 1 if answers that must be equal differ, 2 if nothing can be measured."""
    options = _options(arguments)
    if options.list:
        for case in CASES:
            print(f"{case.name:<18} {case.question} ({case.corpus})")
        return 0
    unknown = set(options.case) - {case.name for case in CASES}
    if unknown:
        _say(f"no such case: {', '.join(sorted(unknown))}; --list names them")
        return 2
    try:
        tools = install_everything(_say)
    except SetupError as error:
        _say(str(error))
        return 2
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    folder = options.output or RUNS / f"{today}-{machine_name()}"
    chosen = [case for case in CASES if not options.case or case.name in options.case]
    write_record(folder, "machine", describe_machine())
    agreed = _measure(chosen, tools, folder, options.runs)
    if options.output:
        print_verdicts(judge(TARGETS, read_run(folder)))
    else:
        report(["--run", str(folder), "--write"])
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
