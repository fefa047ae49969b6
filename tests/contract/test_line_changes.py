"""The comparison of lines: what it keeps was there before, in this order, and what it costs is bounded."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.domain.line_changes import ChangedLines, changed_lines, lines_of

TEXTS = st.lists(st.sampled_from([b"a", b"b", b"c", b"d", b"", b"e f"]), max_size=30).map(
    lambda lines: b"".join(line + b"\n" for line in lines)
)


def numbers(spans: tuple[tuple[int, int], ...]) -> list[int]:
    return [number for first, last in spans for number in range(first, last + 1)]


def longest_common(one: list[bytes], two: list[bytes]) -> int:
    row = [0] * (len(two) + 1)
    for line in one:
        before = row[:]
        for index, other in enumerate(two):
            row[index + 1] = before[index] + 1 if line == other else max(row[index], before[index + 1])
    return row[-1]


@given(TEXTS, TEXTS)
def test_what_is_kept_was_there_in_this_order(before: bytes, after: bytes) -> None:
    new = lines_of(after)
    changed = numbers(changed_lines(before, after))
    assert changed == sorted(set(changed))
    kept = [line for number, line in enumerate(new, 1) if number not in changed]
    rest = iter(lines_of(before))
    assert all(line in rest for line in kept)
    assert len(kept) == longest_common(lines_of(before), new)


@given(st.lists(st.sampled_from([b"a", b"b", b"c", b"d"]), max_size=30), st.randoms())
def test_added_lines_are_exactly_those(lines: list[bytes], rng: random.Random) -> None:
    new = list(lines)
    for _ in range(rng.randrange(5)):
        new.insert(rng.randrange(len(new) + 1), rng.choice([b"a", b"b", b"new"]))
    before, after = (b"".join(line + b"\n" for line in some) for some in (lines, new))
    assert len(numbers(changed_lines(before, after))) == len(new) - len(lines)
    assert changed_lines(after, after) == ()
    assert changed_lines(after, before) == ()


def test_line_ends_and_marks_do_not_count() -> None:
    assert changed_lines(b"a\nb\n", b"\xef\xbb\xbfa\r\nb\r\nc") == ((3, 3),)
    assert changed_lines(b"", b"a\rb\r") == ((1, 2),)
    assert changed_lines(b"a\n", b"") == ()


def test_anchors_help_where_there_are_too_many_edits() -> None:
    before = b"".join(b"%d\nold %d\n" % (number, number) for number in range(2_000))
    after = b"".join(b"%d\nnew %d\n" % (number, number) for number in range(2_000))
    assert numbers(changed_lines(before, after)) == list(range(2, 4_001, 2))


@pytest.mark.parametrize("kinds", [1, 2, 50, 100_000])
def test_large_and_hostile_texts_take_bounded_time(kinds: int) -> None:
    rng = random.Random(kinds)
    before, after = (b"".join(b"%d\n" % rng.randrange(kinds) for _ in range(100_000)) for _ in range(2))
    begin = time.process_time()
    changed_lines(before, after)
    assert time.process_time() - begin < 10


def test_touching() -> None:
    lines = ChangedLines(((3, 5),))
    assert [lines.touches(number, number) for number in (2, 3, 5, 6)] == [False, True, True, False]
    assert lines.touches(1, 9)
    assert lines.touches(4, 1), "an end before the start is no end"
    assert ChangedLines(whole=True).touches(1, 1)
    assert not ChangedLines().any
