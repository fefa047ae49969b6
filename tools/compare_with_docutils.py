"""Compares our reading of reStructuredText with that of docutils, over the files that are given.

    .venv/bin/python tools/compare_with_docutils.py DIRECTORY_OR_FILE... [--suffix .rst] [--show 20]

Each document is compared in its headings, the ids of its sections, and the targets of its references and images; the
first differences are shown. It is no test: what differs has to be judged.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cde_orchestrator.engines.python.documentation.document import parse_to_json
from support.docutils_oracle import Facts, facts_of_docutils, facts_of_record


def main() -> int:
    """Prints how many documents agree in what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--suffix", default=".rst")
    parser.add_argument("--show", type=int, default=20)
    arguments = parser.parse_args()
    files = [
        file
        for path in arguments.paths
        for file in (sorted(path.rglob(f"*{arguments.suffix}")) if path.is_dir() else [path])
    ]
    equal: Counter[str] = Counter()
    compared = shown = 0
    for file in files:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                theirs = facts_of_docutils(text)
        except Exception as error:  # docutils itself gives up on some documents
            print(f"{file}: docutils fails: {type(error).__name__}")
            continue
        ours = facts_of_record(json.loads(parse_to_json(text, "restructuredtext")))
        compared += 1
        for name, difference in _differences(ours, theirs).items():
            equal[name] += not difference
            if difference and shown < arguments.show:
                shown += 1
                print(f"{file}: {name}: {difference[:4]}")
    for name, count in equal.items():
        print(f"{name}: {count} of {compared} documents agree")
    return 0


def _differences(ours: Facts, theirs: Facts) -> dict[str, list[str]]:
    """What only one of the two has, by what is compared."""
    result: dict[str, list[str]] = {"headings": [], "ids": []}
    if ours.headings != theirs.headings:
        result["headings"] = [f"ours {one}" for one in ours.headings if one not in theirs.headings] + [
            f"theirs {one}" for one in theirs.headings if one not in ours.headings
        ] or ["in another order"]
    else:
        pairs = zip(ours.ids, theirs.ids, strict=True)
        result["ids"] = [f"{sorted(mine)} / {sorted(other)}" for mine, other in pairs if not mine <= other]
    for name in ("external", "internal", "images"):
        mine, other = getattr(ours, name), getattr(theirs, name)
        result[name] = [f"ours {one}" for one in sorted(mine - other)] + [
            f"theirs {one}" for one in sorted(other - mine)
        ]
    return result


if __name__ == "__main__":
    raise SystemExit(main())
