"""Git's wildcard matching of bytes against bytes. The twin of ``cde_filesystem::wildmatch``.

The rules are those of gitignore(5) and of git's test t3070: ``?`` and ``*`` stay within a path component in pathname
mode, ``**`` that fills a component crosses components, ``[...]`` knows ranges, ``!`` or ``^`` and POSIX classes, and
``\\`` takes the next byte literally. Malformed patterns match what they match in git, which is mostly nothing.

Git answers by recursion. Here the calls are frames on an explicit stack, so that a pattern of a million stars cannot
exhaust the interpreter's stack; a repeated ``**/`` makes git's recursion exponential, so failed calls are remembered
once a match has taken :data:`REMEMBER_AFTER` steps, and one that takes :data:`STEP_LIMIT` is given up. Both engines
count the same steps and therefore give up on the same input.

>>> wildmatch(b"src/**/*.[ch]", b"src/a/b/main.c", PATHNAME)
True
>>> wildmatch(b"src/*.c", b"src/a/main.c", PATHNAME)
False
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

__all__ = ["CASEFOLD", "PATHNAME", "STEP_LIMIT", "PatternTooComplexError", "wildmatch"]

PATHNAME: Final = 1
CASEFOLD: Final = 2

STEP_LIMIT: Final = 1 << 18
REMEMBER_AFTER: Final = 1 << 12

_SLASH, _STAR, _ESCAPE, _OPEN, _CLOSE, _QUESTION = b"/*\\[]?"
_DASH, _COLON, _BANG, _CARET = b"-:!^"
_SPECIAL = frozenset(b"*?[\\")
_UPPER = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = frozenset(b"abcdefghijklmnopqrstuvwxyz")
_DIGIT = frozenset(b"0123456789")
_GRAPH = frozenset(range(0x21, 0x7F))
_CLASSES: Final = {
    b"alnum": _UPPER | _LOWER | _DIGIT,
    b"alpha": _UPPER | _LOWER,
    b"blank": frozenset(b" \t"),
    b"cntrl": frozenset(range(0x20)) | {0x7F},
    b"digit": _DIGIT,
    b"graph": _GRAPH,
    b"lower": _LOWER,
    b"print": _GRAPH | {0x20},
    b"punct": _GRAPH - _UPPER - _LOWER - _DIGIT,
    b"space": frozenset(b" \t\n\r"),
    b"upper": _UPPER,
    b"xdigit": _DIGIT | frozenset(b"abcdefABCDEF"),
}


class PatternTooComplexError(Exception):
    """The pattern takes more than :data:`STEP_LIMIT` steps on this text."""


class _Outcome(IntEnum):
    MATCH = 0
    NO_MATCH = 1
    # The text is used up: no earlier star can help by taking more of it.
    ABORT_ALL = 2
    # A single star met a slash: only a double star can help.
    ABORT_TO_STARSTAR = 3
    # Not an outcome yet: a frame was pushed, and the call it waits for has to run.
    CALL = 4


_MATCH, _NO_MATCH, _ABORT_ALL, _ABORT_TO_STARSTAR, _CALL = _Outcome


def _posix_class(pattern: bytes, start: int, byte: int, flags: int) -> tuple[bool | None, int]:
    """Whether ``byte`` is in the class whose name begins at ``start``, and where the ``]`` after it is.

    ``None`` for a malformed class. Where no ``:]`` follows, ``[`` is a plain member of the set, and the position is 0.
    """
    end = len(pattern) - 1  # the terminating zero
    close = pattern.find(b"]", start, end)
    if close < 0:
        return None, end
    if close == start or pattern[close - 1] != _COLON:
        return byte == _OPEN, 0
    name = pattern[start : close - 1]
    members = _CLASSES.get(name)
    if members is None:
        return None, close
    return byte in members or (name == b"upper" and bool(flags & CASEFOLD) and byte in _LOWER), close


def _bracket(pattern: bytes, p: int, byte: int, flags: int) -> tuple[_Outcome, int, int]:
    """Matches ``byte`` against the set whose ``[`` is at ``p``.

    Returns the outcome, the position of the closing bracket and the number of steps.
    """
    at = pattern.__getitem__
    begin = p
    p += 1
    current = at(p)
    negated = current in (_BANG, _CARET)
    if negated:
        p += 1
        current = at(p)
    previous = 0
    matched = False
    while True:
        if current == 0:
            return _ABORT_ALL, p, p - begin
        if current == _ESCAPE:
            p += 1
            current = at(p)
            if current == 0:
                return _ABORT_ALL, p, p - begin
            matched |= byte == current
        elif current == _DASH and previous and at(p + 1) not in (0, _CLOSE):
            p += 1
            current = at(p)
            if current == _ESCAPE:
                p += 1
                current = at(p)
                if current == 0:
                    return _ABORT_ALL, p, p - begin
            if previous <= byte <= current or (
                flags & CASEFOLD and byte in _LOWER and previous <= byte - 32 <= current
            ):
                matched = True
            current = 0  # a range's end does not start another range
        elif current == _OPEN and at(p + 1) == _COLON:
            held, close = _posix_class(pattern, p + 2, byte, flags)
            if held is None:
                return _ABORT_ALL, p, close - begin
            matched |= held
            if close > p:
                p = close
                current = 0
        else:
            matched |= byte == current
        previous = current
        p += 1
        current = at(p)
        if current == _CLOSE:
            break
    refused = matched == negated or (flags & PATHNAME and byte == _SLASH)
    return (_NO_MATCH if refused else _MATCH), p, p - begin


def wildmatch(pattern: bytes, text: bytes, flags: int = 0) -> bool:
    """Whether ``pattern``, which holds no zero byte, matches all of ``text``.

    ``flags`` is a union of :data:`PATHNAME` and :data:`CASEFOLD` (ASCII only). At most :data:`STEP_LIMIT` steps of
    constant time; raises :class:`PatternTooComplexError` beyond.
    """
    return _Matcher(pattern, text, flags).run()


class _Matcher:
    """One match in progress. ``frames`` holds the suspended calls as (position in pattern, position in text, kind).

    ``kind`` is 0 for a star that stays within a component, 1 for one that crosses slashes, and 2 for the attempt to
    let ``**/`` stand for nothing. Pattern and text end with a zero byte, as git's do.
    """

    __slots__ = ("called", "failed", "flags", "frames", "pattern", "steps", "text")

    def __init__(self, pattern: bytes, text: bytes, flags: int) -> None:
        if flags & CASEFOLD:
            text = text.lower()
        self.pattern = pattern + b"\0"
        self.text = text + b"\0"
        self.flags = flags
        self.frames: list[tuple[int, int, int]] = []
        self.called = (0, 0)
        self.failed: dict[tuple[int, int], _Outcome] = {}
        self.steps = 0

    def run(self) -> bool:
        outcome = _CALL
        while True:
            if outcome is _CALL:
                outcome = self._literal(*self.called)
                continue
            if not self.frames:
                return outcome is _MATCH
            p, t, kind = self.frames.pop()
            if outcome is not _MATCH and self.steps > REMEMBER_AFTER:
                self.failed[(p + 1, t) if kind == 2 else (p, t)] = outcome
            if kind == 2:
                if outcome is not _MATCH:
                    outcome = self._after_star(p, t, True)
            elif outcome is _NO_MATCH:
                if not kind and self.text[t] == _SLASH:
                    outcome = _ABORT_TO_STARSTAR
                else:
                    outcome = self._advance_star(p, t + 1, kind)
            elif kind and outcome is _ABORT_TO_STARSTAR:
                outcome = self._advance_star(p, t + 1, kind)

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > STEP_LIMIT:
            raise PatternTooComplexError

    def _call(self, p: int, t: int) -> _Outcome:
        """A call whose frame was pushed: its outcome if that is known from before."""
        self.called = (p, t)
        return self.failed.get(self.called, _CALL)

    def _literal(self, p: int, t: int) -> _Outcome:
        """Matches from ``p`` until a star suspends the call or it ends. ``p`` is where the call's pattern begins."""
        begin = p
        pattern, text, flags = self.pattern, self.text, self.flags
        while True:
            self._spend(1)
            wanted = pattern[p]
            if wanted == 0:
                return _NO_MATCH if text[t] else _MATCH
            byte = text[t]
            if byte == 0 and wanted != _STAR:
                return _ABORT_ALL
            if wanted == _STAR:
                moved = self._star(begin, p, t)
                if isinstance(moved, _Outcome):
                    return moved
                p, t = moved
                continue
            if wanted == _OPEN:
                outcome, p, steps = _bracket(pattern, p, byte, flags)
                self._spend(steps)
                if outcome is not _MATCH:
                    return outcome
            elif wanted == _QUESTION:
                if flags & PATHNAME and byte == _SLASH:
                    return _NO_MATCH
            else:
                if wanted == _ESCAPE:
                    # The escaped byte is not folded, in git neither: an escaped upper case letter matches nothing.
                    p += 1
                    wanted = pattern[p]
                elif flags & CASEFOLD and wanted in _UPPER:
                    wanted += 32
                if byte != wanted:
                    return _NO_MATCH
            p += 1
            t += 1

    def _star(self, begin: int, p: int, t: int) -> _Outcome | tuple[int, int]:
        """The star at ``p``: an outcome, or where the same call goes on."""
        pattern = self.pattern
        first = p
        p += 1
        if pattern[p] != _STAR:
            crosses = not self.flags & PATHNAME
        else:
            while pattern[p] == _STAR:
                p += 1
                self._spend(1)
            if not self.flags & PATHNAME:
                crosses = True
            elif (first == begin or pattern[first - 1] == _SLASH) and (
                pattern[p] in (0, _SLASH) or pattern[p : p + 2] == b"\\/"
            ):
                if pattern[p] == _SLASH:
                    self.frames.append((p, t, 2))
                    return self._call(p + 1, t)
                crosses = True
            else:
                crosses = False
        if pattern[p] == _SLASH and not crosses:
            slash = self.text.find(b"/", t)
            if slash < 0:
                return _ABORT_ALL
            self._spend(slash - t)
            return p + 1, slash + 1
        return self._after_star(p, t, crosses)

    def _after_star(self, p: int, t: int, crosses: bool) -> _Outcome:
        """Lets the star before ``p`` begin at ``t``."""
        if self.pattern[p] == 0:
            if not crosses and self.text.find(b"/", t) >= 0:
                return _ABORT_TO_STARSTAR
            return _MATCH
        return self._advance_star(p, t, int(crosses))

    def _advance_star(self, p: int, t: int, kind: int) -> _Outcome:
        """Lets the star before ``p`` take all before ``t`` and tries the rest there, or at the next candidate."""
        if self.text[t] == 0:
            return _ABORT_ALL
        wanted = self.pattern[p]
        if wanted not in _SPECIAL:
            if self.flags & CASEFOLD and wanted in _UPPER:
                wanted += 32
            limit = len(self.text) - 1
            if not kind:
                slash = self.text.find(b"/", t)
                limit = limit if slash < 0 else slash
            found = self.text.find(wanted, t, limit)
            if found < 0:
                self._spend(limit - t)
                return _ABORT_ALL if kind else _ABORT_TO_STARSTAR
            self._spend(found - t)
            t = found
        self.frames.append((p, t, kind))
        return self._call(p, t)
