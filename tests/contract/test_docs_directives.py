"""Comments that turn rules off: those that name nothing known, and those that nothing needed."""

from __future__ import annotations

import pytest

from cde_orchestrator.domain.options import CheckOptions
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.use_cases.analyze_documentation import AnalyzeDocumentationUseCase
from conftest import TreeMaker

GONE = "[x](gone.md)\n"


def found(
    engines: Engines, make_tree: TreeMaker, text: str, **options: tuple[str, ...]
) -> list[tuple[str, int, str | None]]:
    root = make_tree({"a.md": "# A\n\n" + text})
    items = AnalyzeDocumentationUseCase(engines).execute(root, rules=CheckOptions(**options)).items  # type: ignore[arg-type]
    return [(finding.rule, finding.line, finding.suggestion) for finding in items]


UNKNOWN, UNUSED, MISSING = "unknown-directive", "unused-directive", "missing-file"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<!-- cde-ignore mising-file -->\n{GONE}", [(UNKNOWN, 3, "missing-file"), (MISSING, 4, None)]),
        (f"<!-- cde-ignore-file lnks -->\n\n{GONE}", [(UNKNOWN, 3, "links"), (MISSING, 5, None)]),
        ("<!-- cde-ingore-file links -->\n", [(UNKNOWN, 3, "cde-ignore-file")]),
        ("<!-- cde-ignore-next-line links -->\n", [(UNKNOWN, 3, None)]),
        ("<!-- cde-desktop settings -->\n", []),
        (f"<!-- cde-ignore missing-file -->\n{GONE}", []),
        (f"<!-- cde-ignore -->\n{GONE}", []),
        (f"<!-- cde-ignore links, content -->\n{GONE}", [(UNUSED, 3, None)]),
        (f"<!-- cde-ignore missing-file -->\n\n{GONE}", [(UNUSED, 3, None), (MISSING, 5, None)]),
        ("<!-- cde-ignore -->\n", [(UNUSED, 3, None)]),
        ("<!-- cde-ignore-file -->\n", []),
        (f"<!-- cde-ignore-file -->\n\n{GONE}", []),
        (f"{GONE}\n<!-- cde-ignore-file missing-file, missing-file -->\n", []),
        ("<!-- cde-ignore-file missing-file, missing-file -->\n", [(UNUSED, 3, None)]),
        ("<!-- cde-ignore missing-file, unused-directive -->\n", []),
        ("<!-- cde-ignore-file structure -->\n\n<!-- cde-ignore-file missing-file -->\n", []),
        ("<!-- cde-ignore-file unknown-directive -->\n\n<!-- cde-ignore-fille -->\n", []),
        ("<!-- cde-ignore unverifiable-link -->\n", []),
        (
            "<!-- cde-ignore because we will write it in the end -->\n",
            [(UNKNOWN, 3, None), (UNKNOWN, 3, None), (UNKNOWN, 3, None)],
        ),
    ],
)
def test_directives(
    engines: Engines, make_tree: TreeMaker, text: str, expected: list[tuple[str, int, str | None]]
) -> None:
    assert found(engines, make_tree, text) == expected


def test_what_the_run_does_not_apply_is_not_called_needless(engines: Engines, make_tree: TreeMaker) -> None:
    text = "<!-- cde-ignore missing-file -->\n\n<!-- cde-ignore -->\n\n<!-- cde-ignore links -->\n"
    assert [line for _, line, _ in found(engines, make_tree, text)] == [3, 5, 7]
    assert found(engines, make_tree, text, select=("structure",)) == []
    assert [line for _, line, _ in found(engines, make_tree, text, ignore=("self-link",))] == [3]
    assert found(engines, make_tree, text, ignore=(UNUSED,)) == []
    assert found(engines, make_tree, text, per_path=(("*.md", ("links",)),)) == []  # type: ignore[arg-type]


def test_comments_by_the_thousand_are_linear(engines: Engines, make_tree: TreeMaker) -> None:
    words = "missing-file " * 20_000 + "mising-file " * 20_000
    text = f"<!-- cde-ignore {words}-->\n\n" + "<!-- cde-ignore-file links -->\n\n" * 5_000 + GONE * 5_000
    assert {rule for rule, _, _ in found(engines, make_tree, text)} == {UNKNOWN, UNUSED}
