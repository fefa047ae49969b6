"""The paths that git tracks, from ``.git/index``. The twin of ``cde_filesystem::git_index``.

Reads gitformat-index(5) in versions 2, 3 and 4 (which shares prefixes between names), for SHA-1 and SHA-256, with the
extensions that change which paths there are: ``link`` (a split index, whose base lies in another file) and ``sdir`` (a
sparse index, whose entry ``folder/`` stands for all below). Only paths and whether one is a submodule are kept.

>>> GitIndex([b"a.txt", b"lib/x.c"], frozenset()).has_below(b"lib")
True
"""

from __future__ import annotations

import os
import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from .files import read_regular_file

__all__ = ["GitIndex", "GitIndexError", "parse_index", "read_index_bytes"]

MAX_INDEX_BYTES = 1 << 30

# All names together are at most this many times as long as the file.
EXPANSION = 16

_HEADER = Struct(">4sII")
_U32 = Struct(">I")
_U64 = Struct(">Q")
_U16 = Struct(">H")
_MODE_OFFSET = 24
_STAT_BYTES = 40
_GITLINK = 0o160000
_FORMAT_MASK = 0o170000
_EXTENDED = 0x4000
_NAME_MASK = 0x0FFF


class GitIndexError(Exception):
    """The index does not follow its format; the argument says where."""


@dataclass(frozen=True, slots=True)
class GitIndex:
    """Tracked paths, sorted by bytes and without repetition, relative to the top of the repository."""

    paths: list[bytes]
    submodules: frozenset[bytes]

    def tracks(self, path: bytes) -> bool:
        """Whether there is an entry ``path``."""
        index = bisect_left(self.paths, path)
        return index < len(self.paths) and self.paths[index] == path

    def has_below(self, folder: bytes) -> bool:
        """Whether there is an entry below ``folder`` (without trailing slash)."""
        prefix = folder + b"/"
        index = bisect_left(self.paths, prefix)
        return index < len(self.paths) and self.paths[index].startswith(prefix)


def read_index_bytes(git_dir: bytes) -> bytes | None:
    """The content of the index, or ``None`` in a repository without one. Raises :class:`OSError`."""
    try:
        return read_regular_file(os.path.join(git_dir, b"index"), MAX_INDEX_BYTES)
    except FileNotFoundError:
        return None


def parse_index(content: bytes, git_dir: bytes, *, hash_bytes: int) -> GitIndex:
    """The tracked paths. Raises :class:`GitIndexError`. O(size of the index)."""
    entries, base = _parse(content, hash_bytes)
    if base is not None:
        entries = _merge(entries, base, git_dir, hash_bytes)
    submodules = frozenset(path for path, is_submodule in entries if is_submodule)
    return GitIndex(list(dict.fromkeys(path for path, _ in entries)), submodules)


_Entries = list[tuple[bytes, bool]]


def _parse(content: bytes, hash_bytes: int) -> tuple[_Entries, bytes | None]:
    """The entries as stored, and the ``link`` extension."""
    try:
        magic, version, count = _HEADER.unpack_from(content)
        if magic != b"DIRC" or version not in (2, 3, 4):
            raise GitIndexError("it does not begin as an index of version 2, 3 or 4")
        entries, position = _entries(content, version, count, hash_bytes)
        return entries, _link_extension(content, position, hash_bytes)
    except (struct.error, IndexError):
        raise GitIndexError("it is cut off") from None


def _entries(content: bytes, version: int, count: int, hash_bytes: int) -> tuple[_Entries, int]:
    entries: _Entries = []
    fixed = _STAT_BYTES + hash_bytes + 2
    position = _HEADER.size
    end = len(content) - hash_bytes
    name = before = b""
    total = 0
    mode_at, flags_at = _U32.unpack_from, _U16.unpack_from
    for _ in range(count):
        mode = mode_at(content, position + _MODE_OFFSET)[0]
        flags = flags_at(content, position + fixed - 2)[0]
        start = position + fixed + (2 if flags & _EXTENDED else 0)
        if version == 4:
            drop, start = _varint(content, start)
            if drop > len(name):
                raise GitIndexError("a name takes more from its predecessor than there is")
            stop = content.find(b"\0", start, end)
            name = name[: len(name) - drop] + content[start:stop]
            position = stop + 1
        else:
            length = flags & _NAME_MASK
            stop = start + length if length < _NAME_MASK else content.find(b"\0", start, end)
            name = content[start:stop]
            position += (stop - position + 8) & ~7
        if stop < start or position > end:
            raise GitIndexError("it is cut off")
        if name < before:
            raise GitIndexError("its entries are not sorted")
        before = name
        entries.append((name, mode & _FORMAT_MASK == _GITLINK))
        total += len(name)
        if total > EXPANSION * len(content):
            # Names that each add a byte to the one before would fill the memory from a small file.
            raise GitIndexError("its names are too long")
    return entries, position


