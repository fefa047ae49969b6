"""YAML 1.2 core schema (YAML 1.2.2, section 10.3.2) over PyYAML's grammar, without its constructors.

``yes`` and ``on`` are text, dates stay text, a number that JSON cannot hold stays text. Tags other than ``!`` and
``!!str``, which make a scalar text, are ignored, and so is the meaning of a ``<<`` key, which the core schema does not
have. Aliases may not make the data much larger than the block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, cast

from yaml import events as e
from yaml import tokens as t
from yaml.parser import Parser, ParserError

from .....domain.documents import Json
from .blame import first_bad_line
from .block import MAX_DEPTH, BlockError
from .core_schema import resolve
from .plain_yaml import parse_plain_yaml
from .values import Duplicates
from .yaml_scanner import Scanner, YamlDepthError, YamlSyntaxError

__all__ = ["MAX_EXPANSION", "parse_yaml"]

MAX_EXPANSION = 100_000
"""What all aliases together may add: one for each value and for each byte of text in UTF-8."""

_SYNTAX = "the YAML cannot be parsed"
_TOO_DEEP = f"the YAML is nested deeper than {MAX_DEPTH} levels"
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_CORE_TAGS = frozenset(
    {"!", *(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map"))}
)
# Section 5.1, and what would be read as part of the stream's structure.
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|^\ufeff|^(?:---|\\.\\.\\.)[ \t]", re.MULTILINE
)
# A line that begins a top-level entry in any block that people write.
_ENTRY = re.compile(r"[^ \t\n#\-\]}'\",]")


class _Grammar(Scanner, Parser):
    """PyYAML's grammar with the keys that YAML 1.2 allows to be left out: ``: value`` and ``{: value}``."""

    def __init__(self, text: str) -> None:
        Scanner.__init__(self, text)
        Parser.__init__(self)

    def parse_block_mapping_key(self) -> Any:
        if self.check_token(t.KeyToken):
            self.get_token()
            if not self.check_token(t.KeyToken, t.ValueToken, t.BlockEndToken):
                self.states.append(self.parse_block_mapping_value)
                return self.parse_block_node_or_indentless_sequence()  # type: ignore[no-untyped-call]
        elif not self.check_token(t.ValueToken):
            return super().parse_block_mapping_key()  # type: ignore[no-untyped-call]
        self.state = self.parse_block_mapping_value
        return self.process_empty_scalar(self.peek_token().start_mark)

    def parse_flow_mapping_key(self, first: bool = False) -> Any:
        if not first and self.check_token(t.FlowEntryToken):
            self.get_token()
            first = True
        if first and self.check_token(t.KeyToken):
            self.get_token()
            if not self.check_token(t.ValueToken, t.FlowEntryToken, t.FlowMappingEndToken):
                self.states.append(self.parse_flow_mapping_value)
                return self.parse_flow_node()  # type: ignore[no-untyped-call]
        elif not first or not self.check_token(t.ValueToken):
            return super().parse_flow_mapping_key(first=first)
        self.state = self.parse_flow_mapping_value
        return self.process_empty_scalar(self.peek_token().start_mark)


def parse_yaml(content: str, duplicates: Duplicates, *, opaque_tags: bool = False) -> Json:
    """The value that ``content`` is; ``None`` too where it has no node. Raises :class:`BlockError`.

    With ``opaque_tags`` a node with a tag that is not of the core schema is ``None``: only a program knows what it
    stands for.
    """
    plain = parse_plain_yaml(content, duplicates)
    if plain is not None:
        return plain
    text = content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None:
        line = text.count("\n", 0, forbidden.start())
        raise BlockError(_SYNTAX, line)
    try:
        events = _events(text)
    except (YamlSyntaxError, ParserError) as error:
        message = _TOO_DEEP if isinstance(error, YamlDepthError) else _SYNTAX
        raise BlockError(message, first_bad_line(text, _ENTRY, _is_yaml)) from None
    return _Composer(text, duplicates, opaque_tags=opaque_tags).compose(events)


def _mark(event: e.Event) -> int:
    """The position of the event's last token, which is that of the node without its anchor and tag."""
    return cast("int", event.end_mark)


