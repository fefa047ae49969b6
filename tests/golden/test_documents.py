"""Reviewed records of whole documents: `documents/NAME.FORMAT` and beside it `NAME.json`, on both engines.

After an intended change, write the file anew with `CDE_WRITE_GOLDEN=1` and review the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.markdown_examples import record_on

FORMATS = {
    ".md": "markdown",
    ".mdx": "mdx",
    ".rst": "restructuredtext",
    ".adoc": "asciidoc",
    ".ipynb": "notebook",
    ".txt": "text",
}
DOCUMENTS = sorted(path for path in (Path(__file__).parent / "documents").iterdir() if path.suffix in FORMATS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_records_are_as_reviewed(engine: str, path: Path) -> None:
    record = record_on(engine, path.read_text(), FORMATS[path.suffix])
    lines = {
        key: [json.dumps(one) for one in value] if isinstance(value, list) else value for key, value in record.items()
    }
    written = json.dumps(lines, indent=1, ensure_ascii=False) + "\n"
    expected = path.with_suffix(".json")
    if os.environ.get("CDE_WRITE_GOLDEN") == "1":
        expected.write_text(written)
    assert written == expected.read_text()
