"""Tokens of YAML 1.2 for PyYAML's grammar.

PyYAML's own scanner follows YAML 1.1: it refuses tabs as separation, takes comments without a space before them, allows
only ASCII in anchors and breaks lines at U+0085, U+2028 and U+2029. This one follows YAML 1.2.2 and takes the same
liberties as the native engine's parser (``granit-parser``): indentation inside flow collections and quoted scalars is
free. What it takes and refuses is compared with that parser on generated and real documents.

The text must end with a line break and hold only printable characters (YAML 1.2.2, section 5.1), no carriage return,
no document marker and no byte order mark at the beginning of a line. Both marks of a token are its position.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import unquote_to_bytes

from yaml import tokens as t

from .yaml_layout import END, MAX_COLLECTIONS, Key, Layout
from .yaml_scalars import Scalar, YamlDepthError, YamlSyntaxError, scan_block, scan_plain, scan_quoted

__all__ = ["Scanner", "YamlDepthError", "YamlSyntaxError"]

_NEVER = -1
_ANCHOR = re.compile(r"[^ \t\n\0\ufeff,\[\]{}]+")
_TAG = re.compile(
    r"""!(?:
        <(?P<verbatim>(?:%[0-9A-Fa-f]{2}|[-0-9A-Za-z#;/?:@&=+$,_.!~*'()\[\]])+)>
      | (?P<handle>[-\w]*!)?(?P<suffix>(?:%[0-9A-Fa-f]{2}|[-0-9A-Za-z#;/?:@&=+$_.~*'()])*)
    )""",
    re.VERBOSE | re.ASCII,
)


class Scanner(Layout):
    """The interface that :class:`yaml.parser.Parser` reads tokens from. Linear in the length of the text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # For each open bracket: whether an entry that is a mapping with one pair is open in it (None in braces), and
        # whether a key in it belongs to a mapping that is already open, by a brace or a question mark.
        self._pair_open: list[bool | None] = []
        self._pair_started: list[bool] = []
        # Where a colon needs no space behind it, because a JSON-like key ends there.
        self._adjacent_value_at = _NEVER

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

    # One token more.

    def _fetch(self) -> None:
        self._skip_to_next_token()
        self._drop_stale_keys()
        self._unroll_indent(self._column)
        text = self._text
        char, following = text[self._position], text[self._position : self._position + 2][1:]
        if char == END:
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
        self._keys.append(Key())
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

    def _check_key_over_lines(self, key: Key, colon: int, *, single_pair: bool) -> None:
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
