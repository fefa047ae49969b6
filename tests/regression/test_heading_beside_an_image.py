"""GitHub makes a heading's slug of its text as rendered: the blank between text and badge becomes a hyphen."""

from __future__ import annotations

import pytest

from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("# Hello ![b](x.png)", "hello-"),
        ("# Hello [![b](x.png)](y) ![c](x.png)", "hello--"),
        ("# ![b](x.png) Hello", "-hello"),
        ("Hello ![b](x.png)\n===", "hello-"),
        ("# Hello ##", "hello"),
    ],
)
def test_slug(engines: Engines, make_tree: TreeMaker, heading: str, slug: str) -> None:
    text = f"{heading}\n\n[a](#hello) [b](#{slug})\n"
    tree = engines.filesystem.open_tree(str(make_tree({"a.md": text, "x.png": "", "y": ""})), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    (document,) = scan.items
    assert document.headings[0].slug == slug  # type: ignore[union-attr]
    assert list(engines.documentation.check(tree, scan, CheckOptions(select=("links",))).items) == []
