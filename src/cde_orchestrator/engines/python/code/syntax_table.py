"""How languages are written. Generated from ``data/code.toml`` by ``tools/generate_code_tables.py``; do not edit."""

from __future__ import annotations

from .syntax import Syntax

__all__ = ["SYNTAXES"]

# fmt: off
SYNTAXES = {
    "Python": Syntax(
        "Python",
        ("#",),
        frozenset((b"b", b"br", b"f", b"fr", b"r", b"rb", b"rf", b"rt", b"t", b"tr", b"u",)),
    ),
}
# fmt: on
