"""Cancelling, for the Python engine."""

from __future__ import annotations

from ...errors import OperationCancelledError
from ...ports.control import CancelToken

__all__ = ["PythonCancelToken", "check_cancelled"]


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
