"""Bytes to text, and an account of what was done to obtain it. The twin of ``cde_filesystem::decode``.

A byte order mark decides between UTF-8 and both orders of UTF-16; without one the bytes are UTF-8. What is not valid
becomes U+FFFD, one per maximal subpart (Unicode standard, section 3.9, table 3-8), or one per lone surrogate.

:func:`decode_legacy` has one more rule: bytes without a mark that are not valid UTF-8, hold no well-formed multi-byte
sequence (so they are not UTF-8 with damage) and none of the five bytes that windows-1252 leaves undefined, are
windows-1252.

>>> decode(b"caf\\xe9").text
'caf\\ufffd'
>>> decode_legacy(b"caf\\xe9").text
'café'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Decoded", "LineEnding", "Utf8Check", "decode", "decode_legacy", "mark_of"]

LineEnding = Literal["lf", "crlf", "cr", "mixed", "none"]
Mark = Literal["", "utf-8", "utf-16-le", "utf-16-be"]

_MULTI_BYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without a byte order mark, what it was decoded from, and how many bytes were replaced by U+FFFD."""

    text: str
    encoding: str
    bom: bool
    line_ending: LineEnding
    invalid_bytes: int


def mark_of(head: bytes) -> tuple[Mark, int]:
    """What the byte order mark at the start of ``head`` announces, and its length.

    The mark of UTF-32 in little endian order begins like that of UTF-16 and is none.
    """
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8", 3
    if head.startswith(b"\xff\xfe") and not head.startswith(b"\xff\xfe\0\0"):
        return "utf-16-le", 2
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be", 2
    return "", 0


def decode(data: bytes) -> Decoded:
    """Decodes a document: by its byte order mark, else as UTF-8."""
    return _decode_as(data, legacy=False)


def decode_legacy(data: bytes) -> Decoded:
    """Decodes as :func:`decode` does and takes what cannot be UTF-8 for windows-1252, by the rule of this module."""
    return _decode_as(data, legacy=True)


class Utf8Check:
    """Tells, piece by piece, whether bytes are UTF-8 or windows-1252 by the rule of this module."""

    __slots__ = ("_carry", "_invalid", "_multi_byte", "_undefined")

    def __init__(self) -> None:
        self._carry = b""
        self._invalid = self._multi_byte = self._undefined = False

    def feed(self, piece: bytes) -> None:
        """Takes the next piece."""
        data = self._carry + piece if self._carry else piece
        if not self._invalid:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError as error:
                if error.end == len(data) and error.reason == "unexpected end of data":
                    self._multi_byte |= not data[: error.start].isascii()
                    self._carry = data[error.start :]
                    return
                self._invalid = True
            else:
                self._multi_byte |= not data.isascii()
                self._carry = b""
                return
        # Undefined bytes matter only if no sequence is well formed, so they need not be told from continuation bytes.
        self._multi_byte = self._multi_byte or _MULTI_BYTE.search(data) is not None
        self._undefined = self._undefined or _UNDEFINED_1252.search(data) is not None
        self._carry = data[-3:]

    def finish(self) -> str:
        """``utf-8`` or ``windows-1252``, for everything fed."""
        invalid = self._invalid or bool(self._carry)
        undefined = self._undefined or _UNDEFINED_1252.search(self._carry) is not None
        return "windows-1252" if invalid and not self._multi_byte and not undefined else "utf-8"


def _encoding_of(data: bytes) -> str:
    check = Utf8Check()
    check.feed(data)
    return check.finish()


def _decode_as(data: bytes, *, legacy: bool) -> Decoded:
    mark, length = mark_of(data)
    rest = data[length:]
    invalid = 0
    encoding: str = mark or (_encoding_of(rest) if legacy else "utf-8")
    if encoding == "utf-8":
        text, invalid = _utf8(rest)
    elif encoding == "windows-1252":
        text = rest.decode("cp1252")
    else:
        text, invalid = _utf16(rest, encoding)
    return Decoded(text, encoding, bool(mark), _line_ending(text), invalid)


def _utf8(data: bytes) -> tuple[str, int]:
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        kept = len(data.decode("utf-8", "ignore").encode())
        return data.decode("utf-8", "replace"), len(data) - kept


def _utf16(data: bytes, encoding: str) -> tuple[str, int]:
    odd = len(data) % 2
    text = data[: len(data) - odd].decode(encoding, "surrogatepass")
    text, lone = _LONE_SURROGATE.subn("\ufffd", text)
    return text + "\ufffd" * odd, 2 * lone + odd


def _line_ending(text: str) -> LineEnding:
    pairs = text.count("\r\n")
    line_feeds = text.count("\n") - pairs
    returns = text.count("\r") - pairs
    kinds = [name for name, count in (("lf", line_feeds), ("crlf", pairs), ("cr", returns)) if count]
    if not kinds:
        return "none"
    if len(kinds) > 1:
        return "mixed"
    return "lf" if line_feeds else "crlf" if pairs else "cr"