def _varint(content: bytes, position: int) -> tuple[int, int]:
    """A number as in the offsets of pack files, and the position behind it."""
    byte = content[position]
    value = byte & 0x7F
    while byte & 0x80:
        position += 1
        byte = content[position]
        value = ((value + 1) << 7) | (byte & 0x7F)
        if value > MAX_INDEX_BYTES:
            raise GitIndexError("a name takes more from its predecessor than there is")
    return value, position + 1


def _link_extension(content: bytes, position: int, hash_bytes: int) -> bytes | None:
    end = len(content) - hash_bytes
    while position + 8 <= end:
        size = _U32.unpack_from(content, position + 4)[0]
        if position + 8 + size > end:
            raise GitIndexError("an extension is cut off")
        if content[position : position + 4] == b"link":
            return content[position + 8 : position + 8 + size]
        position += 8 + size
    return None


def _merge(entries: _Entries, link: bytes, git_dir: bytes, hash_bytes: int) -> _Entries:
    """The entries of a split index: those of its base without the deleted, the replaced, and the added."""
    digest = link[:hash_bytes]
    if len(digest) < hash_bytes:
        raise GitIndexError("it is cut off")
    if not digest.strip(b"\0"):
        return entries
    try:
        content = read_regular_file(os.path.join(git_dir, b"sharedindex." + digest.hex().encode()), MAX_INDEX_BYTES)
    except OSError:
        raise GitIndexError("its base cannot be read") from None
    base, link_of_base = _parse(content, hash_bytes)
    if link_of_base is not None:
        raise GitIndexError("its base is split as well")
    deleted: set[int] = set()
    replaced = 0
    if len(link) > hash_bytes:
        try:
            bits, position = _ewah(link, hash_bytes, len(base))
            deleted = set(bits)
            for place in _ewah(link, position, len(base))[0]:
                name, is_submodule = entries[replaced]
                if name:
                    raise GitIndexError("a replacement has a name")
                base[place] = (base[place][0], is_submodule)
                replaced += 1
        except (struct.error, IndexError):
            raise GitIndexError("it is cut off") from None
    kept = (entry for place, entry in enumerate(base) if place not in deleted)
    return sorted({**dict(kept), **dict(entries[replaced:])}.items())


def _ewah(data: bytes, position: int, limit: int) -> tuple[list[int], int]:
    """The set bits of a compressed bitmap, and the position behind it. A bit at or above ``limit`` is an error."""
    words = _U32.unpack_from(data, position + 4)[0]
    position += 8
    end = position + 8 * words
    bits: list[int] = []
    place = 0
    while position < end:
        marker = _U64.unpack_from(data, position)[0]
        position += 8
        run = 64 * ((marker >> 1) & 0xFFFF_FFFF)
        if marker & 1:
            if place + run > limit + 63:
                raise GitIndexError("a bitmap is longer than the base")
            bits.extend(range(place, place + run))
        place += run
        for _ in range(marker >> 33):
            if position >= end:
                raise GitIndexError("a bitmap is cut off")
            word = _U64.unpack_from(data, position)[0]
            position += 8
            if word and place >= limit:
                raise GitIndexError("a bitmap is longer than the base")
            bits.extend(place + bit for bit in _bits(word))
            place += 64
    if bits and bits[-1] >= limit:
        raise GitIndexError("a bitmap is longer than the base")
    return bits, end + 4


def _bits(word: int) -> Iterator[int]:
    while word:
        low = word & -word
        yield low.bit_length() - 1
        word ^= low
