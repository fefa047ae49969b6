"""The adapter of ``jsonschema``: no network, no expression that explodes, and an end to the work for any schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ...errors import InvalidConfigError
from ...ports.schemas import CompiledSchema, PatternMaker, Violation
from .messages import message_of

__all__ = ["JsonSchemaValidator"]

_HINT = "install it with `pip install cde-orchestrator[schema]`, or remove the schemas from the configuration"
# What one validation may cost: one for each keyword applied, and one for each member of the keyword's own value.
_MOST_WORK = 500_000
_MOST_PATTERNS = 200

Keyword = Callable[[Any, Any, Any, Any], "Iterator[Any] | None"]


class _Exhausted(Exception):  # noqa: N818 - it is caught and turned into a violation
    """The work has no end in sight."""


class JsonSchemaValidator:
    """Compiles schemas of the drafts 3 to 2020-12; one that names no draft is of 2020-12."""

    def compile(self, path: str, document: Any, patterns: PatternMaker) -> CompiledSchema:
        """The schema in ``document``. Raises ``InvalidConfigError``, also if the library is missing."""
        try:
            from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415 - an optional library
            from jsonschema.validators import validator_for  # noqa: PLC0415
        except ImportError:
            raise InvalidConfigError(
                "schemas are configured, and the library jsonschema is missing", hint=_HINT
            ) from None
        if not isinstance(document, (dict, bool)):
            raise InvalidConfigError("a schema must be an object", path=path)
        draft = document.get("$schema") if isinstance(document, dict) else None
        unknown: Any = None
        found: Any = Draft202012Validator if draft is None else validator_for(document, default=unknown)
        if found is None:
            raise InvalidConfigError(
                f"the schema is of a draft that is not known: {str(draft)[:200]}",
                path=path,
                hint="use https://json-schema.org/draft/2020-12/schema",
            )
        try:
            found.check_schema(document)
        except SchemaError as error:
            place = "#" + "".join(f"/{part}" for part in error.absolute_path)
            message = f"the schema does not compile: at {place[:200]}: {_reason(error)}"
            raise InvalidConfigError(message, path=path, hint="correct the schema") from None
        except RecursionError:
            raise InvalidConfigError("the schema is nested too deeply", path=path) from None
        return _Compiled(found, document, _expressions(document, path, patterns))


def _reason(error: Any) -> str:
    return message_of(str(error.validator), error.validator_value, error.instance, ())


def _expressions(document: Any, path: str, patterns: PatternMaker) -> dict[str, Callable[[str], bool]]:
    """Every expression in the schema, compiled."""
    found: dict[str, Callable[[str], bool]] = {}
    stack = [document]
    has_unevaluated = False
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        if not isinstance(value, dict):
            continue
        stack += value.values()
        has_unevaluated |= "unevaluatedProperties" in value
        named = value.get("patternProperties")
        texts = [*(named if isinstance(named, dict) else ()), value.get("pattern")]
        for text in texts:
            if isinstance(text, str) and text not in found:
                try:
                    found[text] = patterns(text)
                except ValueError as error:
                    message = f"the schema has a pattern that cannot be used: {text[:200]} ({error})"
                    raise InvalidConfigError(message, path=path, hint="write it in the dialect CDE regex 1") from None
        if len(found) > _MOST_PATTERNS:
            raise InvalidConfigError(f"the schema has more than {_MOST_PATTERNS} patterns", path=path)
        if has_unevaluated and isinstance(named, dict):
            # The library would match these with an engine that can take exponential time.
            message = "patternProperties and unevaluatedProperties in one schema are not supported"
            raise InvalidConfigError(message, path=path)
    return found


class _Compiled:
    """A schema of one draft, with keywords that count their work."""

    def __init__(self, draft: Any, document: Any, expressions: Mapping[str, Callable[[str], bool]]) -> None:
        from referencing import Registry  # noqa: PLC0415 - comes with it

        self._work = 0
        ours = {**draft.VALIDATORS, **_own_keywords(expressions)}
        counted = {name: self._counted(keyword) for name, keyword in ours.items()}
        # The library would take its own keywords below another `$schema`. A registry of our
        # own fetches nothing; it knows the schemas of the drafts.
        self._validator = _class(draft, counted)(_without_drafts(document), registry=Registry())

    def _counted(self, keyword: Keyword) -> Keyword:
        def count(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[Any] | None:
            self._work += 1 + (len(wanted) if isinstance(wanted, (dict, list)) else 0)
            if self._work > _MOST_WORK:
                raise _Exhausted
            return keyword(validator, wanted, instance, schema)

        return count

    def violations(self, instance: Any, most: int) -> Sequence[Violation]:
        """At most ``most`` violations by place."""
        from referencing.exceptions import Unresolvable  # noqa: PLC0415 - comes with the optional library

        self._work = 0
        try:
            found = [_violation(error) for error in islice(self._validator.iter_errors(instance), most)]
        except Unresolvable as error:
            return [Violation((), "$ref", message_of("$ref", error.ref, None))]
        except (_Exhausted, RecursionError):
            return [Violation((), "$ref", "the schema is too costly for this file, or refers to itself without end")]
        return sorted(found)


def _class(draft: Any, keywords: Mapping[str, Keyword]) -> Any:
    from jsonschema import validators  # noqa: PLC0415 - an optional library

    untyped: Any = validators
    return untyped.extend(draft, keywords)


def _without_drafts(document: Any) -> Any:
    """The schema without the names of drafts in it. It is at most 64 levels deep."""
    if isinstance(document, dict):
        kept = ((key, value) for key, value in document.items() if key != "$schema" or not isinstance(value, str))
        return {key: _without_drafts(value) for key, value in kept}
    return [_without_drafts(item) for item in document] if isinstance(document, list) else document


def _violation(error: Any) -> Violation:
    keyword, wanted, instance = str(error.validator), error.validator_value, error.instance
    names: list[str] = []
    if isinstance(instance, dict):
        if keyword == "required" and isinstance(wanted, list):
            names = [name for name in wanted if name not in instance]
            # The library reports each absent key by itself, and says which in its own words only.
            names = [name for name in names if error.message.startswith(repr(name))] or names
        elif keyword == "additionalProperties":
            names = json.loads(error.message)
    message = message_of(keyword, wanted, instance, names)
    return Violation(tuple(map(str, error.absolute_path)), keyword, message)


def _own_keywords(expressions: Mapping[str, Callable[[str], bool]]) -> dict[str, Keyword]:
    """Keywords that the library answers with Python's matcher, or in time that grows with the square of the data."""
    from jsonschema import ValidationError  # noqa: PLC0415 - an optional library

    def pattern(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, str) and not expressions[wanted](instance):
            yield ValidationError("")

    def pattern_properties(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, dict):
            for text, inner in wanted.items():
                for key, value in instance.items():
                    if expressions[text](key):
                        yield from validator.descend(value, inner, path=key, schema_path=text)

    def additional_properties(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if not isinstance(instance, dict):
            return
        known = schema.get("properties", {})
        matchers = [expressions[text] for text in schema.get("patternProperties", {})]
        extra = [key for key in instance if key not in known and not any(matcher(key) for matcher in matchers)]
        if wanted is False and extra:
            yield ValidationError(json.dumps(extra))
        elif isinstance(wanted, dict):
            for key in extra:
                yield from validator.descend(instance[key], wanted, path=key)

    def unique_items(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if wanted and isinstance(instance, list):
            seen = {json.dumps(_canonical(item), sort_keys=True) for item in instance}
            if len(seen) < len(instance):
                yield ValidationError("")

    return {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
        "uniqueItems": unique_items,
    }


def _canonical(value: Any) -> Any:
    """``value`` with whole numbers alike in both forms. Data are at most 64 levels deep."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
