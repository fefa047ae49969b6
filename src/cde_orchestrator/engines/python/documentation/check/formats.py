"""What a document's format means for its judgement."""

from __future__ import annotations

from .....domain.documents import Link
from .site import Site

__all__ = ["MARKDOWN", "is_judged", "may_be_elsewhere", "title_mark"]

# The formats for which all rules are made.
MARKDOWN = frozenset(("markdown", "mdx"))


def title_mark(syntax: str, level: int) -> str:
    """What a title of ``level`` begins with."""
    return ("=" if syntax == "asciidoc" else "#") * level


def is_judged(syntax: str, link: Link) -> bool:
    """Whether the link is judged at all: no footnote, and nothing that has another rule for its absence."""
    if link.kind == "footnote":
        return False
    if link.kind == "wiki":
        return syntax == "restructuredtext"
    if syntax == "restructuredtext" and link.kind in {"reference", "collapsed"}:
        return bool(link.target) or link.fragment is not None
    return True


def may_be_elsewhere(syntax: str, site: Site | None, link: Link) -> bool:
    """Whether a target that is not found may be known to the program that builds the site.

    In reStructuredText it may hold a substitution or a pattern, and Sphinx leaves an address as it is, relative to the
    page. In AsciiDoc it may hold an attribute, images are looked for in a folder that another document sets, and Antora
    starts at the folder of its module.
    """
    builder = None if site is None else site.builder.name
    if syntax == "restructuredtext":
        is_address = not link.image and link.kind != "wiki"
        return any(sign in link.target for sign in "|*{") or (is_address and builder == "sphinx")
    return syntax == "asciidoc" and (link.image or "{" in link.target or builder == "antora")
