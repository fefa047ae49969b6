"""Every setting: one table from which the options of the command line, the checks of the configuration file and the
reference pages are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...domain.configuration import SettingValue
from ...domain.options import CheckOptions, FileFilter, ScanOptions, TreeOptions

__all__ = ["SETTINGS", "Kind", "Setting"]

Kind = Literal["flag", "number", "size", "duration", "choice", "text", "names", "patterns", "table", "pairs"]

_TREE, _FILTER, _SCAN, _RULES = TreeOptions(), FileFilter(), ScanOptions(), CheckOptions()
_SEVERITIES = ("error", "warning", "hint", "never")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    ``key`` is its place in the file (``section.name``), ``option`` its form on the command line as click declares it
    (``--on/--off`` for a flag), ``aliases`` further flags that stand for a value. ``names``, ``patterns`` and
    ``pairs`` are lists; the first may be written with commas on the command line, the others not, since a glob can hold
    commas. A ``size`` is kept in bytes, a ``duration`` in seconds. A ``table`` is kept as texts of key, ``separator``
    and value, in which form the command line has it; its values are one of the ``choices``, or else lists.
    """

    key: str
    kind: Kind
    default: SettingValue
    doc: str
    option: str
    short: str | None = None
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    environment: str | None = None
    aliases: tuple[tuple[str, str, str], ...] = ()
    separator: str = ""

    @property
    def is_list(self) -> bool:
        """Whether the value is a list."""
        return self.kind in ("names", "patterns", "table", "pairs")


_COMMON = (
    Setting(
        "engine",
        "choice",
        "auto",
        "Engine that does the work; auto takes the Rust core where it can be used.",
        "--engine",
        choices=("auto", "rust", "python"),
        environment="CDE_ENGINE",
    ),
    Setting(
        "threads",
        "number",
        0,
        "Threads that the Rust core may use; 0 means one a processor.",
        "--threads",
        metavar="N",
        most=512,
        environment="CDE_THREADS",
    ),
    Setting(
        "format",
        "choice",
        "text",
        "Form of the answer on standard output.",
        "--format",
        choices=("text", "json", "jsonl"),
    ),
    Setting(
        "color",
        "choice",
        "auto",
        "When to colour text; auto means on a terminal.",
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        aliases=(("--no-color", "never", "Same as --color never."),),
    ),
    Setting("quiet", "flag", False, "Print the answer only: no progress, no notes.", "--quiet/--no-quiet", short="-q"),
    Setting(
        "verbose",
        "flag",
        False,
        "Print more: skipped files by name, and the trace of an internal error.",
        "--verbose/--no-verbose",
        short="-v",
    ),
)

_FILES = (
    Setting("files.hidden", "flag", _TREE.hidden, "Include names that begin with a dot.", "--hidden/--no-hidden"),
    Setting(
        "files.ignore",
        "flag",
        _TREE.ignore,
        "Honour .gitignore, git's exclude files, .ignore and .cdeignore.",
        "--ignore-files/--no-ignore",
    ),
    Setting(
        "files.vendored",
        "flag",
        _TREE.vendored,
        "Analyse vendored, generated and minified files too.",
        "--vendored/--no-vendored",
    ),
    Setting(
        "files.follow", "flag", _TREE.follow, "Follow links to directories inside of the root.", "--follow/--no-follow"
    ),
    Setting(
        "files.max_depth",
        "number",
        _TREE.max_depth,
        "Descend at most N levels; 1 means the root's own entries.",
        "--max-depth",
        metavar="N",
        least=1,
    ),
    Setting(
        "files.glob",
        "patterns",
        _FILTER.globs,
        "Only files that match the glob; may be given several times.",
        "--glob",
        short="-g",
        metavar="GLOB",
    ),
    Setting(
        "files.exclude",
        "patterns",
        _FILTER.excludes,
        "No file that matches the glob; may be given several times.",
        "--exclude",
        short="-E",
        metavar="GLOB",
    ),
    Setting(
        "files.type",
        "names",
        _FILTER.types,
        "Only these languages, by name or extension, with commas between.",
        "--type",
        short="-t",
        metavar="TYPE",
    ),
    Setting(
        "files.min_size",
        "size",
        _FILTER.min_size,
        "Only files of at least this size: 10k, 2M, 1.5Gi.",
        "--min-size",
        metavar="SIZE",
    ),
    Setting(
        "files.max_size", "size", _FILTER.max_size, "Only files of at most this size.", "--max-size", metavar="SIZE"
    ),
    Setting(
        "files.changed_within",
        "duration",
        None,
        "Only files changed this long ago or less: 30m, 2d, 1w.",
        "--changed-within",
        metavar="DURATION",
    ),
    Setting("files.hash", "flag", _FILTER.hash, "Read the files and give their SHA-256.", "--hash/--no-hash"),
    Setting(
        "files.null",
        "flag",
        False,
        "End each path with a NUL byte instead of a line feed, and write it as it is.",
        "--null/--no-null",
        short="-0",
    ),
    Setting("files.regex", "flag", False, "NAME is a regular expression, searched in the path.", "--regex/--no-regex"),
)

