"""Links with text and target exchanged: ``(text)[target]``."""

from __future__ import annotations

import re

from ......domain.findings import Fix
from ..origin import shown
from ..report import Remark
from .page import Page

__all__ = ["note_reversed_links"]

# How long a text and a target may be, in bytes.
_LONGEST = 300
_NO_TEXT = re.compile(r"[)\[\]\n\r]")
_NO_TARGET = re.compile(r"[\x00- ()\[<>`]")
_BEGINS = re.compile(r"(?:https://|http://|\./|\.\./|#)(?=.)", re.IGNORECASE | re.ASCII | re.DOTALL)
_ENDS = re.compile(r".(?:\.mdx?|\.html)\Z", re.DOTALL)


def note_reversed_links(page: Page, remarks: list[Remark]) -> None:
    """Notes ``(text)[target]`` where the target reads as an address or a path, and is no label of a definition."""
    text = page.text
    middle = text.find(")[")
    labels = {_ascii_lower(known.label) for known in page.document.definitions} if middle >= 0 else set()
    while middle >= 0:
        start, label = _text_before(text, middle)
        target = _target_behind(text, middle + 2)
        if start >= 0 and target is not None and _reads_as_target(target):
            end = middle + 2 + len(target) + 1
            line, column = page.place(start)
            is_text = text[end : end + 1] in {"(", "[", ":"} or _ascii_lower(target) in labels
            if not (is_text or page.is_code(line, column) or page.is_front_matter(line)):
                remarks.append(_remark(page, start, end, f"[{label}]({target})"))
        middle = text.find(")[", middle + 2)


def _remark(page: Page, start: int, end: int, mended: str) -> Remark:
    line, column = page.place(start)
    message = "text and target are exchanged, so this is no link"
    evidence = shown(page.text[start:end].encode())
    encoding = page.document.encoding
    # Elsewhere a place in the text is none in the file.
    is_exact = encoding.name == "utf-8" and not encoding.invalid_bytes
    fix = Fix(page.byte_offset(start), page.byte_offset(end), mended) if is_exact else None
    return Remark("reversed-link", line, column, message, evidence, suggestion=mended, fix=fix)


def _ascii_lower(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").lower()


def _text_before(text: str, end: int) -> tuple[int, str]:
    """Where the parentheses that close at ``end`` open, and the text in them; -1 where it reads as something else."""
    reach = text[max(end - _LONGEST, 0) : end].encode()[-_LONGEST:].decode("utf-8", "ignore")
    opening = reach.rfind("(")
    label = reach[opening + 1 :]
    if opening < 0 or not label.strip(" \t") or _NO_TEXT.search(label):
        return -1, ""
    start = end - len(label) - 1
    before = text[start - 1 : start] if start else ""
    stands_alone = not before or (before.isascii() and not before.isalnum() and before not in "]_)!\\`")
    return (start, label) if stands_alone else (-1, "")


def _target_behind(text: str, start: int) -> str | None:
    reach = text[start : start + _LONGEST].encode()[:_LONGEST]
    end = reach.find(b"]")
    return None if end < 0 else reach[:end].decode()


def _reads_as_target(target: str) -> bool:
    return not _NO_TARGET.search(target) and (_BEGINS.match(target) is not None or _ENDS.search(target) is not None)
