"""Compares the engines over every document of one or more folders: not part of the suite, for corpora on this machine.

    python tests/differential/markdown_corpus.py FOLDER...

Each document is read as Markdown and as MDX, with its own line endings and with CRLF. Exits with 1 where any record
differs and prints the first differences.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.markdown_examples import parse_on

SUFFIXES = {".md", ".mdx", ".markdown", ".mdown", ".mkd"}
SHOWN = 20


def main(folders: list[str]) -> int:
    """Prints what differs and how many documents were compared."""
    compared = different = 0
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix.lower() not in SUFFIXES or not path.is_file():
                continue
            text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
            for syntax in ("markdown", "mdx"):
                for variant in (text, text.replace("\r\n", "\n").replace("\n", "\r\n")):
                    compared += 1
                    if parse_on("rust", variant, syntax) != parse_on("python", variant, syntax):
                        different += 1
                        if different <= SHOWN:
                            sys.stdout.write(f"differs as {syntax}: {path}\n")
    sys.stdout.write(f"{different} of {compared} records differ\n")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
