#!/usr/bin/env python3
"""Compares what `cde docs check` says about links with what other checkers say of the same tree.

`benchmarks/agreement/compare.py TREE` runs lychee (offline, with fragments) and remark-validate-links over TREE, a copy
of which they get without its git folder, and prints every line of a document about which the two disagree with CDE.
`--reviewed NAME` compares the differences with `NAME.toml` beside this file, where each has its reason; it fails if one
is missing there or is listed and no longer there. lychee is that of the benchmarks (`make bench` installs it).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache" / "bench"
LINK_RULES = "missing-file,missing-anchor,wrong-case,escapes-root,own-url-missing,own-url-line"
# (path, line): what is said of a link there.
Said = dict[tuple[str, int], str]


def of_cde(tree: Path) -> Said:
    """The broken links by place, by our own check."""
    known = subprocess.run(
        [ROOT / ".venv/bin/cde", "docs", "rules", "--format", "json"], capture_output=True, check=True
    )
    rules = [rule["name"] for rule in json.loads(known.stdout)["items"] if rule["name"] in LINK_RULES.split(",")]
    command = [
        ROOT / ".venv/bin/cde",
        "docs",
        "check",
        tree,
        "--format",
        "json",
        "--select",
        ",".join(rules),
        "--hidden",
    ]
    answer = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return {
        (item["path"], item["line"]): f"{item['rule']}: {item['evidence']}"
        for item in answer["items"]
        if item["path"].endswith((".md", ".markdown", ".mdx"))
    }


def of_lychee(tree: Path) -> Said:
    """The broken links by place, by lychee."""
    command = [CACHE / "venv/bin/lychee", "--offline", "--include-fragments", "--no-progress", "--format", "json"]
    documents = sorted(str(path.relative_to(tree)) for end in ("md", "markdown") for path in tree.rglob(f"*.{end}"))
    run = subprocess.run(
        [*command, "--hidden", "--no-ignore", "--", *documents], cwd=tree, capture_output=True, check=False
    )
    answer = json.loads(run.stdout)
    return {
        (path, error["span"]["line"]): f"{error['status']['text'][:40]}: {error['url']}"
        for path, errors in answer["error_map"].items()
        for error in errors
        if error.get("span")
    }


def of_remark(tree: Path) -> Said:
    """The broken links by place, by remark-validate-links, which is installed at the first call."""
    modules = CACHE / "agreement" / "node_modules"
    if not modules.exists():
        modules.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", modules.parent)
        subprocess.run(["npm", "install", "--no-package-lock", "--silent"], cwd=modules.parent, check=True)
    reporter, plugin = modules / "vfile-reporter-json/index.js", modules / "remark-validate-links/index.js"
    command = [modules / ".bin/remark", ".", "--no-stdout", "--no-config", "--no-ignore", "--report", reporter]
    use = ["--use", f"{plugin}=repository:false"]
    run = subprocess.run([*command, *use], cwd=tree, capture_output=True, text=True, check=False)
    said: Said = {}
    for file in json.loads(run.stderr):
        for message in file["messages"]:
            if message["source"].startswith("remark-validate-links") and message.get("line"):
                said[str(Path(file["path"])), message["line"]] = message["reason"]
    return said


def differences(tree: Path) -> Iterator[tuple[str, str, str, int, str]]:
    """Peer, who says so, path, line and what is said, for every place where the peer and CDE disagree."""
    ours = of_cde(tree)
    for peer, find in (("lychee", of_lychee), ("remark", of_remark)):
        theirs = find(tree)
        print(
            f"{peer}: {len(theirs)} places, CDE: {len(ours)}, both: {len(theirs.keys() & ours.keys())}", file=sys.stderr
        )
        for place in sorted(theirs.keys() - ours.keys()):
            yield peer, "peer only", *place, theirs[place]
        for place in sorted(ours.keys() - theirs.keys()):
            yield peer, "CDE only", *place, ours[place]


def main() -> int:
    """Prints the differences, and tells whether each has been reviewed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--reviewed", metavar="NAME")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tree")
        subprocess.run(["cp", "-r", arguments.tree, copy], check=True)
        subprocess.run(["rm", "-rf", copy / ".git"], check=True)
        found = list(differences(copy))
    reasons = tomllib.loads((HERE / f"{arguments.reviewed}.toml").read_text())["reason"] if arguments.reviewed else []
    counts = [0] * len(reasons)
    unknown = 0
    for peer, who, path, line, said in found:
        for number, reason in enumerate(reasons):
            is_meant = (
                reason["peer"] == peer and reason["who"] == who and re.search(reason["place"], f"{path}:{line} {said}")
            )
            if is_meant:
                counts[number] += 1
                break
        else:
            unknown += 1
            print(f"{peer}\t{who}\t{path}:{line}\t{said}")
    for reason, count in zip(reasons, counts, strict=True):
        if count != reason["count"]:
            unknown += 1
            print(f"{reason['count']} were reviewed, {count} are there: {reason['place']}: {reason['why']}")
    print(f"{len(found)} differences, {unknown} not reviewed", file=sys.stderr)
    return 1 if reasons and unknown else 0


if __name__ == "__main__":
    sys.exit(main())
