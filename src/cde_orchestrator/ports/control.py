"""Steering a long operation from outside: cancelling it, and seeing how far it is."""

from __future__ import annotations

from typing import Protocol

__all__ = ["CancelToken", "Progress"]


class CancelToken(Protocol):
    """A flag that any thread may set; the operation that holds it ends with ``OperationCancelledError``."""

    def cancel(self) -> None:
        """Asks the operation to stop; it does within 100 ms."""

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""


class Progress(Protocol):
    """Told about ten times a second, on the calling thread, how far an operation is."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """``stage`` is ``walk``, ``read`` or ``check``; ``total`` is ``None`` while it is unknown."""
