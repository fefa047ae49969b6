"""What all use cases share: the engine they ask, and the checks on what they were given."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar, get_args

from ..domain.code import SymbolKind
from ..domain.options import (
    CheckOptions,
    DetailLevel,
    FileFilter,
    MetricsOptions,
    ScanOptions,
    SlugFlavour,
    SymbolOptions,
    TreeOptions,
)
from ..errors import InvalidArgumentError

if TYPE_CHECKING:
    from ..engines.select import Engines

__all__ = [
    "PathLike",
    "UseCase",
    "check_filter",
    "check_metrics",
    "check_rules",
    "check_scan",
    "check_symbols",
    "check_tree",
    "detail_of",
    "root_of",
    "texts_of",
]

PathLike = str | bytes | os.PathLike[str] | os.PathLike[bytes]
T = TypeVar("T", bound=int)

_LEVELS = ("error", "warning", "hint", "off")
_DETAIL_ALIASES: dict[str, DetailLevel] = {"name_only": "names", "names": "names", "summary": "summary", "full": "full"}


class UseCase:
    """Base of the use cases.

    ``engine`` is ``auto``, ``rust``, ``python``, ``None`` (``CDE_ENGINE``, else ``auto``) or engines already chosen. It
    is resolved at the first use, so that making a use case costs nothing.
    """

    def __init__(self, engine: str | Engines | None = None) -> None:
        self._engine = engine

    @property
    def engines(self) -> Engines:
        """The engine that answers. Raises ``EngineUnavailableError`` and ``InvalidArgumentError``."""
        if self._engine is None or isinstance(self._engine, str):
            from ..engines.select import select_engine  # noqa: PLC0415 - the one door from use cases to the engines

            self._engine = select_engine(self._engine)
        return self._engine


def root_of(path: PathLike) -> str:
    """``path`` in the form of :func:`os.fsdecode`; an empty path and one with a NUL byte are refused."""
    try:
        root = os.fsdecode(path)
    except TypeError:
        raise InvalidArgumentError(f"a path must be text, bytes or path-like, not {type(path).__name__}") from None
    if not root:
        raise InvalidArgumentError("the path is empty", hint="use . for the current directory")
    if "\0" in root:
        raise InvalidArgumentError("a path cannot hold a NUL byte", path=root.replace("\0", "\\0"))
    return root


def detail_of(name: str) -> DetailLevel:
    """The detail level that ``name`` stands for; ``name_only`` is another word for ``names``."""
    level = _DETAIL_ALIASES.get(name) if isinstance(name, str) else None
    if level is None:
        raise InvalidArgumentError(f"the detail level must be names, summary or full, not {name!r}")
    return level


def check_tree(options: TreeOptions | None) -> TreeOptions:
    """``options`` or the defaults, if they can be met."""
    options = options or TreeOptions()
    _at_least("max_depth", options.max_depth, 1)
    return options


def check_filter(query: FileFilter | None) -> FileFilter:
    """``query`` or the one that lets everything pass, if it can be met."""
    query = query or FileFilter()
    for name in ("globs", "excludes", "types"):
        texts_of(name, getattr(query, name))
    _at_least("min_size", query.min_size, 0)
    _at_least("max_size", query.max_size, 0)
    if query.min_size is not None and query.max_size is not None and query.min_size > query.max_size:
        raise InvalidArgumentError(f"min_size {query.min_size} is larger than max_size {query.max_size}")
    if query.name_kind not in ("glob", "regex"):
        raise InvalidArgumentError(f"name_kind must be glob or regex, not {query.name_kind!r}")
    if query.name == "":
        raise InvalidArgumentError("the name to find is empty", hint="use * to find every file")
    return query


def check_scan(options: ScanOptions | None) -> ScanOptions:
    """``options`` or the defaults, if they can be met."""
    options = options or ScanOptions()
    detail_of(options.detail)
    if options.slug_flavour not in get_args(SlugFlavour):
        raise InvalidArgumentError(
            f"unknown slug flavour {options.slug_flavour!r}", hint=f"use one of {', '.join(get_args(SlugFlavour))}"
        )
    texts_of("required_metadata", options.required_metadata)
    _at_least("max_document_bytes", options.max_document_bytes, 1)
    _at_least("max_nesting", options.max_nesting, 1)
    return options


def check_rules(options: CheckOptions | None) -> CheckOptions:
    """``options`` or the defaults, if they can be met; unknown rules are the engine's to refuse.

    Without a day of reference it is the current one in UTC: the engines have no clock, so that both judge alike.
    """
    options = options or CheckOptions()
    for name in ("select", "ignore", "required_metadata", "review_keys"):
        texts_of(name, getattr(options, name))
    for glob, names in options.per_path:
        texts_of(f"per_path of {glob!r}", names)
    for name, level in options.severity:
        if level not in _LEVELS:
            raise InvalidArgumentError(
                f"the severity of {name!r} must be error, warning, hint or off, not {level!r}",
                hint="off turns a rule off",
            )
    if options.today is None:
        return replace(options, today=datetime.now(UTC).date().isoformat())
    try:
        is_day = date.fromisoformat(options.today).isoformat() == options.today
    except (TypeError, ValueError):
        is_day = False
    if not is_day:
        raise InvalidArgumentError(
            f"the day of reference must be a date YYYY-MM-DD, not {options.today!r}", hint="write it like 2026-01-31"
        )
    return options


def check_symbols(options: SymbolOptions | None) -> SymbolOptions:
    """``options`` or the defaults, if they can be met; unknown types are the engine's to refuse."""
    options = options or SymbolOptions()
    texts_of("types", options.types)
    for kind in texts_of("kinds", options.kinds):
        if kind not in get_args(SymbolKind):
            raise InvalidArgumentError(f"unknown kind of definition {kind!r}", hint=_nearest_kind(kind))
    if not isinstance(options.exported, bool):
        raise InvalidArgumentError(f"exported must be true or false, not {options.exported!r}")
    _at_least("max_code_bytes", options.max_code_bytes, 1)
    return options


def check_metrics(options: MetricsOptions | None) -> MetricsOptions:
    """``options`` or the defaults, if they can be met; unknown types are the engine's to refuse."""
    options = options or MetricsOptions()
    texts_of("types", options.types)
    _at_least("max_code_bytes", options.max_code_bytes, 1)
    return options


def _nearest_kind(kind: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - needed after a mistake only

    known = get_args(SymbolKind)
    near = get_close_matches(kind.lower(), known, 1, 0.5)
    return f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(known)}"


def texts_of(name: str, values: Iterable[str]) -> tuple[str, ...]:
    """The texts in ``values``, which is the argument ``name``."""
    # A plain string is iterable too and would be taken apart into letters.
    if not isinstance(values, Iterable) or isinstance(values, (str, bytes)):
        raise InvalidArgumentError(f"{name} must be a sequence of texts, not {type(values).__name__}")
    texts = tuple(values)
    if not all(isinstance(text, str) for text in texts):
        raise InvalidArgumentError(f"{name} must hold texts only")
    return texts


def _at_least(name: str, value: T | None, least: int) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
        raise InvalidArgumentError(f"{name} must be a whole number of at least {least}, not {value!r}")
