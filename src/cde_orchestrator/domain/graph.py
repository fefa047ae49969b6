"""Who links to whom: documents as nodes, with the way that readers have to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .fields import PATH

__all__ = ["LinkGraphSummary", "LinkNode"]


@dataclass(frozen=True, slots=True)
class LinkNode:
    """A document in the graph.

    ``entry`` documents are where readers start; ``depth`` is the least number of links from one, or ``None`` where no
    way leads there. ``linked_from`` counts the other documents that link here, ``links_to`` names those that it links
    to, by path bytes, each once. ``ref`` is ``path#L1-Lend@hash12``.
    """

    path: str = field(metadata=PATH)
    title: str | None
    entry: bool
    depth: int | None
    linked_from: int
    links_to: tuple[str, ...] = field(metadata=PATH)
    ref: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class LinkGraphSummary:
    """The graph in numbers.

    ``edges`` are pairs of documents of which the first links to the second; ``orphans`` are no entries and no other
    document links to them; to ``unreachable`` ones no way leads from an entry.
    """

    documents: int
    edges: int
    entries: int
    orphans: int
    unreachable: int
