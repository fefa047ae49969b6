"""Every setting: one table from which the options of the command line, the checks of the configuration file and the
reference pages are made.
"""

from __future__ import annotations

from ...domain.options import FileFilter, TreeOptions
from .code_settings import CODE
from .docs_settings import DOCS
from .setting import SEVERITIES, Kind, Setting

__all__ = ["SETTINGS", "Kind", "Setting"]

_TREE, _FILTER = TreeOptions(), FileFilter()


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

_OTHERS = (
    Setting(
        "audit.fail_on",
        "choice",
        "error",
        "Least severity of a finding that makes the exit code 1.",
        "--fail-on",
        choices=SEVERITIES,
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

SETTINGS: dict[str, Setting] = {setting.key: setting for setting in (*_COMMON, *_FILES, *DOCS, *CODE, *_OTHERS)}
