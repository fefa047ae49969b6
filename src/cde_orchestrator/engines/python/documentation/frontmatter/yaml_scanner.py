"""Tokens of YAML 1.2 for PyYAML's grammar.

PyYAML's own scanner follows YAML 1.1: it refuses tabs as separation, takes ``a #b`` and ``"a"#b`` alike, allows only
ASCII in anchors and breaks lines at U+0085, U+2028 and U+2029. This one follows YAML 1.2.2 and takes the same
liberties as the native engine's parser (``granit-parser``): indentation inside flow collections and quoted scalars is
free. What it takes and refuses is compared with that parser on generated and real documents.

The text must end with a line break and hold only printable characters (YAML 1.2.2, section 5.1), no carriage return,
no document marker and no byte order mark at the beginning of a line. Both marks of a token are its position.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote_to_bytes

from yaml import tokens as t

from .yaml_scalars import BLANKS, Scalar, YamlDepthError, YamlSyntaxError, scan_block, scan_plain, scan_quoted

__all__ = ["MAX_COLLECTIONS", "Scanner", "YamlDepthError", "YamlSyntaxError"]

MAX_COLLECTIONS = 255
"""Open flow collections, and open block collections, that the scanner keeps; the limit of the native parser."""

_KEY_LENGTH = 1024
_NEVER = -1
_END = "\0"
_ANCHOR = re.compile(r"[^ \t\n\0\ufeff,\[\]{}]+")
_TAG = re.compile(
    r"""!(?:
        <(?P<verbatim>(?:%[0-9A-Fa-f]{2}|[-0-9A-Za-z#;/?:@&=+$,_.!~*'()\[\]])+)>
      | (?P<handle>[-\w]*!)?(?P<suffix>(?:%[0-9A-Fa-f]{2}|[-0-9A-Za-z#;/?:@&=+$_.~*'()])*)
    )""",
    re.VERBOSE | re.ASCII,
)


@dataclass(slots=True)
class _Key:
    """A token that turns out to be a mapping key if a colon follows."""

    position: int = 0
    line: int = 0
    column: int = 0
    possible: bool = False
    required: bool = False
    token_number: int = 0


class Scanner:
    """The interface that :class:`yaml.parser.Parser` reads tokens from. Linear in the length of the text."""

    def __init__(self, text: str) -> None:
        self._text = text + _END
        self._position = 0
        self._line = 0
        self._line_start = 0
        self._tokens: deque[t.Token] = deque([t.StreamStartToken(0, 0)])
        self._taken = 0
        self._done = False
        self._allow_key = True
        # Block indentation. A level that is not a block only keeps continuation lines inside a value.
        self._indent = -1
        self._levels: list[tuple[int, bool]] = []
        self._blocks = 0
        # One candidate for a key per flow level; the lowest possible one decides whether tokens can be handed out.
        self._keys = [_Key()]
        self._first_key: int | None = None
        self._brackets: list[str] = []
        # For each open flow sequence whether its current entry is a mapping with one pair, and whether the colon of
        # that pair has been seen; None for a flow mapping.
        self._pair_open: list[bool | None] = []
        self._pair_started: list[bool] = []
        self._adjacent_value_at = _NEVER
        self._comment_after_plain: int | None = None
        self._key_tab_check = False

    def _put(self, token: type[t.Token]) -> None:
        self._tokens.append(token(self._position, self._position))

    # What the grammar asks.

    def check_token(self, *choices: type[t.Token]) -> bool:
        """Whether the next token is one of ``choices``."""
        if self._first_key is not None or not self._tokens:
            self._fill()
        return isinstance(self._tokens[0], choices)

    def peek_token(self) -> t.Token:
        """The next token."""
        self._fill()
        return self._tokens[0]

    def get_token(self) -> t.Token:
        """Takes the next token."""
        self._fill()
        self._taken += 1
        return self._tokens.popleft()

    def _fill(self) -> None:
        while not self._done:
            if self._tokens:
                self._drop_stale_keys()
                if self._first_key is None or self._keys[self._first_key].token_number != self._taken:
                    return
            self._fetch()

    # White space and comments.

    @property
    def _column(self) -> int:
        return self._position - self._line_start

    def _skip_blanks(self) -> bool:
        """Skips spaces and tabs; tells whether there was a tab."""
        match = BLANKS.match(self._text, self._position)
        if match is None:
            return False
        self._position = match.end()
        return "\t" in match[0]

    def _skip_break(self) -> None:
        self._position += 1
        self._line += 1
        self._line_start = self._position
        if not self._brackets:
            self._allow_key = True

    def _skip_comment(self) -> None:
        self._position = self._text.index("\n", self._position)

    def _skip_to_line_end(self) -> bool:
        """Skips blanks and a comment, which must be separated; tells whether there was a tab."""
        start = self._position
        tab = self._skip_blanks()
        if self._text[self._position] == "#":
            if start == self._position:
                raise YamlSyntaxError("a comment must be separated by a space")
            self._skip_comment()
        return tab

    def _skip_tabs_of_indentation(self) -> None:
        """A tab may not stand for the indentation of what follows on the line."""
        self._skip_blanks()
        if self._text[self._position] not in "#\n\0":
            raise YamlSyntaxError("a tab cannot indent")

    def _is_leading(self) -> bool:
        return not self._text[self._line_start : self._position].strip(" \t")

    def _skip_to_next_token(self) -> bool:
        """Skips blanks, comments and line breaks; tells whether there was a comment."""
        text = self._text
        comment = False
        while True:
            char = text[self._position]
            if char == "\n":
                self._skip_break()
            elif char == " ":
                match = BLANKS.match(text, self._position)
                spaces = match[0] if match else ""
                tab = spaces.find("\t")
                self._position += len(spaces) if tab < 0 else tab
            elif char == "#":
                comment = True
                self._skip_comment()
            elif char == "\t":
                if self._key_tab_check:
                    self._skip_key_tab()
                elif self._levels and self._column < self._indent and self._is_leading():
                    self._skip_tabs_of_indentation()
                else:
                    self._position += 1
            else:
                break
        self._key_tab_check = False
        self._refuse_plain_after_comment()
        return comment

    def _skip_key_tab(self) -> None:
        """After ``? ``: a tab may separate a scalar or flow collection, but no compact block collection."""
        if self._column <= self._indent and self._is_leading():
            self._skip_tabs_of_indentation()
        else:
            self._position += 1
        self._allow_key = False

    def _refuse_plain_after_comment(self) -> None:
        """A plain scalar that a comment interrupted cannot go on in the next line."""
        line, self._comment_after_plain = self._comment_after_plain, None
        if line is None or self._brackets or self._line != line + 1 or self._column <= self._indent:
            return
        char = self._text[self._position]
        if char != _END and not (char == ":" and self._text[self._position + 1] in " \t\n\0"):
            raise YamlSyntaxError("a comment interrupts a value")

    # Keys and indentation.

    def _drop_stale_keys(self) -> None:
        """A key that is not on the current line, or too far back, is none."""
        while self._first_key is not None:
            key = self._keys[self._first_key]
            on_earlier_line = not self._brackets and key.line < self._line
            if not on_earlier_line and self._position - key.position <= _KEY_LENGTH:
                return
            if key.required:
                raise YamlSyntaxError("a key needs a colon")
            key.possible = False
            above = range(self._first_key + 1, len(self._keys))
            self._first_key = next((level for level in above if self._keys[level].possible), None)

    def _save_key(self) -> None:
        if not self._allow_key:
            return
        required = not self._brackets and self._indent == self._column and self._levels[-1][1]
        number = self._taken + len(self._tokens)
        self._keys[-1] = _Key(self._position, self._line, self._column, True, required, number)
        if self._first_key is None:
            self._first_key = len(self._brackets)

    def _remove_key(self) -> None:
        key = self._keys[-1]
        if key.possible and key.required:
            raise YamlSyntaxError("a key needs a colon")
        self._forget_key()

    def _forget_key(self) -> None:
        self._keys[-1].possible = False
        if self._first_key == len(self._brackets):
            self._first_key = None

    def _roll_indent(self, column: int, key: _Key | None, token: type[t.Token]) -> None:
        """Opens a block collection at ``column``, before ``key`` where there is one, unless one is open there."""
        if self._brackets:
            return
        if self._indent <= column and self._levels and not self._levels[-1][1]:
            self._indent, _ = self._levels.pop()
        if self._indent >= column:
            return
        if self._blocks >= MAX_COLLECTIONS:
            raise YamlDepthError("too many open collections")
        self._blocks += 1
        self._levels.append((self._indent, True))
        self._indent = column
        if key is None:
            self._put(token)
        else:
            self._tokens.insert(key.token_number - self._taken, token(key.position, key.position))

    def _unroll_indent(self, column: int) -> None:
        if self._brackets:
            return
        while self._indent > column:
            self._indent, is_block = self._levels.pop()
            if is_block:
                self._blocks -= 1
                self._put(t.BlockEndToken)

    def _indent_continuation(self) -> None:
        if not self._brackets and self._levels and self._levels[-1][1]:
            self._levels.append((self._indent, False))
            self._indent += 1

    def _drop_continuation(self) -> None:
        while self._levels and not self._levels[-1][1]:
            self._indent, _ = self._levels.pop()

    # One token more.

    def _fetch(self) -> None:
        self._skip_to_next_token()
        self._drop_stale_keys()
        self._unroll_indent(self._column)
        text = self._text
        char, following = text[self._position], text[self._position : self._position + 2][1:]
        if char == _END:
            self._fetch_end()
            return
        spaced = following in " \t\n\0"
        if char == "%" and not self._column:
            raise YamlSyntaxError("a directive cannot stand in front matter")
        if char in "[{":
            self._fetch_flow_start(char)
        elif char in "]}":
            self._fetch_flow_end(char)
        elif char == ",":
            self._fetch_flow_entry()
        elif char == "-" and spaced:
            self._fetch_block_entry()
        elif char == "?" and spaced:
            self._fetch_explicit_key()
        elif char == ":" and (spaced or (self._brackets and self._is_flow_value(following))):
            self._fetch_value()
        elif char in "&*":
            self._fetch_anchor(char)
        elif char == "!":
            self._fetch_tag()
        elif char in "|>" and not self._brackets:
            self._fetch_block_scalar()
        elif char in "'\"":
            self._fetch_quoted(char)
        elif char in "|>%@`\ufeff":
            raise YamlSyntaxError("a value cannot begin with this character")
        else:
            self._fetch_plain()

    def _fetch_end(self) -> None:
        if self._brackets:
            raise YamlSyntaxError("a bracket is not closed")
        for key in self._keys:
            if key.possible and key.required:
                raise YamlSyntaxError("a key needs a colon")
            key.possible = False
        self._first_key = None
        self._unroll_indent(-1)
        self._allow_key = False
        self._put(t.StreamEndToken)
        self._done = True

    def _fetch_flow_start(self, char: str) -> None:
        self._save_key()
        self._indent_continuation()
        if len(self._brackets) >= MAX_COLLECTIONS:
            raise YamlDepthError("too many open collections")
        self._keys.append(_Key())
        self._brackets.append(char)
        self._pair_open.append(False if char == "[" else None)
        self._pair_started.append(char == "{")
        self._allow_key = True
        token = t.FlowSequenceStartToken if char == "[" else t.FlowMappingStartToken
        self._put(token)
        self._position += 1
        self._skip_to_line_end()

    def _fetch_flow_end(self, char: str) -> None:
        if not self._brackets or self._brackets[-1] != ("[" if char == "]" else "{"):
            raise YamlSyntaxError("a bracket closes nothing")
        self._remove_key()
        self._end_pair()
        self._keys.pop()
        self._brackets.pop()
        self._pair_open.pop()
        self._pair_started.pop()
        self._allow_key = False
        token = t.FlowSequenceEndToken if char == "]" else t.FlowMappingEndToken
        self._put(token)
        self._position += 1
        self._skip_to_line_end()
        if self._brackets:
            self._adjacent_value_at = self._position

    def _end_pair(self) -> None:
        """Ends the mapping with one pair that is an entry of a flow sequence."""
        if self._pair_open and self._pair_open[-1]:
            self._pair_open[-1] = False
            self._pair_started[-1] = False
            self._put(t.FlowMappingEndToken)

    def _fetch_flow_entry(self) -> None:
        self._remove_key()
        self._allow_key = True
        self._end_pair()
        if self._brackets and self._brackets[-1] == "[":
            self._pair_started[-1] = False
        self._put(t.FlowEntryToken)
        self._position += 1
        self._skip_to_line_end()

    def _fetch_block_entry(self) -> None:
        if self._brackets or not self._allow_key:
            raise YamlSyntaxError("a list entry cannot stand here")
        column = self._column
        self._position += 1
        self._roll_indent(column, None, t.BlockSequenceStartToken)
        tab = self._skip_to_line_end()
        char = self._text[self._position]
        if tab and char == "-" and self._text[self._position + 1] in " \t\n\0":
            raise YamlSyntaxError("a tab cannot indent")
        if char in "\n,[]{}":
            self._indent_continuation()
        self._remove_key()
        self._allow_key = True
        self._put(t.BlockEntryToken)

    def _fetch_explicit_key(self) -> None:
        if not self._brackets:
            if not self._allow_key:
                raise YamlSyntaxError("a key cannot stand here")
            self._roll_indent(self._column, None, t.BlockMappingStartToken)
        else:
            self._pair_started[-1] = True
        self._remove_key()
        self._allow_key = not self._brackets
        self._put(t.KeyToken)
        self._position += 1
        if not self._brackets:
            self._key_tab_check = True

    def _is_flow_value(self, following: str) -> bool:
        """Whether a colon without space is a value indicator: after a JSON-like key, or before an empty value."""
        if self._position == self._adjacent_value_at:
            return True
        if following in "[{":
            raise YamlSyntaxError("a value needs a space after the colon")
        return following in ",]}"

    def _fetch_value(self) -> None:
        key = self._keys[-1]
        line, column = self._line, self._column
        in_sequence = bool(self._brackets) and self._brackets[-1] == "["
        single_pair = in_sequence and not self._pair_started[-1]
        if single_pair:
            self._pair_open[-1] = True
        self._position += 1
        tab = self._text[self._position] in " \t" and self._skip_to_line_end()
        if key.possible:
            if self._brackets and key.line < line:
                self._check_key_over_lines(key, column, single_pair=single_pair)
            index = key.token_number - self._taken
            self._tokens.insert(index, t.KeyToken(key.position, key.position))
            if single_pair:
                self._tokens.insert(index, t.FlowMappingStartToken(key.position, key.position))
            self._roll_indent(key.column, key, t.BlockMappingStartToken)
            self._indent_continuation()
            self._forget_key()
            self._allow_key = False
        else:
            if single_pair:
                self._put(t.FlowMappingStartToken)
            if not self._brackets:
                if not self._allow_key:
                    raise YamlSyntaxError("a colon cannot stand here")
                self._roll_indent(column, None, t.BlockMappingStartToken)
            self._indent_continuation()
            self._allow_key = not self._brackets and not tab
        self._put(t.ValueToken)

    def _check_key_over_lines(self, key: _Key, colon: int, *, single_pair: bool) -> None:
        """A key in a flow collection may span lines only where it, its properties and its colon are indented."""
        block = self._levels[-1][0] if self._levels and not self._levels[-1][1] else self._indent
        columns = [key.column, colon]
        for token in islice(self._tokens, key.token_number - self._taken, None):
            columns.append(token.start_mark - self._text.rfind("\n", 0, token.start_mark) - 1)
            if not isinstance(token, (t.AnchorToken, t.TagToken)):
                break
        if single_pair or min(columns) <= block:
            raise YamlSyntaxError("a key spans lines")

    def _fetch_anchor(self, char: str) -> None:
        self._save_key()
        self._allow_key = False
        match = _ANCHOR.match(self._text, self._position + 1)
        if match is None:
            raise YamlSyntaxError("an anchor needs a name")
        token = t.AnchorToken if char == "&" else t.AliasToken
        self._tokens.append(token(match[0], self._position, self._position))
        self._position = match.end()

    def _fetch_tag(self) -> None:
        self._save_key()
        self._allow_key = False
        match = _TAG.match(self._text, self._position)
        # PyYAML refuses the handles that no directive declares, which is every named one.
        if match is None or (match["handle"] == "!" and not match["suffix"]):
            raise YamlSyntaxError("a tag cannot be read")
        char = self._text[match.end()]
        if char not in " \t\n\0" and not (self._brackets and char in ",]}"):
            raise YamlSyntaxError("a tag cannot be read")
        handle: str | None = "!" + (match["handle"] or "")
        try:
            suffix = unquote_to_bytes(match["verbatim"] or match["suffix"]).decode()
        except UnicodeDecodeError:
            raise YamlSyntaxError("a tag cannot be read") from None
        if match["verbatim"]:
            handle = None
        elif handle == "!" and not suffix:
            handle, suffix = None, "!"
        self._tokens.append(t.TagToken((handle, suffix), self._position, self._position))
        self._position = match.end()

    # Scalars.

    def _fetch_block_scalar(self) -> None:
        self._save_key()
        self._allow_key = True
        self._drop_continuation()
        self._take(scan_block(self._text, self._position, self._line, self._indent), "|")

    def _fetch_quoted(self, quote: str) -> None:
        self._save_key()
        self._allow_key = False
        line = self._line
        self._take(scan_quoted(self._text, self._position, self._line, self._line_start, quote), quote)
        self._skip_to_line_end()
        following = self._text[self._position]
        if following == ":":
            fine = bool(self._brackets) or line == self._line
        else:
            fine = following in "\n\0" or (bool(self._brackets) and following in ",]}")
        if not fine:
            raise YamlSyntaxError("something follows a quoted value")
        comment = self._skip_to_next_token()
        self._adjacent_value_at = _NEVER if comment else self._position

    def _fetch_plain(self) -> None:
        self._save_key()
        self._allow_key = False
        self._drop_continuation()
        scalar = scan_plain(
            self._text, self._position, self._line, self._line_start, self._indent + 1, in_flow=bool(self._brackets)
        )
        self._comment_after_plain = scalar.comment_line
        self._take(scalar, None)
        if self._is_leading():
            self._allow_key = True

    def _take(self, scalar: Scalar, style: str | None) -> None:
        self._tokens.append(t.ScalarToken(scalar.value, style is None, self._position, self._position, style))
        _, self._position, self._line, self._line_start, _ = scalar
