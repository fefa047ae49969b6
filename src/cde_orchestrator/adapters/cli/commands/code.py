"""``cde code``: definitions."""

from __future__ import annotations

import click

from ....use_cases.find_symbols import FindSymbolsUseCase
from ...report.code import symbols_text
from ..command import SYMBOL_KEYS, TREE_KEYS, Call, command

__all__ = ["symbols"]


@command(
    "symbols",
    arguments=[click.Argument(["path"], default=".")],
    options=[
        ("Which definitions are answered", SYMBOL_KEYS),
        ("How code is read", ("code.max_code_bytes",)),
        ("Which files are in scope", TREE_KEYS),
    ],
    examples=[
        ("cde code symbols src", "what each file below src defines"),
        ("cde code symbols --kind class,function --exported", "what the code offers to others"),
        ("cde code symbols --type py --format jsonl", "one definition a line, for a tool"),
    ],
)
def symbols(call: Call, path: str) -> int:
    """List the definitions in the source files below PATH: classes, functions, methods, fields, constants, types.

    Files are read by scanners, and nothing is run or imported. Languages without a scanner are named among what was
    skipped.
    """
    with call.progress() as progress:
        answer = FindSymbolsUseCase(call.engine).execute(
            path, tree=call.tree(), options=call.symbols(), progress=progress
        )
    call.write(answer, lambda style: symbols_text(style, answer, quiet=call.quiet, verbose=call.verbose))
    return 0
