"""How far a long operation is, on a terminal only. The library that draws it is imported when an operation is long."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["ProgressLine"]

_DELAY = 0.5
_WORDS = {"walk": "walking", "read": "reading", "check": "checking"}


class ProgressLine:
    """A :class:`~cde_orchestrator.ports.control.Progress` that draws one line after half a second, and removes it."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._started = time.monotonic()
        self._display: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._display is not None:
            self._display.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Draws the line anew."""
        if not self._enabled or time.monotonic() - self._started < _DELAY:
            return
        if self._display is None or self._task is None:
            self._display = _new_display()
            self._task = self._display.add_task("", total=total)
            self._display.start()
        self._display.update(self._task, description=_WORDS.get(stage, stage), completed=done, total=total)
        self._display.refresh()


def _new_display() -> RichProgress:
    from rich.console import Console  # noqa: PLC0415 - heavy, and needed for long operations on a terminal only
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn  # noqa: PLC0415

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
    )
