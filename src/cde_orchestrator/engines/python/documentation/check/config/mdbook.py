"""``book.toml``."""

from __future__ import annotations

from ......domain.documents import Json
from .told import Folder, Summary, Told, path_of_url, text_at

__all__ = ["told"]


def told(value: Json) -> Told:
    """What ``value`` tells. Versions of mdBook differ in a few anchors, so others count as well."""
    return Told(
        content=[Folder("src", text_at(value, "book", "src") or "src")],
        base_url=path_of_url(text_at(value, "output", "html", "site-url")),
        slugs=("mdbook", False),
        navigation=Summary(),
    )
