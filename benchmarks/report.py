"""Tables and verdicts from the raw records of the latest run.

``python benchmarks/report.py`` prints every target with what was measured; ``--write`` puts the tables into README.md
and docs/guides/benchmarks.md; ``--check`` fails if they differ from the records, or show figures
without a run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cases import CASES, TARGETS
from harness.places import README, ROOT
from harness.record import latest_run, read_run
from harness.table import BEGIN, END, details, overview, replace_between, verdict_table
from harness.verdicts import Verdict, judge

__all__ = ["main", "print_verdicts"]

GUIDE = ROOT / "docs" / "guides" / "benchmarks.md"
_ORDER = [case.name for case in CASES]


def documents(run: Path, readme: Path = README, guide: Path = GUIDE) -> dict[Path, str]:
    """What README and guide should say, given the run."""
    records = read_run(run)
    verdicts = judge(TARGETS, records)
    full = f"{details(records, _ORDER, run.name)}\n\n### Targets\n\n{verdict_table(verdicts)}"
    wanted = {}
    for document, text in ((readme, overview(records, _ORDER, run.name)), (guide, full)):
        if document.exists() and BEGIN in document.read_text(encoding="utf-8"):
            wanted[document] = replace_between(document, text)
    return wanted


def _figures(*documents: Path) -> bool:
    """Whether a document shows a table between the markers."""
    texts = [document.read_text(encoding="utf-8") for document in documents if document.exists()]
    return any("|" in text.split(BEGIN)[1].split(END)[0] for text in texts if BEGIN in text)


def print_verdicts(verdicts: list[Verdict]) -> None:
    """One line per target."""
    words = {True: "met", False: "NOT MET", None: "not measured"}
    for verdict in verdicts:
        print(f"{words[verdict.met]:<13} {verdict.measured:>12}   {verdict.target}")


def main(arguments: list[str]) -> int:
    """Exit code 0, 1 if a document differs from the records (``--check``), 2 without a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, help="folder of the run (default: the latest)")
    parser.add_argument("--readme", type=Path, default=README)
    parser.add_argument("--guide", type=Path, default=GUIDE)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--write", action="store_true")
    action.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    run = options.run or latest_run()
    if run is None:
        print("no run below benchmarks/runs", file=sys.stderr)
        return 2 if not options.check or _figures(options.readme, options.guide) else 0
    wanted = documents(run, options.readme, options.guide)
    if options.check:
        wrong = [path.name for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]
        for name in wrong:
            print(f"{name} does not say what benchmarks/runs/{run.name} holds; run benchmarks/report.py --write")
        return 1 if wrong else 0
    if options.write:
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8")
    print_verdicts(judge(TARGETS, read_run(run)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
