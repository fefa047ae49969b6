"""What docutils finds in a reStructuredText document, in the form in which our records are compared with it.

Roles and directives of Sphinx are unknown to docutils; here they are stand-ins that show a role's text and parse a
directive's content, as our scanner does. Files are not included and nothing is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from docutils.core import publish_doctree  # type: ignore[import-untyped]
from docutils.parsers.rst import Directive, directives, roles  # type: ignore[import-untyped]

from cde_orchestrator.engines.python.documentation.markup.rst.directives import CODE, OPAQUE
from cde_orchestrator.engines.python.documentation.markup.rst.phrases import shown_target, titled

__all__ = ["Facts", "facts_of_docutils", "facts_of_record"]

_SPACE = re.compile(r"\s+")
_BY_NUMBER = re.compile(r":(?:PEP|RFC|pep|rfc|pep-reference|rfc-reference):")
_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "_disable_config": True,
    "syntax_highlight": "none",
    "smart_quotes": False,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared: headings as level and text, the ids of each, and what references lead to."""

    headings: tuple[tuple[int, str], ...]
    ids: tuple[frozenset[str], ...]
    external: frozenset[str]
    internal: frozenset[str]
    images: frozenset[str]


class _AnyOptions(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        return directives.unchanged


class _AnyDirective(Directive):
    """A directive of which only the content matters."""

    has_content = True
    optional_arguments = 100
    final_argument_whitespace = True
    option_spec = _AnyOptions({"class": directives.unchanged})

    def run(self) -> list[nodes.Node]:
        if self.name.lower() in OPAQUE or self.name.lower() in CODE or self.name in {"toctree", "include"}:
            return []
        container = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, container)
        return [container]


def _any_role(  # noqa: PLR0917 - docutils calls it so
    name: str, rawtext: str, text: str, lineno: int, inliner: Any, options: Any = None, content: Any = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    title, target = titled(text) or ("", text)
    return [nodes.inline(rawtext, nodes.unescape(title or shown_target(target)))], []


def _install() -> None:
    known_directive, known_role = directives.directive, roles.role

    def directive(name: str, language: Any, document: Any) -> Any:
        found, messages = known_directive(name, language, document)
        return (found, messages) if found is not None else (_AnyDirective, [])

    def role(name: str, language: Any, line: int, reporter: Any) -> Any:
        found, messages = known_role(name, language, line, reporter)
        return (found, messages) if found is not None else (_any_role, [])

    directives.directive, roles.role = directive, role  # type: ignore[assignment]


_install()


def facts_of_docutils(text: str) -> Facts:
    """What docutils finds."""
    document = publish_doctree(text, settings_overrides=_SETTINGS)
    headings, ids = [], []
    for section in document.findall(nodes.section):
        level, parent = 1, section.parent
        while not isinstance(parent, nodes.document):
            level, parent = level + isinstance(parent, nodes.section), parent.parent
        title = section.next_node(nodes.title)
        headings.append((level, _SPACE.sub(" ", title.astext()).strip()))
        ids.append(frozenset(section["ids"]))
    # The roles `:pep:` and `:rfc:` make addresses of numbers; our records have none for them.
    # A table of contents is made of the sections and stands nowhere in the text.
    listed = {id(one) for topic in document.findall(nodes.topic) for one in topic.findall(nodes.reference)}
    references = [
        one
        for one in document.findall(nodes.reference)
        if not _BY_NUMBER.match(one.rawsource) and (one.rawsource or id(one) not in listed)
    ]
    addresses = {one.get("refuri") or f"#{one['refid']}" for one in references if "refuri" in one or "refid" in one}
    return Facts(
        headings=tuple(headings),
        ids=tuple(ids),
        external=frozenset(address for address in addresses if not address.startswith("#")),
        internal=frozenset(address.removeprefix("#") for address in addresses if address.startswith("#")),
        images=frozenset(one["uri"] for one in document.findall(nodes.image)),
    )


def facts_of_record(record: dict[str, Any]) -> Facts:
    """What our record says."""
    external, internal = set(), set()
    for link in record["links"]:
        if link["image"] or link["kind"] in {"wiki", "footnote"}:
            continue
        target, fragment = link["target"], link["fragment"]
        if target:
            external.add(target if fragment is None else f"{target}#{fragment}")
        elif fragment:
            internal.add(fragment)
    return Facts(
        headings=tuple((heading["level"], heading["text"]) for heading in record["headings"]),
        ids=tuple(
            frozenset(one for one in (heading["slug"], heading["explicit_id"]) if one is not None)
            for heading in record["headings"]
        ),
        external=frozenset(external),
        internal=frozenset(internal),
        images=frozenset(link["target"] for link in record["links"] if link["image"]),
    )
