"""An answer that stays in the core until its parts are asked for, and the translation of the core's failures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, wraps
from typing import Any, Generic, ParamSpec, TypeVar

import cde_rust_core as core

from ...domain.envelope import Completeness, Diagnostic, EngineInfo
from ...errors import error_from_code

__all__ = ["RustAnswer", "translated"]

T = TypeVar("T")
P = ParamSpec("P")


def translated(call: Callable[P, T]) -> Callable[P, T]:
    """``call``, raising the classes of :mod:`cde_orchestrator.errors` instead of the core's one exception."""

    @wraps(call)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except core.CoreError as failure:
            code, message, path, hint = failure.args
            raise error_from_code(code, message, path, hint) from None

    return wrapper


Sequence.register(core.Items)


class RustAnswer(Generic[T]):
    """An :class:`~cde_orchestrator.domain.envelope.Answer` over a batch in the core.

    ``to_json`` is written by the core without making Python objects; a record becomes an object when it is indexed or
    iterated over.
    """

    def __init__(self, answer: core.Answer, engine: EngineInfo) -> None:
        self.core = answer
        self.engine = engine

    @property
    def schema(self) -> str:
        """Name and major version of the JSON form."""
        return self.core.schema

    @property
    def root(self) -> str:
        """The path that was asked about, as given."""
        root: str = self.core.root
        return root

    @property
    def snapshot(self) -> str | None:
        """``sha256:`` and the digest over the contents in scope, where they were read."""
        return self.core.snapshot

    @cached_property
    def completeness(self) -> Completeness:
        """How much of the question was answered."""
        completeness: Completeness = self.core.completeness
        return completeness

    @cached_property
    def summary(self) -> Any:
        """Counts over all items."""
        return self.core.summary

    @cached_property
    def items(self) -> Sequence[T]:
        """The records."""
        items: Sequence[T] = self.core.items  # type: ignore[assignment]
        return items

    @cached_property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """Files that could not be read or parsed as asked."""
        diagnostics: Sequence[Diagnostic] = self.core.diagnostics
        return diagnostics

    @translated
    def to_json(self) -> bytes:
        """The envelope as JSON bytes."""
        return self.core.to_json(self.engine.name, self.engine.version, self.engine.reason)
