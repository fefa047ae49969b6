#!/usr/bin/env python3
"""Writes what the lexers know of each language, for Rust and for Python, from ``data/code.toml``.

``tools/generate_code_tables.py`` writes it; with ``--check`` it only tells, by its exit code, whether it is up to date.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "data" / "code.toml"
LANGUAGES = ROOT / "data" / "languages.toml"
RUST = ROOT / "crates" / "cde-code" / "src" / "syntax_table.rs"
PYTHON = ROOT / "src" / "cde_orchestrator" / "engines" / "python" / "code" / "syntax_table.py"
KEYS = ("line-comments", "string-prefixes")
NOTE = "How languages are written. Generated from `data/code.toml` by `tools/generate_code_tables.py`; do not edit."


def load() -> dict[str, dict[str, Any]]:
    """The table, whose languages and keys must be known."""
    known = tomllib.loads(LANGUAGES.read_text("utf-8"))["languages"]
    table = tomllib.loads(SOURCE.read_text("utf-8"))
    for language, facts in table.items():
        unknown = set(facts) ^ set(KEYS)
        if language not in known or unknown:
            raise SystemExit(f"{SOURCE}: {language}: no such language, or other keys than {KEYS}: {sorted(unknown)}")
    return table


def texts(values: list[str], prefix: str = "") -> str:
    """String literals that both languages read alike (the table holds no control characters)."""
    return ", ".join(prefix + json.dumps(value) for value in values)


def render() -> dict[Path, str]:
    """The content of every generated file."""
    rust = [f"//! {NOTE}\n", "use crate::syntax::Syntax;\n", "/// By the names of languages."]
    rust += ["#[rustfmt::skip]", "pub(crate) const SYNTAXES: &[Syntax] = &["]
    python = [f'"""{NOTE.replace("`", "``")}"""\n', "from __future__ import annotations\n"]
    python += ["from .syntax import Syntax\n", '__all__ = ["SYNTAXES"]\n', "# fmt: off", "SYNTAXES = {"]
    for language, facts in sorted(load().items()):
        name = json.dumps(language)
        comments, prefixes = facts["line-comments"], facts["string-prefixes"]
        rust.append(f"    Syntax {{\n        language: {name},\n        line_comments: &[{texts(comments)}],")
        rust.append(f"        string_prefixes: &[{texts(prefixes)}],\n    }},")
        python.append(f"    {name}: Syntax(\n        {name},\n        ({texts(comments)},),")
        python.append(f"        frozenset(({texts(prefixes, 'b')},)),\n    ),")
    return {RUST: "\n".join(rust) + "\n];\n", PYTHON: "\n".join(python) + "\n}\n# fmt: on\n"}


def main() -> int:
    """Writes the files, or compares them."""
    stale = [path for path, text in render().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not up to date: run tools/generate_code_tables.py", file=sys.stderr)
        return int(bool(stale))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render()[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
