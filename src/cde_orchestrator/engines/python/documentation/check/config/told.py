"""What a configuration can tell of its site, and why it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ......domain.documents import Json
from ......domain.options import SlugFlavour

__all__ = ["Files", "Folder", "Instance", "Lists", "Problem", "Sidebars", "Summary", "Told", "path_of_url", "text_at"]


class Problem(Exception):  # noqa: N818 - it is caught and turned into a diagnostic, not an error of a call
    """Why a configuration could not be used; ``line`` and ``column`` count from 1, where they are known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that ``key`` names; ``path`` is as written, from the folder of the configuration."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Files:
    """The files that a navigation lists.

    ``entries`` are paths as written, from the folder of the content, with their lines; ``excluded`` are lists of
    patterns of files that need not be listed; ``sure`` tells whether nothing else makes files when the site is built.
    """

    entries: list[tuple[str, int]]
    excluded: list[str]
    sure: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """The links of ``SUMMARY.md`` in the folder of the content."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What a file of sidebars lists: ids of documents, and folders as a whole (an empty one is all of them)."""

    ids: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Instance:
    """A folder of documents and the lists of what its sidebars show; ``None`` where they cannot be told."""

    path: str
    lists: Lists | None


@dataclass(frozen=True, slots=True)
class Sidebars:
    """The sets of documents of a site."""

    instances: list[Instance]


@dataclass(slots=True)
class Told:
    """What a configuration tells of its site.

    ``content`` are the folders of its documents and ``served`` those served at the root of the site; without any, the
    usual ones hold. ``base_url`` is the path at which the site is served, without slashes at its ends. ``slugs`` is how
    anchors are made, and whether nothing makes others. ``navigation`` is ``None`` where the program makes it or it
    cannot be told. ``links_items`` tells whether brackets may name an item of a program's interface, which a plugin
    links; ``hooks`` whether programs of its own rewrite the pages.
    """

    content: list[Folder] = field(default_factory=list)
    served: list[Folder] = field(default_factory=list)
    base_url: str = ""
    slugs: tuple[SlugFlavour, bool] | None = None
    navigation: Files | Summary | Sidebars | None = None
    links_items: bool = False
    hooks: bool = False


def text_at(value: Json, *keys: str) -> str | None:
    """The text that ``keys`` lead to, if it is not empty."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) and value else None


def path_of_url(url: str | None) -> str:
    """The path of an address, without slashes at its ends: ``https://host/a/b/`` is ``a/b``."""
    if url is None:
        return ""
    _, scheme, rest = url.partition("://")
    return (rest.partition("/")[2] if scheme else url).strip("/")
