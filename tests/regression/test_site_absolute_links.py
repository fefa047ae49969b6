"""A checker that does not know a site's rules reports thousands of links that work (9,543 on the C++ documentation)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cde_orchestrator.domain.findings import FindingSummary
from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines


def test_links_that_the_builder_resolves_are_no_errors(
    engines: Engines, make_tree: Callable[[Mapping[str, str | bytes]], Path]
) -> None:
    page = """# Page

[a](/dotnet/standard/clr) [b](../../mfc/codesnippet/cpp/x_1.cpp) [c](#tab/windows) [d](xref:System.String)

[!INCLUDE [x](../../includes/x.md)] [!code-cpp[Name#1](../../mfc/codesnippet/CPP/x_1.cpp)]
"""
    root = make_tree(
        {
            "docs/docfx.json": "{}",
            "docs/cpp/deep/page.md": page,
            "docs/mfc/codesnippet/CPP/x_1.cpp": "",
            "docs/includes/x.md": "",
        }
    )
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, CheckOptions())
    assert isinstance(answer.summary, FindingSummary)
    assert (answer.summary.errors, answer.summary.warnings) == (0, 0), list(answer.items)
    assert answer.summary.links_unverified == 1
