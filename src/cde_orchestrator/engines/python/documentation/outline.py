"""The sections of one document with their lines and words. The twin of the Rust core's ``outline`` module."""

from __future__ import annotations

import os

from ....domain.documents import OutlineSection, OutlineSummary
from ....domain.envelope import EngineInfo, Result
from ....domain.options import ScanOptions
from ..filesystem.decode import Decoded
from ..filesystem.text import read_text
from .document import Identity, format_of_path, read_document

__all__ = ["outline_document"]


def outline_document(path: str, options: ScanOptions, engine: EngineInfo) -> Result[OutlineSection]:
    """The sections of the document at ``path``, in order. Schema ``cde.docs.outline/1``.

    The format is told by the file's name, as the scan does; a file of any other name is read as Markdown. Raises what
    :func:`~...filesystem.read.read_text` does, and ``LimitExceededError`` for a document that is too large, nests too
    deeply or costs too much.
    """
    raw = os.fsencode(path)
    answer = read_text(path, options.max_document_bytes, engine)
    file = answer.items[0]
    identity = Identity(raw, format_of_path(raw) or "markdown", file.size, file.hash)
    decoded = Decoded(file.text, file.encoding, file.bom, file.line_ending, file.invalid_bytes)
    parsed, excess = read_document(identity, decoded, options)
    if excess is not None:
        raise excess.error(options.max_nesting, path, "simplify the document")
    items = tuple(
        OutlineSection(
            level=heading.level,
            text=heading.text,
            slug=heading.slug,
            line=heading.line,
            end_line=heading.end_line,
            words=words,
            ref=parsed.reference(heading.line, heading.end_line),
        )
        for heading, words in zip(parsed.body.headings, parsed.body.section_words, strict=True)
    )
    diagnostic = parsed.diagnostic
    return Result(
        schema="cde.docs.outline/1",
        engine=engine,
        root=answer.root,
        snapshot=answer.snapshot,
        completeness=answer.completeness,
        summary=OutlineSummary(parsed.title, len(items), parsed.line_count, parsed.body.extract.words),
        items=items,
        diagnostics=() if diagnostic is None else (diagnostic,),
    )