def _events(text: str) -> list[e.Event]:
    grammar = _Grammar(text)
    events = []
    depth = 0
    while grammar.check_event():
        event: e.Event = grammar.get_event()  # type: ignore[no-untyped-call]
        events.append(event)
        if isinstance(event, e.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlDepthError("too many open collections")
        elif isinstance(event, e.CollectionEndEvent):
            depth -= 1
    return events


def _is_yaml(text: str) -> bool:
    try:
        _events(text)
    except (YamlSyntaxError, ParserError):
        return False
    return True


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    value: list[Json] | dict[str, Json]
    anchor: int | None
    key: str | None = None
    cost: int = 1
    height: int = 1
    opaque: bool = False


@dataclass(slots=True)
class _Anchored:
    """A complete value; ``text`` is the source of a scalar, which is its form as a key."""

    value: Json
    text: str | None
    cost: int
    height: int


class _Composer:
    """Builds the value from events, without recursion. Linear in the events and in what aliases add."""

    def __init__(self, text: str, duplicates: Duplicates, *, opaque_tags: bool) -> None:
        self._text = text
        self._opaque_tags = opaque_tags
        self._line_starts: list[int] = []
        self._duplicates = duplicates
        self._open: list[_Open] = []
        self._root: Json = None
        # The number of an anchor's latest definition, and the value of each definition once it is complete.
        self._anchors: dict[str, int] = {}
        self._values: dict[int, _Anchored] = {}
        self._definitions = 0
        self._expansion = 0

    def compose(self, events: list[e.Event]) -> Json:
        """The value of the only document."""
        for event in events:
            if isinstance(event, e.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, e.AliasEvent):
                self._alias(event)
            elif isinstance(event, e.CollectionStartEvent):
                if self._awaits_key():
                    raise self._error("a key must be a single value", _mark(event))
                value: list[Json] | dict[str, Json] = [] if isinstance(event, e.SequenceStartEvent) else {}
                self._open.append(_Open(value, self._define(event.anchor), opaque=self._is_opaque(event.tag)))
            elif isinstance(event, e.CollectionEndEvent):
                closed = self._open.pop()
                result: Json = None if closed.opaque else closed.value
                if closed.anchor is not None:
                    self._values[closed.anchor] = _Anchored(result, None, closed.cost, closed.height)
                self._add(result, closed.cost, closed.height)
        return self._root

    def _is_opaque(self, tag: str | None) -> bool:
        return self._opaque_tags and tag is not None and tag not in _CORE_TAGS

    def _error(self, message: str, mark: int) -> BlockError:
        return BlockError(message, self._line(mark))

    def _line(self, mark: int) -> int:
        if not self._line_starts:
            self._line_starts = [0, *(match.end() for match in re.finditer("\n", self._text))]
        return bisect_right(self._line_starts, mark) - 1

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _define(self, name: str | None) -> int | None:
        if name is None:
            return None
        self._definitions += 1
        self._anchors[name] = self._definitions
        return self._definitions

    def _scalar(self, event: e.ScalarEvent) -> None:
        anchor = self._define(event.anchor)
        text: str = event.value
        cost = 1 + len(text.encode())
        plain = event.style is None and event.tag not in _TEXT_TAGS
        value = resolve(text) if plain else text
        if not self._awaits_key() and self._is_opaque(event.tag):
            value = None
        if anchor is not None:
            self._values[anchor] = _Anchored(value, text, cost, 0)
        if self._awaits_key():
            self._key(text, _mark(event))
        else:
            self._add(value, cost, 0)

    def _key(self, text: str, mark: int) -> None:
        mapping = self._open[-1]
        mapping.key = text
        mapping.cost += 1 + len(text.encode())
        if text in mapping.value and self._duplicates.wanted:
            self._duplicates.path[:] = [self._step(level) for level in self._open]
            self._duplicates.add(self._line(mark))

    def _step(self, level: _Open) -> str:
        return str(len(level.value)) if isinstance(level.value, list) else level.key or ""

    def _alias(self, event: e.AliasEvent) -> None:
        number = self._anchors.get(event.anchor or "")
        if number is None:
            raise self._error("an alias refers to no anchor before it", _mark(event))
        anchored = self._values.get(number)
        if anchored is None:
            raise self._error("an alias refers to the value that contains it", _mark(event))
        self._expansion += anchored.cost
        if self._expansion > MAX_EXPANSION:
            raise self._error("aliases make the data too large", _mark(event))
        if len(self._open) + anchored.height > MAX_DEPTH:
            raise self._error(_TOO_DEEP, _mark(event))
        if not self._awaits_key():
            self._add(anchored.value, anchored.cost, anchored.height)
        elif anchored.text is not None:
            self._key(anchored.text, _mark(event))
        else:
            raise self._error("a key must be a single value", _mark(event))

    def _add(self, value: Json, cost: int, height: int) -> None:
        if not self._open:
            self._root = value
            return
        parent = self._open[-1]
        parent.cost += cost
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is not None:
            parent.value[parent.key] = value
            parent.key = None
