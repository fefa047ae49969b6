#!/usr/bin/env python3
"""Writes ``docs/reference`` from the code: the commands, settings, functions, rules and JSON Schemas.

With ``--check`` it writes nothing and tells, by its exit code, whether the pages are up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reference import api, cli, configuration, rules, schemas

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"


def pages() -> dict[Path, str]:
    """The text of every generated page."""
    texts = {
        "cli.md": cli.page(),
        "configuration.md": configuration.page(),
        "api.md": api.page(),
        **rules.pages(),
        **{f"schemas/{name}": text for name, text in schemas.files().items()},
    }
    return {FOLDER / name: text for name, text in texts.items()}


def stale() -> list[Path]:
    """Pages whose text is not the generated one, and schemas and rules that nothing generates any more."""
    wanted = pages()
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    generated = [*(FOLDER / "schemas").glob("*.json"), *(FOLDER / "rules").glob("*.md")]
    orphans = [path for path in generated if path not in wanted]
    return sorted([*changed, *orphans])


def main() -> int:
    """Writes or checks the pages."""
    outdated = stale()
    if "--check" in sys.argv[1:]:
        for path in outdated:
            print(f"out of date: {path.relative_to(ROOT)}; run tools/generate_reference.py")
        return int(bool(outdated))
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for path in stale():
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
