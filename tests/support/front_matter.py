"""The two parsers of front matter and the slugs of both engines, without a document around them."""

from __future__ import annotations

import json
from typing import Any

from cde_orchestrator.domain.encoding import to_json
from cde_orchestrator.engines.python.documentation.frontmatter import parse_front_matter
from cde_orchestrator.engines.python.documentation.slug import slugify

__all__ = ["front_matter", "front_matter_json", "slugs"]


def front_matter_json(engine: str, text: str) -> bytes:
    """The front matter of ``text`` as the engine writes it."""
    if engine == "python":
        return to_json(parse_front_matter(text))
    import cde_rust_core

    return cde_rust_core._front_matter(text)


def front_matter(engine: str, text: str) -> Any:
    """The front matter of ``text`` as its JSON form, ``None`` where there is none."""
    return json.loads(front_matter_json(engine, text))


def slugs(engine: str, flavour: Any, texts: list[str]) -> list[str]:
    """The slug of each text by itself."""
    if engine == "python":
        return [slugify(flavour, text) for text in texts]
    import cde_rust_core

    return cde_rust_core._slugs(flavour, texts)
