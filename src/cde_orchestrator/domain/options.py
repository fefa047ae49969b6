"""What a caller may ask for: frozen options with sensible defaults, shared by both engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "CheckOptions",
    "DetailLevel",
    "FileFilter",
    "GraphOptions",
    "MetricsOptions",
    "ScanOptions",
    "SlugFlavour",
    "SymbolOptions",
    "TreeOptions",
]

DetailLevel = Literal["names", "summary", "full"]
SlugFlavour = Literal["github", "gitlab", "mkdocs", "docusaurus", "hugo", "mdbook"]


@dataclass(frozen=True, slots=True)
class TreeOptions:
    """Which files are in scope.

    ``hidden`` includes names that begin with a dot; ``ignore`` honours ignore files (``.gitignore``, git's exclude
    files, ``.ignore``, ``.cdeignore``); ``vendored`` keeps vendored and generated files for analysis; ``follow``
    follows links to directories inside the root; ``max_depth`` 1 means the root's own entries (``None``: no limit).
    """

    hidden: bool = False
    ignore: bool = True
    vendored: bool = False
    follow: bool = False
    max_depth: int | None = None


@dataclass(frozen=True, slots=True)
class FileFilter:
    """Which files of the tree are answered.

    ``globs`` keeps files that match any, ``excludes`` drops files that match any; a glob without ``/`` matches the
    file name at every depth, one with ``/`` the whole path; ``types`` are names or extensions of languages
    (``md``, ``python``). Sizes are in bytes; ``changed_after_ns`` in nanoseconds since 1970. ``name`` is what
    ``find`` looks for, by ``name_kind``: a glob or a regular expression in dialect "CDE regex 1" searched in the path.
    """

    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    min_size: int | None = None
    max_size: int | None = None
    changed_after_ns: int | None = None
    name: str | None = None
    name_kind: Literal["glob", "regex"] = "glob"
    details: bool = True
    hash: bool = False


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How documents are read.

    A document larger than ``max_document_bytes`` or nested deeper than ``max_nesting`` block containers is listed
    with a diagnostic and not parsed. ``required_metadata`` are the front matter keys whose absence is reported.
    """

    detail: DetailLevel = "full"
    slug_flavour: SlugFlavour = "github"
    required_metadata: tuple[str, ...] = ("title", "description")
    max_document_bytes: int = 4 * 1024 * 1024
    max_nesting: int = 64


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How documents are judged.

    ``select`` and ``ignore`` name rules or groups; ``site_root`` is what ``/x`` means. ``per_path`` holds globs, each
    with the rules or groups that are left out in the documents that match. ``severity`` holds rules or groups, each
    with ``error``, ``warning``, ``hint`` or ``off``; what is said of a rule goes before what is said of its group.

    ``required_metadata`` are front matter keys that each document must have, ``review_keys`` those that hold the day
    until which it has been reviewed, and ``today`` (``YYYY-MM-DD``) is the day of reference; without it, which an
    engine never knows by itself, no review is due. ``schemas`` are pairs of a glob and the path of the JSON Schema that
    these files must fit; they are applied above the engines.

    ``site`` is the only program whose sites are looked for, or ``none``; ``auto`` looks for any. With ``scanned_slugs``
    anchors are judged as the scan made them also in a site that makes them in another way.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    site_root: str | None = None
    per_path: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    required_metadata: tuple[str, ...] = ()
    review_keys: tuple[str, ...] = ("review_by", "review-by", "next_review")
    today: str | None = None
    schemas: tuple[tuple[str, str], ...] = ()
    site: str | None = None
    scanned_slugs: bool = False


@dataclass(frozen=True, slots=True)
class GraphOptions:
    """How documents are connected.

    ``entries`` are the paths of the documents that readers start from; without any these are the READMEs and indexes of
    the root and of its folder ``docs`` (``doc``, ``documentation``), and each ``SUMMARY.md``. ``site_root`` is what
    ``/x`` means, ``site`` as for :class:`CheckOptions`.
    """

    entries: tuple[str, ...] = ()
    site_root: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class SymbolOptions:
    """Which definitions are answered.

    ``kinds`` keeps those of any of these kinds, ``exported`` those that their file offers to others; ``types`` are
    names or extensions of languages (``py``, ``python``), of which one must be the file's. A file larger than
    ``max_code_bytes`` is named in a diagnostic and not analysed.
    """

    kinds: tuple[str, ...] = ()
    exported: bool = False
    types: tuple[str, ...] = ()
    max_code_bytes: int = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class MetricsOptions:
    """Which files are measured: as for :class:`SymbolOptions`."""

    types: tuple[str, ...] = ()
    max_code_bytes: int = 4 * 1024 * 1024