_DOCS = (
    Setting(
        "docs.detail",
        "choice",
        _SCAN.detail,
        "How much to tell of each document.",
        "--detail",
        choices=("names", "summary", "full"),
    ),
    Setting(
        "docs.slug_flavour",
        "choice",
        _SCAN.slug_flavour,
        "How headings become anchors.",
        "--slug-flavour",
        choices=("github", "gitlab", "mkdocs", "docusaurus", "hugo", "mdbook"),
    ),
    Setting(
        "docs.site_root",
        "text",
        _RULES.site_root,
        "Folder that a link beginning with / starts from.",
        "--site-root",
        metavar="FOLDER",
    ),
    Setting(
        "docs.site",
        "text",
        _RULES.site,
        "Program that builds the site, none, or auto: told by its configuration.",
        "--site",
        metavar="KIND",
    ),
    Setting(
        "docs.required_metadata",
        "names",
        _SCAN.required_metadata,
        "Front matter keys that each document should have; a check demands them if they are given.",
        "--required-metadata",
        metavar="KEY",
    ),
    Setting(
        "docs.review_keys",
        "names",
        _RULES.review_keys,
        "Front matter keys that hold the day until which a document has been reviewed.",
        "--review-keys",
        metavar="KEY",
    ),
    Setting(
        "docs.today",
        "text",
        _RULES.today,
        "Day that reviews are compared with, YYYY-MM-DD; by default the current one in UTC.",
        "--today",
        metavar="DAY",
    ),
    Setting(
        "docs.max_document_bytes",
        "size",
        _SCAN.max_document_bytes,
        "Larger documents are listed and not parsed.",
        "--max-document-bytes",
        metavar="SIZE",
        least=1,
    ),
    Setting(
        "docs.max_nesting",
        "number",
        _SCAN.max_nesting,
        "Documents nested deeper are listed and not parsed.",
        "--max-nesting",
        metavar="N",
        least=1,
    ),
    Setting(
        "docs.select",
        "names",
        _RULES.select,
        "Only these rules or groups, with commas between.",
        "--select",
        metavar="RULE",
    ),
    Setting(
        "docs.ignore",
        "names",
        _RULES.ignore,
        "Not these rules or groups, with commas between.",
        "--ignore",
        metavar="RULE",
    ),
    Setting(
        "docs.schemas",
        "pairs",
        (),
        "JSON Schema for the front matter of documents, or for data files, by glob; may be given several times.",
        "--schema",
        metavar="GLOB=FILE",
    ),
    Setting(
        "docs.per_path_ignore",
        "table",
        (),
        "Not these rules or groups in documents that match the glob; may be given several times.",
        "--per-path-ignore",
        metavar="GLOB:RULE",
        separator=":",
    ),
    Setting(
        "docs.severity",
        "table",
        (),
        "Severity of a rule or group: error, warning, hint or off; may be given several times.",
        "--severity",
        metavar="RULE=LEVEL",
        choices=("error", "warning", "hint", "off"),
        separator="=",
    ),
    Setting(
        "docs.entries",
        "patterns",
        (),
        "Where readers start; by default the READMEs and indexes of the root and of docs, and SUMMARY.md.",
        "--entry",
        metavar="PATH",
    ),
    Setting(
        "docs.baseline",
        "text",
        None,
        "Leave out the findings that this file lists.",
        "--baseline",
        metavar="FILE",
    ),
    Setting(
        "docs.changed_since",
        "text",
        None,
        "Only findings on lines that changed between this commit of git and the files.",
        "--changed-since",
        metavar="REF",
    ),
    Setting(
        "docs.fail_on",
        "choice",
        "error",
        "Least severity of a finding that makes the exit code 1.",
        "--fail-on",
        choices=_SEVERITIES,
    ),
)

_OTHERS = (
    Setting(
        "audit.fail_on",
        "choice",
        "error",
        "Least severity of a finding that makes the exit code 1.",
        "--fail-on",
        choices=_SEVERITIES,
    ),
    Setting(
        "audit.limit",
        "number",
        50,
        "Findings that the text report shows, worst first; 0 means all.",
        "--limit",
        metavar="N",
    ),
    Setting(
        "verify.sample",
        "number",
        200,
        "Files on which operations on one file are compared; 0 means all.",
        "--sample",
        metavar="N",
    ),
)

SETTINGS: dict[str, Setting] = {setting.key: setting for setting in (*_COMMON, *_FILES, *_DOCS, *_OTHERS)}
