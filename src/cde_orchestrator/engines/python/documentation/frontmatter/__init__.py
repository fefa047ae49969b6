"""Front matter: the block of metadata at the very start of a document, in YAML, TOML or JSON.

A YAML block begins with a line ``---`` and ends with ``---`` or ``...``; TOML stands between two lines ``+++``; JSON is
an object from the first character on whose first key is in quotes, up to the brace that closes it at the end of a line.
Blanks may follow a fence. A ``---`` that nothing closes is a thematic break, unless at least two lines below it read as
keys: then the block, up to the first blank line, has the error that its fence is missing. Text between two ``---`` is
no front matter where a blank line follows the first and it is no mapping: these are two thematic breaks.

>>> parse_front_matter("---\\ntitle: Yes\\ndate: 2026-11-22\\n---\\n# Text\\n").data
{'title': 'Yes', 'date': '2026-11-22'}
>>> parse_front_matter("---\\na: 1\\nb: [\\n---\\n").error
FrontMatterError(line=3, column=None, message='the YAML cannot be parsed')
>>> parse_front_matter("# Text\\n") is None
True
"""

from __future__ import annotations

from typing import Literal

from .....domain.documents import FrontMatter, FrontMatterError, Json
from .block import MAX_BYTES, Block, BlockError, find_block
from .json_values import check_sequence, parse_json, read_json
from .toml_values import parse_toml
from .values import Duplicates
from .yaml_values import parse_yaml

__all__ = ["DATA_TITLES", "BlockError", "DataFormat", "check_data", "parse_file", "parse_front_matter", "read_data"]

DataFormat = Literal["json", "toml", "yaml"]
DATA_TITLES: dict[DataFormat, str] = {"json": "JSON", "toml": "TOML", "yaml": "YAML"}


def parse_front_matter(text: str) -> FrontMatter | None:
    """The front matter of ``text``, which has no byte order mark, or ``None`` where it has none.

    Linear in the block's length; a block of more than 256 KiB is not parsed. Nothing is raised for a bad block: it has
    an ``error``.
    """
    block = find_block(text)
    if block is None:
        return None
    duplicates = Duplicates(block.first_line)
    data: dict[str, Json] | None = None
    error = None
    if block.error is not None:
        error = FrontMatterError(1, None, block.error)
    elif len(block.content) > MAX_BYTES or len(block.content.encode()) > MAX_BYTES:
        error = FrontMatterError(1, None, f"the front matter is longer than {MAX_BYTES // 1024} KiB")
    else:
        try:
            value = _parse(block, duplicates)
        except BlockError as problem:
            error = FrontMatterError(block.first_line + problem.line, problem.column, problem.message)
        else:
            if isinstance(value, dict):
                data = value
            elif value is not None:
                error = FrontMatterError(block.first_line, None, "the front matter is not a mapping")
        if error is not None and block.format == "yaml" and block.content.lstrip(" \t").startswith(("\n", "\r")):
            return None
    end = len(text[: block.end].encode())
    found = duplicates.found() if error is None else ()
    return FrontMatter(block.format, data, block.line_count, 0, end, error, found)


def parse_file(text: str, kind: Literal["yaml", "toml", "json"]) -> Json:
    """The value of a whole file in one of the three formats, such as the configuration of a site.

    In YAML a tag of no known meaning makes its node ``None``. Raises :class:`BlockError`, whose line counts from 0.
    """
    duplicates = Duplicates(1)
    if kind == "toml":
        return parse_toml(text)
    if kind == "yaml":
        return parse_yaml(_one_document(text), duplicates, opaque_tags=True)
    if not text.startswith("{"):
        raise BlockError("the JSON is no object", 0)
    return parse_json(text.rstrip(" \t\r\n"), duplicates)


def _one_document(text: str) -> str:
    """A file of YAML without the line ``---`` that may begin its only document, and without what follows ``...``."""
    kept = []
    begun = False
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines):
        bare = line.rstrip(" \t")
        if bare == "...":
            break
        if bare == "---" and begun:
            raise BlockError("the YAML holds several documents", number)
        begun = begun or not (not bare or bare.startswith("#"))
        kept.append("" if bare == "---" else line)
    return "\n".join(kept) + "\n"


def _parse(block: Block, duplicates: Duplicates) -> Json:
    if block.format == "yaml":
        return parse_yaml(block.content, duplicates)
    return parse_toml(block.content) if block.format == "toml" else parse_json(block.content, duplicates)


def check_data(data: DataFormat, content: str) -> tuple[int, int | None] | None:
    """Why ``content`` is no data of the format: JSON values one after the other, YAML documents or a TOML table.

    The answer is a line from 0 and a column from 1. Nothing is said about data that is longer than front matter may be,
    or that exceeds another limit.
    """
    if len(content) > MAX_BYTES or len(content.encode()) > MAX_BYTES:
        return None
    if data == "yaml":
        return _check_yaml(content)
    try:
        if data == "json":
            check_sequence(content)
        else:
            parse_toml(content)
    except BlockError as problem:
        return _syntax(problem, 0)
    return None


def read_data(data: DataFormat, content: str) -> Json:
    """What a file of the format holds: one value, which is bounded like front matter. Raises :class:`BlockError`."""
    if len(content) > MAX_BYTES or len(content.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise BlockError(f"the file is longer than {MAX_BYTES // 1024} KiB", 0, None)
    if data == "yaml":
        # What begins and ends a document is no part of it.
        lines = content.split("\n")
        if lines[0].rstrip(" \t\r") == "---":
            lines[0] = ""
        while lines and lines[-1].rstrip(" \t\r") in {"", "..."}:
            lines.pop()
        return parse_yaml("".join(f"{line}\n" for line in lines), Duplicates(0))
    return parse_toml(content) if data == "toml" else read_json(content)


def _check_yaml(content: str) -> tuple[int, int | None] | None:
    lines = [*content.split("\n")[:-1], "---"]
    first = 0
    for number, line in enumerate(lines):
        if line.rstrip(" \t\r") != "---":
            continue
        # What follows front matter is mostly no YAML.
        if first > 1 and content.startswith("---"):
            return None
        try:
            parse_yaml("".join(f"{text}\n" for text in lines[first:number]), Duplicates(0))
        except BlockError as problem:
            found = _syntax(problem, first)
            if found is not None:
                return found
        first = number + 1
    return None


def _syntax(problem: BlockError, first: int) -> tuple[int, int | None] | None:
    return (first + problem.line, problem.column) if problem.message.endswith("cannot be parsed") else None
