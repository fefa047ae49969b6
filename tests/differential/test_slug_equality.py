"""The slugs of both engines: over every code point, and over generated text."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cde_orchestrator.domain.options import ScanOptions, SlugFlavour
from cde_orchestrator.engines.select import Engines
from conftest import require_core
from support.front_matter import slugs

FLAVOURS = get_args(SlugFlavour)
# All of the planes in which characters are assigned, and some of the others.
CODES = (*range(0xD800), *range(0xE000, 0x40000), *range(0x40000, 0x110000, 997), *range(0xE0000, 0xE0200))
CODE_POINTS = [chr(code) for code in CODES]
# Letters that lower-casing treats by their surroundings, separators, and what flavours trim or squeeze.
TRICKY = "ΣσςİIıßẞǅﬁ½①℃\u0345\u0307'’.:_- \t\n\u00a0\u1680\u2003\u3000\x1c\x1f\x7f\0aA1٣你é\u0301🏳\ufe0f"


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_code_point(flavour: Any) -> None:
    """Many in one text for speed; where two texts differ, the assertion shows which code points they have."""
    require_core()
    for around in ("a{}b", "A{}Σ", "Σ{}A", "{0} {0}-"):
        texts = [
            "x".join(around.format(one) for one in CODE_POINTS[at : at + 64]) for at in range(0, len(CODE_POINTS), 64)
        ]
        texts += [around.format(one) for one in CODE_POINTS[:0x600]]
        python, rust = slugs("python", flavour, texts), slugs("rust", flavour, texts)
        different = [text for text, one, other in zip(texts, python, rust, strict=True) if one != other]
        assert different == []


@given(
    flavour=st.sampled_from(FLAVOURS),
    texts=st.lists(st.text() | st.text(st.sampled_from(TRICKY)) | st.text(st.characters(categories=["L", "M", "S"]))),
)
def test_generated_text(flavour: Any, texts: list[str]) -> None:
    require_core()
    assert slugs("python", flavour, texts) == slugs("rust", flavour, texts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    flavour=st.sampled_from(FLAVOURS),
    headings=st.lists(
        st.sampled_from(("a", "A", "a-1", "a-2", "a_1", "a_1_1", "a_9", "b", "1", "_2", "a-1-1")), max_size=40
    ),
)
def test_unique_slugs(both_engines: tuple[Engines, Engines], tmp_path: Path, flavour: Any, headings: list[str]) -> None:
    document = tmp_path / "a.md"
    document.write_text("".join(f"# {heading}\n" for heading in headings), "utf-8")
    python, rust = (
        [
            section.slug
            for section in engines.documentation.outline(str(document), ScanOptions(slug_flavour=flavour)).items
        ]
        for engines in both_engines
    )
    assert len(python) == len(headings)
    assert python == rust
