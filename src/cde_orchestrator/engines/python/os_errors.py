"""What the operating system reported, in the words that both engines use (the twin of ``CoreError::from_io``)."""

from __future__ import annotations

import errno

from ...errors import CdeError, IoError, NotADirectoryPathError, PathNotFoundError, PermissionDeniedError

__all__ = ["error_from_os", "os_failure_message"]


def error_from_os(error: OSError, path: str) -> CdeError:
    """The error to raise for ``error`` about ``path`` (as the caller gave it)."""
    number = error.errno or 0
    if number == errno.ENOENT:
        return PathNotFoundError(
            "no such file or directory",
            path=path,
            hint="check the spelling; a relative path starts at the current directory",
        )
    if number in (errno.EACCES, errno.EPERM):
        return PermissionDeniedError("permission denied", path=path, hint="check the permissions of the path")
    if number == errno.ENOTDIR:
        return NotADirectoryPathError("not a directory", path=path)
    return IoError(f"the operating system failed (errno {number})", path=path)


def os_failure_message(error: OSError) -> str:
    """The sentence of :func:`error_from_os` without the path, for a diagnostic."""
    return error_from_os(error, "").message
