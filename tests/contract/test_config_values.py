"""Sizes, durations, numbers, choices and lists, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cde_orchestrator.adapters.config import SETTINGS
from cde_orchestrator.adapters.config.values import parse_duration, parse_size, value_from_file, value_from_text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("17", 17),
        ("17B", 17),
        ("10k", 10_000),
        ("10K", 10_000),
        ("10kB", 10_000),
        ("10Ki", 10_240),
        ("10 KiB", 10_240),
        ("2M", 2_000_000),
        ("1.5Gi", 3 * 2**29),
        ("0.001k", 1),
        ("1T", 10**12),
        (" 3m ", 3_000_000),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "k", "-1", "1x", "1kk", "1.k", ".5k", "1e3", "1,000", "٣k", "1 0", "ten"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size"):
        parse_size(text)


def test_large_sizes_are_exact() -> None:
    assert parse_size("9007.199254740993T") == 9_007_199_254_740_993


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("30m", 1_800),
        ("3h", 10_800),
        ("2d", 172_800),
        ("1w", 604_800),
        ("1d12h", 129_600),
        ("1h 5m", 3_900),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "2", "d", "2x", "2d!", "-2d", "1.5d", "two days"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        parse_duration(text)


@given(st.text(max_size=20))
def test_no_text_breaks_the_parsers(text: str) -> None:
    for parse in (parse_size, parse_duration):
        try:
            value = parse(text)
        except ValueError:
            continue
        assert value >= 0


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("threads", "4", 4),
        ("files.type", "md, py,,rs", ("md", "py", "rs")),
        ("files.glob", "*.{md,rst}", ("*.{md,rst}",)),
        ("engine", "rust", "rust"),
        ("files.min_size", "1k", 1000),
        ("files.changed_within", "1d", 86_400),
        ("docs.site_root", "content", "content"),
    ],
)
def test_text_by_kind(key: str, text: str, value: object) -> None:
    assert value_from_text(SETTINGS[key], text) == value


@pytest.mark.parametrize(
    ("key", "text", "complaint"),
    [
        ("threads", "many", "'many' is not a whole number"),
        ("threads", "513", "must be from 0 to 512, not 513"),
        ("threads", "-1", "must be from 0 to 512, not -1"),
        ("files.max_depth", "0", "must be at least 1, not 0"),
        ("engine", "gpu", "must be auto, rust or python, not 'gpu'"),
        ("docs.max_document_bytes", "0", "must be at least 1, not 0"),
    ],
)
def test_text_out_of_range(key: str, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("'", ".")):
        value_from_text(SETTINGS[key], text)


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("files.hidden", "yes", "must be true or false, not a text"),
        ("files.hidden", 1, "must be true or false, not a whole number"),
        ("files.max_depth", True, "must be a whole number, not a boolean"),
        ("files.max_depth", 1.5, "must be a whole number, not a float"),
        ("files.glob", "*.md", "must be a list of texts, not a text"),
        ("files.glob", ["a", 1], "must be a list of texts, not a list"),
        ("files.min_size", {}, "must be a number of bytes"),
        ("files.changed_within", 3, 'must be a text such as "2d", not a whole number'),
        ("engine", 3, "must be a text, not a whole number"),
    ],
)
def test_values_of_a_file_are_checked_by_type(key: str, value: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        value_from_file(SETTINGS[key], value)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_each_default_is_a_value_that_the_file_may_give(setting) -> None:
    if setting.default is None:
        return
    written = list(setting.default) if isinstance(setting.default, tuple) else setting.default
    assert value_from_file(setting, written) == setting.default
