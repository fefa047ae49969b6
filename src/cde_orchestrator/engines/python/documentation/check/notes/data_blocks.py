"""Blocks of JSON, YAML and TOML that cannot be parsed, so that whoever copies them gets an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ......domain.documents import CodeBlock
from ..origin import shown
from ..report import Remark
from .json_form import is_form
from .page import Page

if TYPE_CHECKING:
    from ...frontmatter import DataFormat

__all__ = ["note_data_blocks"]

_FORMATS: dict[str, DataFormat] = {"json": "json", "yaml": "yaml", "yml": "yaml", "toml": "toml"}
# Signs of a text that is no data by intention: something left out, a placeholder, a template, an included file.
_UNFINISHED = re.compile(
    r"\.\.\.|\u2026|\{\{|\{%|\$\{|\$\(|--8<--|\[!code|<!--|<%|@@|%YAML|<[A-Za-z]"  # as in the core's list
)
_NO_JSON = re.compile(
    r"\A[ \t\r\n]*(?![\[{ \t\r\n])| //|^[ \t]*(?://|/\*|#|\+|\*|\{\w+\}[ \t]*$)", re.MULTILINE | re.ASCII
)
# An alias may refer to an anchor in another block.
_ALIAS = re.compile(r": \*|- \*|\[\*|, \*")
_FORM = frozenset("|/-#")
_EXTENSION = re.compile(r"[A-Za-z][A-Za-z0-9]{0,7}")
_LENIENT = ("tsconfig", "jsconfig", "devcontainer")
_FENCE = re.compile(r"[`~]")
_SPACES = re.compile(r" *")


def note_data_blocks(page: Page, remarks: list[Remark]) -> None:
    """Notes fenced blocks whose language is a data format and whose text is none."""
    for block in page.document.code_blocks:
        data = None if block.language is None else _FORMATS.get(_ascii_lower(block.language))
        if data is None or not block.fenced or not block.closed:
            continue
        content, indent = _content(page, block)
        if content is None or _is_sketchy(data, content) or _is_other(data, block.info):
            continue
        from ...frontmatter import DATA_TITLES, check_data  # noqa: PLC0415 - the list of rules needs no parsers

        problem = check_data(data, content)
        if problem is None:
            continue
        line, column = problem
        # A choice (``"a" | "b"``, ``true/false``), a range or a remark: a form to fill in.
        if data == "json" and column is not None and content.split("\n")[line][column - 1 : column] in _FORM:
            continue
        # A part of a list.
        if data == "json" and check_data(data, f"[{content}]") is None:
            continue
        number = block.line + 1 + min(line, max(block.line_count - 1, 0))
        remarks.append(
            Remark(
                "invalid-data-block",
                number,
                1 if column is None else column + indent,
                f"the block is no valid {DATA_TITLES[data]}",
                shown(page.line(number).strip(" \t").encode()),
                # Programs read much that is nearly YAML.
                severity="hint" if data == "yaml" else None,
            )
        )


def _ascii_lower(text: str) -> str:
    return text.lower() if text.isascii() else text


def _content(page: Page, block: CodeBlock) -> tuple[str | None, int]:
    """The lines of the block without the indentation of its fence, and how much that is.

    ``None`` for a block in a quotation or one that is indented by tabs.
    """
    fence = _FENCE.search(page.line(block.line))
    if fence is None:
        return None, 0
    prefix = fence.string[: fence.start()]
    if ">" in prefix or "\t" in prefix:
        return None, 0
    # Rust counts bytes here: the marker of a list item is ASCII, and anything else is no prefix of a fence.
    indent = len(prefix.encode())
    lines = []
    for number in range(block.line + 1, block.line + block.line_count + 1):
        line = page.line(number)
        leading = _SPACES.match(line, 0, indent)
        spaces = leading.end() if leading else 0
        if spaces < indent and line.startswith("\t", spaces):
            return None, 0
        lines.append(line[spaces:] + "\n")
    return "".join(lines), len(prefix)


def _is_sketchy(data: DataFormat, content: str) -> bool:
    if _UNFINISHED.search(content):
        return True
    if data == "json":
        return is_form(content) or _NO_JSON.search(content) is not None
    return _ALIAS.search(content) is not None if data == "yaml" else _has_alternatives(content)


def _is_other(data: DataFormat, info: str) -> bool:
    """Whether the file that the info string names is in another format for all that its text is shown as.

    By its extension, or since its program forgives remarks and commas.
    """
    title = _title(info)
    if title is None:
        return False
    stem, dot, extension = title.rpartition("/")[2].rpartition(".")
    if not dot:
        return False
    is_lenient = data == "json" and (stem.startswith(_LENIENT) or ".vscode/" in title)
    return is_lenient or (_EXTENSION.fullmatch(extension) is not None and _FORMATS.get(extension.lower()) != data)


def _title(info: str) -> str | None:
    """The name of a file that the info string gives the block."""
    for key in ("title=", "filename=", "file="):
        _, found, rest = info.partition(key)
        end = rest.find(rest[0], 1) if rest.startswith(('"', "'")) else -1
        if found and end > 0:
            return rest[1:end]
    return None


def _has_alternatives(content: str) -> bool:
    """Whether a table or a key of a table is written twice, as in examples of what one can choose from."""
    seen: set[tuple[str, str]] = set()
    table = ""
    for raw in content.split("\n"):
        line = raw.strip(" \t")
        key, equals, _ = line.partition("=")
        if line.startswith("["):
            table = line
            entry = (table, "")
        elif equals:
            entry = (table, key.strip(" \t"))
        else:
            continue
        if entry in seen and not line.startswith("[["):
            return True
        seen.add(entry)
    return False
