"""Opening what hostile trees hold: never through a link in the last place, never waiting for a writer.

The twin of ``cde_filesystem::open``.
"""

from __future__ import annotations

import errno
import os
import stat

__all__ = ["open_below", "read_descriptor", "read_regular_file"]

_BASE_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY

# The kernel refuses longer paths in one call (PATH_MAX is 4096 with the terminating zero).
_CHUNK_BYTES = 3500


def open_below(root: int, path: bytes, *, directory: bool = False, follow: bool = False) -> int:
    """A descriptor of ``path`` below the folder that ``root`` is a descriptor of.

    A link in the last place is refused unless ``follow``. Works at any depth: a path that is too long for one call is
    walked in parts.
    """
    base = _BASE_FLAGS if follow else _BASE_FLAGS | os.O_NOFOLLOW
    flags = base | os.O_DIRECTORY if directory else base
    folder = root
    try:
        while len(path) > _CHUNK_BYTES and (cut := path.rfind(b"/", 0, _CHUNK_BYTES)) > 0:
            step = os.open(path[:cut], base | os.O_DIRECTORY, dir_fd=folder)
            if folder != root:
                os.close(folder)
            folder, path = step, path[cut + 1 :]
        return os.open(path, flags, dir_fd=folder)
    finally:
        if folder != root:
            os.close(folder)


def read_descriptor(descriptor: int, limit: int) -> bytes:
    """All bytes of the regular file that ``descriptor`` is open for, which is closed.

    Raises :class:`OSError` with ``EINVAL`` for anything but a regular file and ``EFBIG`` above ``limit`` bytes.
    """
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        parts = []
        left = limit + 1
        while left and (part := os.read(descriptor, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        if not left:
            raise OSError(errno.EFBIG, "file too large")
        return b"".join(parts)
    finally:
        os.close(descriptor)


def read_regular_file(path: bytes, limit: int) -> bytes:
    """All bytes of the regular file at ``path``, through links; fails as :func:`read_descriptor` does."""
    return read_descriptor(os.open(path, _BASE_FLAGS), limit)
