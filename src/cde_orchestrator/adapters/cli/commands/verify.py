"""``cde verify``: both engines, the same tree, compared byte for byte."""

from __future__ import annotations

import click

from ....domain.options import SymbolOptions
from ....domain.verification import VerificationSummary
from ....use_cases.verify_engines import VerifyEnginesUseCase
from ...report.verify import verify_text
from ..command import CHECK_KEYS, SCAN_KEYS, TREE_KEYS, Call, command

__all__ = ["verify"]


@command(
    "verify",
    arguments=[click.Argument(["path"], default=".")],
    options=[
        ("What is compared", ("verify.sample",)),
        ("What is checked", CHECK_KEYS),
        ("How documents are read", SCAN_KEYS),
        ("How code is read", ("code.max_code_bytes",)),
        ("Which files are in scope", TREE_KEYS),
    ],
    examples=[
        ("cde verify", "every operation on this tree, on both engines"),
        ("cde verify --sample 0", "reading and outlining every file, not only 200"),
    ],
)
def verify(call: Call, path: str) -> int:
    """Run every operation on PATH with both engines and compare the answers byte for byte, without the engine's name.

    The exit code is 1 if an answer differs, and 2 if the Rust engine cannot be used.
    """
    with call.progress() as progress:
        answer = VerifyEnginesUseCase().execute(
            path,
            tree=call.tree(),
            options=call.scan(),
            rules=call.rules(),
            symbols=SymbolOptions(max_code_bytes=call.settings.number("code.max_code_bytes")),
            sample=call.settings.number("verify.sample"),
            progress=progress,
        )
    call.write(answer, lambda style: verify_text(style, answer))
    call.note_gaps(answer)
    call.note_footer("compared")
    return 1 if isinstance(answer.summary, VerificationSummary) and answer.summary.differing else 0
