"""``cde code``: definitions and measures."""

from __future__ import annotations

import click

from ....use_cases.find_symbols import FindSymbolsUseCase
from ....use_cases.measure_code import MeasureCodeUseCase
from ...report.code import symbols_text
from ...report.measures import metrics_text
from ..command import SYMBOL_KEYS, TREE_KEYS, Call, command

__all__ = ["metrics", "symbols"]


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


@command(
    "metrics",
    arguments=[click.Argument(["path"], default=".")],
    options=[
        ("Which files are measured", ("code.types", "code.max_code_bytes")),
        ("What is shown", ("code.top",)),
        ("Which files are in scope", TREE_KEYS),
    ],
    examples=[
        ("cde code metrics src", "how large the code below src is, and its most complex functions"),
        ("cde code metrics --type py --top 5", "the five most complex functions in Python"),
        ("cde code metrics --format jsonl | jq -r 'select(.cognitive > 100).path'", "files that are hard to read"),
    ],
)
def metrics(call: Call, path: str) -> int:
    """Measure the source files below PATH: lines of code, comment and blank, and the complexity of each function.

    Functions are ranked by cognitive, then by cyclomatic complexity; JSON has all of them, by file. Languages without a
    scanner are named among what was skipped.
    """
    with call.progress() as progress:
        answer = MeasureCodeUseCase(call.engine).execute(
            path, tree=call.tree(), options=call.metrics(), progress=progress
        )
    top = call.settings.number("code.top")
    call.write(answer, lambda style: metrics_text(style, answer, top=top, quiet=call.quiet, verbose=call.verbose))
    return 0
