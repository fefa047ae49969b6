"""Reading and replacing one file below a folder, never through a link, and never by halves.

The new content is written beside the file, forced to the disk and renamed over it: whatever happens in between, the
file has its old content or its new one (``rename`` is atomic by POSIX.1-2017).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex

__all__ = ["Refusal", "read_below", "replace_below"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Refusal(Exception):  # noqa: N818 - no error of the program: the reason why a file is left alone
    """Why a file is left alone."""


def read_below(root: str, path: str, limit: int | None = None) -> bytes:
    """The bytes of the regular file ``path``, which has at most ``limit``. Raises :class:`Refusal`."""
    with _parent(root, path) as (folder, name):
        return _read(folder, name, limit)


def replace_below(root: str, path: str, expected: bytes, content: bytes) -> None:
    """Replaces the file ``path``, which must still hold ``expected``, with its permissions. Raises :class:`Refusal`."""
    with _parent(root, path) as (folder, name):
        mode = stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
        beside = f".cde-{token_hex(8)}.tmp"
        try:
            _write(folder, beside, content, mode)
            if _read(folder, name) != expected:
                raise Refusal("the file changed while it was mended")
            os.rename(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside, dir_fd=folder)
            raise
        os.fsync(folder)


def _read(folder: int, name: str, limit: int | None = None) -> bytes:
    descriptor = os.open(name, _FILE, dir_fd=folder)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refusal("it is no regular file any more")
        content = file.read(-1 if limit is None else limit + 1)
        if limit is not None and len(content) > limit:
            raise Refusal(f"it has more than {limit} bytes")
        return content


def _write(folder: int, name: str, content: bytes, mode: int) -> None:
    with open(os.open(name, _NEW, 0o600, dir_fd=folder), "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())


@contextmanager
def _parent(root: str, path: str) -> Iterator[tuple[int, str]]:
    """A descriptor of the folder that holds ``path``, reached without following a link below ``root``."""
    *folders, name = path.split("/")
    if not name or {"", ".", ".."} & {*folders, name}:
        raise Refusal("its path does not stay below the root")
    descriptor = -1
    try:
        descriptor = os.open(root, _FOLDER)
        for folder in folders:
            inner = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor, name
    except OSError as error:
        raise Refusal(os.strerror(error.errno or 0).lower()) from None
    finally:
        if descriptor >= 0:
            os.close(descriptor)
