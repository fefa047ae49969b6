"""Reading a configuration: which program it belongs to, and in what format it is."""

from __future__ import annotations

from typing import Literal, cast

from ......domain.documents import Json
from ....filesystem.tree import PythonTree
from ..builder import Builder
from . import docusaurus, hugo, jekyll, mdbook, mkdocs, sidebars, sphinx
from .text import read_text
from .told import Problem, Told

__all__ = ["read"]

_FORMATS = {b"toml": "toml", b"json": "json", b"yml": "yaml", b"yaml": "yaml"}
_DATA = frozenset(("mkdocs", "mdbook", "hugo", "hugo-config", "jekyll"))


def read(tree: PythonTree, builder: Builder, path: bytes) -> tuple[Told, str] | None:
    """The configuration at ``path`` and the hash of its content.

    ``None`` for a program whose configuration is not read, and for one that is not in scope. Raises :class:`Problem`.
    """
    name = path.rpartition(b"/")[2]
    kind = _FORMATS.get(name.rpartition(b".")[2]) if b"." in name else None
    is_read = builder.name in {"docusaurus", "sphinx"} or (builder.name in _DATA and kind is not None)
    index = tree.find(path) if is_read else None
    if index is None:
        return None
    text, digest = read_text(tree, index)
    if builder.name == "docusaurus":
        return docusaurus.told(text, lambda other: sidebars.read(tree, path, other)), digest
    if builder.name == "sphinx":
        return sphinx.told(text), digest
    value = _mapping(text, cast("Literal['yaml', 'toml', 'json']", kind))
    if builder.name == "mkdocs":
        return mkdocs.told(value, text, toml=kind == "toml"), digest
    if builder.name == "mdbook":
        return mdbook.told(value), digest
    return (jekyll if builder.name == "jekyll" else hugo).told(value), digest


def _mapping(text: str, kind: Literal["yaml", "toml", "json"]) -> dict[str, Json]:
    """What the file is, if it is a mapping; an empty file is an empty one."""
    from ...frontmatter import parse_file  # noqa: PLC0415 - its parsers take long to import, and few trees need them
    from ...frontmatter.block import BlockError  # noqa: PLC0415

    try:
        value = parse_file(text, kind)
    except BlockError as error:
        raise Problem(error.message, error.line + 1, error.column) from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Problem("the file is not a mapping", 1)
    return value
