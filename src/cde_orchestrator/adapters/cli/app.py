"""The tree of commands. Only names and summaries stand here; the commands are imported when they are called."""

from __future__ import annotations

import click

from ...version import __version__
from .help import LazyGroup
from .options import FORMATS, general_options

__all__ = ["ALL_FORMATS", "app", "code", "docs", "files"]

ALL_FORMATS = (*FORMATS, "sarif", "github", "junit", "dot", "mermaid")


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"cde {__version__}")
        context.exit()


def _group(name: str, text: str, lazy: dict[str, tuple[str, str]], *extra: click.Parameter) -> LazyGroup:
    return LazyGroup(name, help=text, lazy=lazy, params=[*extra, *general_options(ALL_FORMATS)], no_args_is_help=True)


files = _group(
    "files",
    "List, find and count files, and find duplicates.",
    {
        "list": (".commands.files:list_files", "List the files in scope."),
        "find": (".commands.files:find_files", "Find files by glob or regular expression."),
        "tree": (".commands.files:tree", "Count files, bytes and lines by language and folder."),
        "duplicates": (".commands.files:duplicates", "Find files of equal content."),
    },
)

docs = _group(
    "docs",
    "Read and check documentation.",
    {
        "scan": (".commands.docs:scan", "Read every document: titles, headings, links, words."),
        "check": (".commands.docs:check", "Check links, structure, metadata and content."),
        "graph": (".commands.docs:graph", "Show who links to whom, orphans and what no way leads to."),
        "outline": (".commands.docs:outline", "Show the sections of one document."),
        "rules": (".commands.docs:rules", "List the rules that check applies."),
    },
)

code = _group(
    "code",
    "Find what is defined where, and how large and complex it is.",
    {
        "symbols": (".commands.code:symbols", "List classes, functions, constants and what else is defined."),
        "metrics": (".commands.code:metrics", "Count lines of code and measure how complex functions are."),
    },
)

config = _group(
    "config",
    "Show the configuration.",
    {"show": (".commands.config:show", "Show every setting, its value and where it comes from.")},
)

app = _group(
    "cde",
    "Repository answers with receipts: what a repository holds, what its documents say, and what is wrong with them.",
    {
        "audit": (".commands.audit:audit", "Check a whole repository: the main job."),
        "docs": (".app:docs", "Read and check documentation."),
        "files": (".app:files", "List, find and count files, and find duplicates."),
        "code": (".app:code", "Find what is defined where, and how large and complex it is."),
        "verify": (".commands.verify:verify", "Prove that both engines give the same answers on a tree."),
        "doctor": (".commands.doctor:doctor", "Check this installation."),
        "config": (".app:config", "Show the configuration."),
    },
    click.Option(
        ["--version", "-V"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
        help="Show the version and exit.",
    ),
)
