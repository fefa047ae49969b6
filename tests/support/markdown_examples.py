"""Examples of the CommonMark and GFM specifications, and parsing one text on either engine.

The specifications are licensed CC BY-SA 4.0, so their examples are not part of this repository. They are read where
every build of the core has them: the sources of the crate ``pulldown-cmark`` in cargo's registry folder, whose test
suite holds each example's Markdown and the HTML that the specification expects. Without cargo's folder the tests are
skipped; where the core is required (``CDE_REQUIRE_RUST=1``) its absence is a failure.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from cde_orchestrator.engines.python.documentation.document import parse_to_json
from cde_orchestrator.engines.python.documentation.markdown import DocumentFormat
from cde_orchestrator.errors import CdeError

_REPOSITORY = Path(__file__).parents[2]
_EXAMPLE = re.compile(r'fn (\w+)\(\) \{\s*let original = r(#+)"(.*?)"\2;\s*let expected = r(#+)"(.*?)"\4;', re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One example: its name, its Markdown and the HTML that it becomes."""

    name: str
    markdown: str
    html: str


def _suite() -> Path | None:
    lock = (_REPOSITORY / "Cargo.lock").read_text()
    version = re.search(r'name = "pulldown-cmark"\nversion = "([^"]+)"', lock)
    assert version is not None, "Cargo.lock does not pin pulldown-cmark"
    cargo = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    found = sorted(cargo.glob(f"registry/src/*/pulldown-cmark-{version[1]}/tests/suite"))
    return found[0] if found else None


def examples(name: str) -> list[Example]:
    """The examples of one file of the suite, for instance ``spec``; none where the crate's sources are absent."""
    suite = _suite()
    if suite is None:
        return []
    text = (suite / f"{name}.rs").read_text()
    return [Example(match[1], match[3], match[5]) for match in _EXAMPLE.finditer(text)]


def require_examples(found: list[Example]) -> None:
    """Skips where the examples are absent, unless this run demands the core."""
    if found:
        return
    if os.environ.get("CDE_REQUIRE_RUST") == "1":
        pytest.fail("the sources of pulldown-cmark are not in cargo's registry folder; run `cargo fetch`")
    pytest.skip("the sources of pulldown-cmark are not in cargo's registry folder")


def parse_on(engine: str, text: str, syntax: str = "markdown") -> bytes:
    """The record of ``text`` as JSON; an error's code where there is none."""
    try:
        if engine == "python":
            return parse_to_json(text, cast(DocumentFormat, syntax))
        import cde_rust_core

        from cde_orchestrator.engines.rust.answer import translated

        return bytes(translated(cde_rust_core._parse_markdown)(text, syntax))
    except CdeError as error:
        return json.dumps(error.code).encode()


def record_on(engine: str, text: str, syntax: str = "markdown") -> dict[str, Any]:
    """The record of ``text``."""
    record = json.loads(parse_on(engine, text, syntax))
    assert isinstance(record, dict), record
    return record
