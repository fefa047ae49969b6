"""The rules of group ``structure`` about how readers find a document: links to it, and its site's navigation."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from .....domain.documents import Document
from .....domain.envelope import Severity
from .....domain.findings import Finding, Rule
from ...digest import hash12
from ...filesystem.tree import PythonTree
from .content import unchanged_content
from .edges import depths_of, is_entry
from .index import TreeIndex
from .listing import Listing
from .nearest import Budget, nearest
from .origin import shown
from .report import Report
from .rules import ChosenRules
from .site import Site, Sites
from .structure import is_part
from .target import parent

__all__ = ["RULES", "Readers", "check_navigation"]

RULES = frozenset(("orphan", "missing-from-navigation", "broken-navigation"))
"""The rules of this module."""

# Documents that people and programs find by their names.
_KNOWN_STEMS = frozenset(
    b"404 agents authors changelog changes claude code_of_conduct code-of-conduct codeowners contributing contributors "
    b"copying copyright gemini governance history license licence maintainers news notice readme release "
    b"releases releasing security skill summary support thirdpartynotices todo".split()
)
# Folders whose documents nobody is led to one by one.
_KNOWN_FOLDERS = frozenset(
    b"_posts __tests__ archive blog examples fixtures issue_template news posts pull_request_template test testdata "
    b"tests".split()
)
_DATED = re.compile(rb"[0-9]{4}-.{4}", re.DOTALL)
# A line that may take in the text of another file, and what separates names in it.
_DIRECTIVE = re.compile(
    rb"^[ \t>:.]*(?:--8<--|\{\{#|\{%|\{\{<|\{!|include::|\[!INCLUDE|```\{include\}|\{include\})[^\n]*"
    # In MDX, where the line ends in a string; in a text these are words.
    rb"|^[ \t>:.]*(?:import|export|from|\} from) (?:[^\n]*['\";])?(?=[ \t\r\f]*$)",
    re.MULTILINE,
)
_INDENT = re.compile(rb"[ \t>:.]*")
_SEPARATOR = re.compile(rb"[ \t\r/\\\"'}:\[;]")


@dataclass(frozen=True, slots=True)
class Readers:
    """What the rules need to know of all documents; ``edges`` are the other documents that each one links to."""

    tree: PythonTree
    index: TreeIndex
    sites: Sites
    edges: Sequence[Collection[int]]


def check_navigation(readers: Readers, chosen: ChosenRules) -> list[Finding]:
    """Reports documents that nothing leads to, and entries of a navigation that lead to nothing."""
    index = readers.index
    paths = index.document_paths
    entries = {number for number, path in enumerate(paths) if is_entry(path)}
    linked = {target for targets in readers.edges for target in targets}
    depths = depths_of(readers.edges, entries)
    reached = Counter(parent(paths[number]) for number, depth in enumerate(depths) if depth)
    unlisted: list[tuple[int, Site, Listing]] = []
    orphans: list[int] = []
    for number, path in enumerate(paths):
        if number in entries or index.documents[number].format not in {"markdown", "mdx"} or _is_known(path):
            continue
        site = readers.sites.of(path)
        if site is not None and (site.digest is None or site.is_content(path)):
            # Where the navigation is made by the program or lists the document, readers find it.
            if site.listing is not None and site.listing.misses(path) and "missing-from-navigation" in chosen.names:
                unlisted.append((number, site, site.listing))
        elif number not in linked and "orphan" in chosen.names:
            orphans.append(number)
    # A folder is a set that people link by hand where readers reach most of it.
    left_out = Counter(parent(paths[number]) for number in orphans)
    orphans = [number for number in orphans if reached[parent(paths[number])] > left_out[parent(paths[number])]]
    mentioned = _mentioned(readers) if unlisted or orphans else frozenset()
    findings: list[Finding] = []
    for number, site, listing in unlisted:
        if paths[number].rpartition(b"/")[2] not in mentioned:
            config = shown(site.config or b"")
            verb = "does" if listing.name == "nav" else "do"
            message = f"{listing.name} of '{config}' {verb} not list the document"
            if listing.name == "SUMMARY.md":
                message = "SUMMARY.md does not list the document, so the book does not have it"
            severity: Severity | None = "hint" if number in linked else None
            findings += _on_document(index.documents[number], chosen, "missing-from-navigation", message, severity)
    for number in orphans:
        if paths[number].rpartition(b"/")[2] not in mentioned:
            message = "no other document links here, though most others in its folder are linked"
            findings += _on_document(index.documents[number], chosen, "orphan", message, None)
    for site in readers.sites.all():
        # A configuration has no comments of ours, but a path.
        rule = chosen.at(os.fsdecode(site.config or b"")).get("broken-navigation")
        if rule is not None:
            findings += _broken_entries(index, site, rule)
    return findings


def _on_document(
    document: Document, chosen: ChosenRules, rule: str, message: str, severity: Severity | None
) -> list[Finding]:
    report = Report(document, chosen.at(document.path))
    report.add(rule, 1, 1, message, "", severity=severity)
    return report.sorted()


def _is_known(path: bytes) -> bool:
    """Whether the document at ``path`` is found by its name or is none of its own."""
    parts = path.split(b"/")
    stem = parts[-1].lower().partition(b".")[0]
    if stem in _KNOWN_STEMS or _DATED.match(stem) or is_part(path):
        return True
    return any(part.startswith(b".") or part.lower() in _KNOWN_FOLDERS for part in parts)


def _mentioned(readers: Readers) -> Collection[bytes]:
    """The names of files on lines that may take in the text of another file."""
    names: set[bytes] = set()
    for document in readers.index.documents:
        content = unchanged_content(readers.tree, document)
        for line in _DIRECTIVE.findall(content or b""):
            indent = _INDENT.match(line)
            text = line[indent.end() :] if indent is not None else line
            names.update(name for name in _SEPARATOR.split(text) if b"." in name)
    return names


def _broken_entries(index: TreeIndex, site: Site, rule: Rule) -> Iterator[Finding]:
    """The entries of the site's configuration that lead to nothing."""
    root = site.content[0]
    if site.listing is None or site.config is None or site.digest is None or index.find(root) is None:
        return
    budget = Budget()
    config = site.config.decode("utf-8", "surrogateescape")
    base = root + b"/" if root else b""
    for entry in site.listing.entries:
        if index.find(entry.path) is not None or index.probe(entry.path) != "missing" or index.ignored(entry.path):
            continue
        folder, slash, name = entry.path.rpartition(b"/")
        meant = index.only_file_named(name)
        if meant is None:
            near = nearest(name, index.names_in(folder), budget)
            meant = None if near is None else folder + slash + near
        suggestion = None
        if meant is not None and meant.startswith(base):
            suggestion = meant[len(base) :].decode("utf-8", "replace")
        yield Finding(
            rule=rule.name,
            severity=rule.severity if site.listing.sure else "hint",
            path=config,
            line=entry.line,
            column=1,
            end_line=entry.line,
            message=f"the navigation leads to no file '{shown(entry.path)}'",
            evidence=entry.written,
            suggestion=suggestion,
            fix=None,
            ref=f"{config}#L{entry.line}-L{entry.line}@{hash12(site.digest)}",
        )
