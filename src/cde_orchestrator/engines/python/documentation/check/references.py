"""The rules of group ``links`` about references and their definitions."""

from __future__ import annotations

import re

from .....domain.documents import Document
from ...filesystem.tree import PythonTree
from .content import unchanged_content
from .nearest import Budget, nearest
from .origin import as_written, shown
from .report import Report
from .site import Site
from .spare_lines import SpareLines

__all__ = ["check_definitions", "check_references"]

# Brackets around such text are notation (a grammar, a message, code) and not a reference.
_NOTATION = re.compile(r"[*,\\<>|=(){}\[\]]|\.\.\.|…|::")


def check_references(document: Document, site: Site | None, report: Report, budget: Budget) -> None:
    """Reports references without a definition; the suggestion is the nearest label that has one.

    In a document without any definition the brackets are as likely notation, and a label in backticks may be an item
    that a program links; there it is a hint. Where a plugin of the ``site`` links items of a program's interface by
    their names, or a program of its own rewrites the pages, nothing can be told.

    In reStructuredText such a reference is an error of the program, unless it has targets from elsewhere: Sphinx puts
    some below every document, and a document that takes in another has those of the other.
    """
    if (
        site is not None
        and (site.links_items or site.hooks)
        and site.is_content(document.path.encode("utf-8", "surrogateescape"))
    ):
        return
    if not document.undefined_references:
        return
    is_rst = document.format == "restructuredtext"
    is_sphinx = site is not None and site.builder.name == "sphinx"
    if is_rst and (is_sphinx or any(link.kind == "wiki" for link in document.links)):
        return
    labels = [
        definition.label.encode("utf-8", "surrogatepass")
        for definition in document.definitions
        if definition.kind == "link"
    ]
    for reference in document.undefined_references:
        if _NOTATION.search(reference.label):
            continue
        label = reference.label.encode("utf-8", "surrogatepass")
        near = nearest(label, labels, budget)
        report.add(
            "undefined-reference",
            reference.line,
            reference.column,
            f"no definition of '{shown(label)}'",
            f"`{reference.text}`_" if is_rst else f"[{reference.text}][{reference.label}]",
            suggestion=None if near is None else near.decode("utf-8", "surrogatepass"),
            severity="hint" if not is_rst and (not labels or "`" in reference.label) else None,
        )


def check_definitions(tree: PythonTree, document: Document, report: Report) -> None:
    """Reports definitions that no reference uses, and those that an earlier one overrides."""
    spare: SpareLines | None = None
    is_rst = document.format == "restructuredtext"
    first: dict[tuple[str, str], str] = {}
    for definition in document.definitions:
        target = as_written(definition.target, definition.fragment)
        mark = "^" if definition.kind == "footnote" else ""
        name = f"[{mark}{definition.label}]:"
        if is_rst:
            name = f".. [{definition.label}]" if mark else f".. _{definition.label}:"
        evidence = name + (f" {target}" if target else "")
        key = (definition.kind, definition.label)
        if definition.duplicate:
            if definition.kind == "footnote" or first.get(key) != target:
                if spare is None and not is_rst and report.wants("duplicate-definition"):
                    spare = SpareLines(unchanged_content(tree, document))
                fix = None if spare is None else spare.fix(definition, target)
                message = "the label is defined before"
                report.add("duplicate-definition", definition.line, 1, message, evidence, fix=fix)
            continue
        # A citation may be referred to from another document.
        if not definition.used and not _is_comment(definition.label, target) and not (is_rst and mark):
            report.add("unused-definition", definition.line, 1, "no reference uses the definition", evidence)
        first[key] = target


def _is_comment(label: str, target: str) -> bool:
    """Whether a definition is the usual way to hide a remark: ``[//]: # (remark)``, ``[comment]: <>``."""
    return label.startswith("//") or target == "#" or (not target and label in {"comment", "_"})
