"""What validates data by a JSON Schema, whichever library does the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["CompiledSchema", "PatternMaker", "SchemaValidator", "Violation"]

PatternMaker = Callable[[str], Callable[[str], bool]]
"""Gives for a regular expression whether it is found in a text, in time linear in the text; raises ``ValueError``."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Where and how data break a schema: the keys and indices from the top, the schema's keyword, and a sentence."""

    place: tuple[str, ...]
    keyword: str
    message: str


class CompiledSchema(Protocol):
    """A schema that can be used."""

    def violations(self, instance: Any, most: int) -> Sequence[Violation]:
        """At most ``most`` violations by place; in bounded time, and none at all where there are none."""


class SchemaValidator(Protocol):
    """Compiles schemas."""

    def compile(self, path: str, document: Any, patterns: PatternMaker) -> CompiledSchema:
        """The schema in ``document``, which was read from ``path``. Raises ``InvalidConfigError``."""
