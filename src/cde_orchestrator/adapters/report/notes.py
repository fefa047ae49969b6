"""What every text report says about itself: what was skipped and why, what could not be read, how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.envelope import Completeness, Diagnostic, EngineInfo
from .numbers import count, plural, seconds
from .style import Style, safe_path, safe_text

__all__ = ["completeness_text", "diagnostics_text", "footer_text"]

_MOST_DIAGNOSTICS = 10


def completeness_text(style: Style, completeness: Completeness, *, verbose: bool = False) -> Iterator[str]:
    """What was passed over, one line a reason; nothing if the answer is complete and nothing was."""
    if completeness.state != "complete":
        reached = f" (limit reached: {', '.join(completeness.limits)})" if completeness.limits else ""
        yield style.severity("warning")("incomplete") + f": the answer is {completeness.state}{reached}"
    if not completeness.skipped:
        return
    if not verbose:
        parts = (f"{count(entry.count)} {safe_text(entry.reason)}" for entry in completeness.skipped)
        yield style.dim(f"skipped: {', '.join(parts)}")
        return
    yield style.dim("skipped:")
    for entry in completeness.skipped:
        examples = ", ".join(safe_path(path) for path in entry.examples)
        more = f", {style.ellipsis}" if entry.count > len(entry.examples) else ""
        yield style.dim(f"  {count(entry.count)} {safe_text(entry.reason)}: {examples}{more}")


def diagnostics_text(style: Style, diagnostics: Sequence[Diagnostic], *, verbose: bool = False) -> Iterator[str]:
    """Files that could not be read or parsed as asked, the first ten unless ``verbose``."""
    shown = len(diagnostics) if verbose else min(len(diagnostics), _MOST_DIAGNOSTICS)
    for diagnostic in diagnostics[:shown]:
        place = safe_path(diagnostic.path)
        if diagnostic.line is not None:
            place += f":{diagnostic.line}"
            place += f":{diagnostic.column}" if diagnostic.column is not None else ""
        level = style.severity(diagnostic.severity)(diagnostic.severity)
        yield f"{place}: {level}: {safe_text(diagnostic.message)} {style.dim('[' + diagnostic.code + ']')}"
    if shown < len(diagnostics):
        rest = len(diagnostics) - shown
        yield style.dim(f"{style.ellipsis} and {plural(rest, 'diagnostic')} more; --verbose shows all")


def footer_text(style: Style, done: str, duration: float, engine: EngineInfo | None) -> str:
    """What was done, how long it took, and on which engine and why that one."""
    ran = "" if engine is None else f" on the {engine.name} engine {engine.version} ({engine.reason})"
    return style.dim(f"{done} in {seconds(duration)}{ran}")
