"""From places in the Markdown of a notebook to places in its file."""

from __future__ import annotations

from dataclasses import replace

from .....domain.documents import CodeBlock
from ..markdown import Body
from .cells import Notebook

__all__ = ["relocated"]


def relocated(body: Body, notebook: Notebook, line_count: int) -> Body:
    """``body`` with the lines of the file, which has ``line_count``, and with the code cells."""

    def place(line: int) -> int:
        return notebook.place(line)[0]

    last = len(notebook.lines)
    headings = []
    for heading in body.headings:
        line = place(heading.line)
        # The section ends before the line of the next heading that ends it.
        end_line = line_count if heading.end_line >= last else place(heading.end_line + 1) - 1
        headings.append(replace(heading, line=line, end_line=max(end_line, line), start=0, section_end=0))
    found = body.extract
    found.links = [replace(link, line=place(link.line), start=0, end=0) for link in found.links]
    found.definitions = [replace(one, line=place(one.line)) for one in found.definitions]
    found.undefined = [replace(one, line=place(one.line)) for one in found.undefined]
    found.anchors = [replace(one, line=place(one.line)) for one in found.anchors]
    found.inline_code = [replace(one, line=place(one.line)) for one in found.inline_code]
    found.directives = [replace(one, line=place(one.line)) for one in found.directives]
    found.tables = [replace(one, line=place(one.line), end_line=place(one.end_line)) for one in found.tables]
    blocks = []
    for block in found.code_blocks:
        line, cell = notebook.place(block.line)
        blocks.append((cell, replace(block, line=line, start=0, end=0)))
    for number, language in notebook.code:
        cell_record = notebook.cells[number]
        block = CodeBlock(
            language=language or None,
            info="",
            line=cell_record.line,
            line_count=cell_record.line_count,
            fenced=False,
            closed=True,
            start=0,
            end=0,
        )
        blocks.append((number, block))
    blocks.sort(key=lambda numbered: numbered[0])
    found.code_blocks = [block for _, block in blocks]
    return Body(body.source, found, tuple(headings), body.section_words)
