"""Who links to whom: the documents as nodes, their links to one another as edges, and the way from the entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .....domain.envelope import Result
from .....domain.graph import LinkGraphSummary, LinkNode
from .....domain.options import GraphOptions
from .....errors import InvalidArgumentError
from .....ports.control import CancelToken
from .....ports.documentation import Scan
from ...control import check_cancelled
from ...filesystem.tree import PythonTree
from .edges import depths_of, is_entry, led_to
from .formats import is_judged
from .index import TreeIndex
from .resolve import Resolver
from .run import full_documents, site_root_of, unparsed
from .site import Sites
from .target import parent

__all__ = ["link_graph"]

_SCHEMA = "cde.docs.graph/1"


def link_graph(
    tree: PythonTree, scan: Scan, options: GraphOptions, cancel: CancelToken | None = None
) -> Result[LinkNode]:
    """The documents of a scan of full detail, by path bytes, with their links to one another.

    A link counts if it leads to a scanned document, also where its spelling is broken but leaves no doubt, or to a
    folder that has an index. Images, footnotes and a document's links to itself do not count.

    Raises ``InvalidArgumentError`` for a scan of less detail, an entry that is no document, or a site root that is no
    folder of the tree; ``OperationCancelledError``. Linear in the number of links.
    """
    documents = full_documents(scan)
    index = TreeIndex(tree, documents, unparsed(scan))
    resolver = Resolver(index, site_root_of(index, options.site_root))
    entries = _entries(index, options.entries)
    sites = Sites(tree, index, options.site, own_slugs=True)
    edges = []
    for number in range(len(documents)):
        check_cancelled(cancel)
        edges.append(_targets(index, sites, resolver, number))
    depths = depths_of(edges, entries)
    linked_from = Counter(target for targets in edges for target in targets)
    nodes = tuple(
        LinkNode(
            path=document.path,
            title=document.title,
            entry=number in entries,
            depth=depths[number],
            linked_from=linked_from[number],
            links_to=tuple(documents[target].path for target in edges[number]),
            ref=document.ref,
        )
        for number, document in enumerate(documents)
    )
    return Result(
        schema=_SCHEMA,
        engine=scan.engine,
        root=scan.root,
        snapshot=scan.snapshot,
        completeness=scan.completeness,
        summary=LinkGraphSummary(
            documents=len(nodes),
            edges=sum(map(len, edges)),
            entries=len(entries),
            orphans=sum(not node.entry and not node.linked_from for node in nodes),
            unreachable=depths.count(None),
        ),
        items=nodes,
        diagnostics=tuple(scan.diagnostics),
    )


def _targets(index: TreeIndex, sites: Sites, resolver: Resolver, number: int) -> list[int]:
    """The other documents that the document ``number`` links to, sorted, each once."""
    path = index.document_paths[number]
    folder, site, syntax = parent(path), sites.of(path), index.documents[number].format
    targets = set()
    for link in index.documents[number].links:
        if link.image or not is_judged(syntax, link):
            continue
        target = led_to(index, resolver.resolve_link(folder, site, syntax, link))
        if target is not None and target != number:
            targets.add(target)
    return sorted(targets)


def _entries(index: TreeIndex, chosen: Sequence[str]) -> set[int]:
    """The documents that readers start from."""
    if not chosen:
        return {number for number, path in enumerate(index.document_paths) if is_entry(path)}
    entries = set()
    for path in chosen:
        found = index.find(path.encode("utf-8", "surrogateescape"))
        if found is None or found.document is None:
            raise InvalidArgumentError(
                "the entry is no scanned document",
                path=path,
                hint="give it as the scan lists it, relative to the root",
            )
        entries.add(found.document)
    return entries
