"""SHA-256 digests: of files, and of a set of files (the snapshot id). The twin of ``cde_core::digest``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from ...errors import InvalidArgumentError

__all__ = ["hash12", "parse_digest", "sha256_text", "snapshot_id"]

_DIGEST = re.compile("sha256:[0-9a-fA-F]{64}")


def sha256_text(data: bytes) -> str:
    """The digest of ``data`` as ``sha256:`` and 64 hex digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def parse_digest(text: str) -> str:
    """A digest that was written elsewhere, in lower case. Raises :class:`InvalidArgumentError` for any other text."""
    if _DIGEST.fullmatch(text) is None:
        raise InvalidArgumentError(
            f"'{text}' is not a SHA-256 digest", hint="a digest is written as sha256: and 64 hex digits"
        )
    return text.lower()


def hash12(digest: str) -> str:
    """The first 12 hex digits of a written digest, as receipts cite them."""
    return digest.removeprefix("sha256:")[:12]


def snapshot_id(files: Iterable[tuple[bytes, int, str]]) -> str:
    """The id of a set of files given as path, size and written digest, sorted by path.

    SHA-256 over, for each file, the path's length as 8 bytes little endian, the path, the size as 8 bytes little endian
    and the 32 bytes of the content's SHA-256. O(number of files).
    """
    hasher = hashlib.sha256()
    for path, size, digest in files:
        hasher.update(len(path).to_bytes(8, "little"))
        hasher.update(path)
        hasher.update(size.to_bytes(8, "little"))
        hasher.update(bytes.fromhex(digest.removeprefix("sha256:")))
    return f"sha256:{hasher.hexdigest()}"
