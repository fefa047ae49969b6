"""Cancelling and progress, for the Python engine."""

from __future__ import annotations

import time

from ...errors import OperationCancelledError
from ...ports.control import CancelToken, Progress

__all__ = ["ProgressReporter", "PythonCancelToken", "check_cancelled"]


class PythonCancelToken:
    """A flag that any thread may set. Reading and writing one attribute is atomic in Python, so it needs no lock."""

    __slots__ = ("_cancelled",)

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        """Asks the operation that holds the token to stop."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._cancelled


def check_cancelled(cancel: CancelToken | None) -> None:
    """Raises :class:`OperationCancelledError` once the token is set; called once per file and per 64 KiB."""
    if cancel is not None and cancel.cancelled:
        raise OperationCancelledError("the operation was cancelled")


class ProgressReporter:
    """Counts the steps of a stage and tells a callback about ten times a second, and at the end."""

    __slots__ = ("_done", "_progress", "_stage", "_told", "_total")

    def __init__(self, progress: Progress | None, stage: str, total: int) -> None:
        self._progress = progress
        self._stage = stage
        self._total = total
        self._done = 0
        self._told = time.monotonic()

    def advance(self) -> None:
        """One step is done."""
        self._done += 1
        if self._progress is None:
            return
        now = time.monotonic()
        if self._done == self._total or now - self._told >= 0.1:
            self._told = now
            self._progress(self._stage, self._done, self._total)
