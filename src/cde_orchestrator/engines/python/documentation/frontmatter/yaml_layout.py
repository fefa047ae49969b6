"""White space, indentation and possible keys: what the tokens of YAML 1.2 depend on besides their characters.

Where a token stands decides which blocks begin and end there, and a token becomes a key only when a colon follows, so
tokens wait here until that is known (YAML 1.2.2, chapters 6 to 8).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from yaml import tokens as t

from .yaml_scalars import BLANKS, YamlDepthError, YamlSyntaxError

__all__ = ["END", "MAX_COLLECTIONS", "Key", "Layout"]

MAX_COLLECTIONS = 255
"""Open flow collections, and open block collections, that are kept; the limit of the native parser."""

END = "\0"
"""What stands behind the last character."""

_KEY_LENGTH = 1024


@dataclass(slots=True)
class Key:
    """A token that turns out to be a mapping key if a colon follows."""

    position: int = 0
    line: int = 0
    column: int = 0
    possible: bool = False
    required: bool = False
    token_number: int = 0


class Layout:
    """The position in the text, the tokens that wait, and the blocks and brackets that are open."""

    def __init__(self, text: str) -> None:
        self._text = text + END
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
        self._keys = [Key()]
        self._first_key: int | None = None
        self._brackets: list[str] = []
        self._comment_after_plain: int | None = None
        self._key_tab_check = False

    def _put(self, token: type[t.Token]) -> None:
        self._tokens.append(token(self._position, self._position))

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
        if char != END and not (char == ":" and self._text[self._position + 1] in " \t\n\0"):
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
        self._keys[-1] = Key(self._position, self._line, self._column, True, required, number)
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

    def _roll_indent(self, column: int, key: Key | None, token: type[t.Token]) -> None:
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
