"""A comparison of the engines as text."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.envelope import Answer
from ...domain.verification import ComparedOperation, Difference, VerificationSummary
from .numbers import count, plural, size
from .style import Style, safe_path, safe_text
from .table import table

__all__ = ["verify_text"]


def verify_text(style: Style, answer: Answer[ComparedOperation]) -> Iterator[str]:
    """A table of the operations, the first differences, and the verdict."""
    summary = answer.summary
    if not isinstance(summary, VerificationSummary):
        raise TypeError("a verification summary is needed")
    rows = [
        (
            item.operation,
            count(item.calls),
            size(item.bytes),
            "equal" if not item.differing else f"{item.differing} differ",
        )
        for item in answer.items
    ]
    columns = [("Operation", "<"), ("Calls", ">"), ("Compared", ">"), ("Result", "<")]
    yield from table(style, columns, rows, paint={3: lambda text: _verdict(style, text)})  # type: ignore[arg-type]
    for item in answer.items:
        for difference in item.differences:
            yield ""
            yield from _difference(style, item.operation, difference)
    yield ""
    if summary.differing:
        yield (
            style.severity("error")("different") + f": {plural(summary.differing, 'answer')} of {count(summary.calls)}"
        )
    else:
        yield f"{style.green('equal')}: {plural(summary.calls, 'answer')}, {size(summary.bytes)} compared byte for byte"


def _verdict(style: Style, text: str) -> str:
    return style.green(text) if text == "equal" else style.red(text)


def _difference(style: Style, operation: str, difference: Difference) -> Iterator[str]:
    place = f" {safe_path(difference.path)}" if difference.path is not None else ""
    yield f"{style.bold(operation)}{place}  {style.cyan(safe_text(difference.pointer) or '/')}"
    yield f"  rust    {_value(style, difference.rust)}"
    yield f"  python  {_value(style, difference.python)}"


def _value(style: Style, text: str | None) -> str:
    return style.dim("(absent)") if text is None else style.fitted(safe_text(text), 10)
