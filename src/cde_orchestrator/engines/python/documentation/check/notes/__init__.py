"""What only the text of a document tells.

A check judges records, and a record does not keep the text. So what some rules need of it is noted while the scan has
the text at hand: places with all that is to be said about them, and sketches of sections to compare. Which rules are
asked for, and which lines turn them off, is decided later with everything else.

The twin of the core's ``notes`` module.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ......domain.documents import Document
from ..report import Remark
from .characters import note_characters
from .data_blocks import note_data_blocks
from .page import Page
from .reversed import note_reversed_links
from .sections import note_sections
from .sketch import Sketch, own_text, shared_permille, sketches
from .tables import note_tables
from .unfinished import note_unfinished

__all__ = ["NOTHING", "Notes", "Sketch", "own_text", "shared_permille", "take_notes", "text_rules"]

_RULES = frozenset(
    (
        "bidirectional-character",
        "empty-section",
        "invalid-data-block",
        "invisible-character",
        "near-duplicate-section",
        "ragged-table",
        "reversed-link",
        "todo-left",
    )
)


@dataclass(frozen=True, slots=True)
class Notes:
    """What was noted of one document for ``rules``."""

    rules: frozenset[str]
    remarks: tuple[Remark, ...] = ()
    sketches: tuple[Sketch, ...] = ()


NOTHING = Notes(frozenset())


def text_rules(chosen: Collection[str]) -> frozenset[str]:
    """Those of the chosen rules that need the text."""
    return _RULES.intersection(chosen)


def take_notes(document: Document, text: str, rules: frozenset[str]) -> Notes:
    """Reads ``text``, which is that of ``document``. Linear in the text."""
    if document.format not in {"markdown", "mdx"}:
        return Notes(rules)
    page = Page(document, text)
    remarks: list[Remark] = []
    if not rules.isdisjoint(("bidirectional-character", "invisible-character")):
        note_characters(page, remarks)
    if "ragged-table" in rules:
        note_tables(page, remarks)
    if "empty-section" in rules:
        note_sections(page, remarks)
    if "invalid-data-block" in rules:
        note_data_blocks(page, remarks)
    if "reversed-link" in rules:
        note_reversed_links(page, remarks)
    if "todo-left" in rules:
        note_unfinished(page, remarks)
    found = sketches(page) if "near-duplicate-section" in rules else ()
    return Notes(rules, tuple(remarks), tuple(found))
