"""What can go wrong, said the same way by both engines.

Every error carries a stable ``code``, the ``path`` it concerns (or ``None``) and a ``hint`` that tells what to do
next. Each class also inherits the matching builtin, so that ``except FileNotFoundError`` works as usual.

One bad file is not an error: work over many files returns results plus diagnostics. An exception means that the
call itself cannot be answered.

>>> try:
...     raise PathNotFoundError("no such path", path="docs", hint="check the spelling")
... except FileNotFoundError as error:
...     print(error.code, error.path, error.hint)
path-not-found docs check the spelling
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "CdeError",
    "EngineUnavailableError",
    "IntegrityError",
    "InternalError",
    "InvalidArgumentError",
    "InvalidConfigError",
    "IoError",
    "LimitExceededError",
    "NetworkError",
    "NotADirectoryPathError",
    "OperationCancelledError",
    "OperationTimeoutError",
    "PathNotFoundError",
    "PermissionDeniedError",
    "error_from_code",
]


class CdeError(Exception):
    """Base of every error that CDE raises on purpose.

    ``message`` is one sentence without a trailing full stop, ``path`` is in the form of :func:`os.fsdecode`.
    """

    code: ClassVar[str] = "internal"

    def __init__(self, message: str, *, path: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.path is None else f"{self.message}: {self.path}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.path, self.hint))


def _rebuild(cls: type[CdeError], message: str, path: str | None, hint: str | None) -> CdeError:
    return cls(message, path=path, hint=hint)


class InvalidArgumentError(CdeError, ValueError):
    """An argument is outside of what the operation accepts."""

    code = "invalid-argument"


class InvalidConfigError(CdeError, ValueError):
    """The configuration cannot be read, has an unknown key or a value of the wrong type."""

    code = "invalid-config"


class PathNotFoundError(CdeError, FileNotFoundError):
    """The path that the call is about does not exist."""

    code = "path-not-found"


class NotADirectoryPathError(CdeError, NotADirectoryError):
    """The operation needs a directory and was given something else."""

    code = "not-a-directory"


class PermissionDeniedError(CdeError, PermissionError):
    """The operating system refused access to the path that the call is about."""

    code = "permission-denied"


class IoError(CdeError, OSError):
    """Any other failure of the operating system to read or write."""

    code = "io"


class LimitExceededError(CdeError):
    """The input is larger or deeper than the configured limit."""

    code = "limit-exceeded"


class OperationCancelledError(CdeError):
    """The caller's cancel token was set while the operation ran."""

    code = "cancelled"


class OperationTimeoutError(CdeError, TimeoutError):
    """The operation did not end in the time given."""

    code = "timeout"


class NetworkError(CdeError, ConnectionError):
    """A network operation failed."""

    code = "network"


class IntegrityError(CdeError):
    """Content does not match its digest, manifest or signature."""

    code = "integrity"


class EngineUnavailableError(CdeError, RuntimeError):
    """The engine that was asked for by name cannot be used here."""

    code = "engine-unavailable"


class InternalError(CdeError, RuntimeError):
    """A defect of CDE itself; please report it."""

    code = "internal"


_CLASSES: dict[str, type[CdeError]] = {
    cls.code: cls
    for cls in (
        InvalidArgumentError,
        InvalidConfigError,
        PathNotFoundError,
        NotADirectoryPathError,
        PermissionDeniedError,
        IoError,
        LimitExceededError,
        OperationCancelledError,
        OperationTimeoutError,
        NetworkError,
        IntegrityError,
        EngineUnavailableError,
        InternalError,
    )
}


def error_from_code(code: str, message: str, path: str | None, hint: str | None) -> CdeError:
    """Builds the error that ``code`` names; an unknown code becomes :class:`InternalError`."""
    return _CLASSES.get(code, InternalError)(message, path=path, hint=hint)
