"""What front matter is and what it means, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from support.front_matter import front_matter

SYNTAX = "the YAML cannot be parsed"


def data(engine: str, block: str) -> Any:
    """The data of a YAML block, which must have no error."""
    found = front_matter(engine, f"---\n{block}\n---\n")
    assert found["error"] is None
    return found["data"]


def error(engine: str, text: str) -> tuple[int, int | None, str]:
    found = front_matter(engine, text)
    assert found["data"] is None
    assert found["duplicate_keys"] == []
    return found["error"]["line"], found["error"]["column"], found["error"]["message"]


@pytest.mark.parametrize(
    ("text", "format_", "line_count", "end"),
    [
        ("---\na: 1\n---\nbody", "yaml", 3, 13),
        ("---\na: 1\n...\nbody", "yaml", 3, 13),
        ("--- \t\na: 1\n---\t\nbody", "yaml", 3, 16),
        ("---\r\na: é\r\n---\r\nbody", "yaml", 3, 17),
        ("---\ra: 1\r---\rbody", "yaml", 3, 13),
        ("---\na: 1\n---", "yaml", 3, 12),
        ("---\n---\n", "yaml", 2, 8),
        ("---\n\na: 1\n---\n", "yaml", 4, 14),
        ("+++\na = 1\n+++\nbody", "toml", 3, 14),
        ('{"a": 1}\nbody', "json", 1, 9),
        ('{\n  "a": {"b": "}"}\n} \n\nbody', "json", 3, 23),
        ("{}\nbody", "json", 1, 3),
    ],
)
def test_where_a_block_ends(engine: str, text: str, format_: str, line_count: int, end: int) -> None:
    found = front_matter(engine, text)
    assert (found["format"], found["line_count"], found["start"], found["end"]) == (format_, line_count, 0, end)
    assert found["error"] is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "----\na: 1\n----\n",
        "--- a\nb: 1\n---\n",
        " ---\na: 1\n---\n",
        "---\n# Heading\n",
        "---\nNote: this is prose.\n\n# Heading\n",
        "---\nfirst: 1\nsecond: 2\nand then prose\n\n# Heading\n",
        "---\n\nProse between two thematic breaks.\n\n---\n",
        "---\n\n- a list\n\n---\n",
        "+++\ntext\n",
        "+++ \n[not closed\n\nno key",
        "{",
        "{/* a comment in MDX */}\n",
        "{props.title}\n",
        '{"text"}\n',
        '{"a": 1} text\n',
        "{{ page.title }}\n",
    ],
)
def test_what_is_no_front_matter(engine: str, text: str) -> None:
    assert front_matter(engine, text) is None


@pytest.mark.parametrize(
    ("text", "format_", "line_count", "message"),
    [
        ("---\ntitle: x\ntags:\n  - a\n# c\n\n# Heading\n", "yaml", 5, "the front matter is not closed by ---"),
        ("---\na: 1\nb:", "yaml", 3, "the front matter is not closed by ---"),
        ("+++\n[a]\nb = 1\n\ntext\n", "toml", 3, "the front matter is not closed by +++"),
        ('{\n"a": 1,\n"b": 2\n\ntext\n', "json", 3, "the front matter is not closed by }"),
    ],
)
def test_a_missing_fence(engine: str, text: str, format_: str, line_count: int, message: str) -> None:
    """The body below stays what it is: it begins after the lines that were meant as front matter."""
    found = front_matter(engine, text)
    assert (found["format"], found["line_count"]) == (format_, line_count)
    assert error(engine, text) == (1, None, message)


def test_core_schema(engine: str) -> None:
    block = """
a: [yes, on, off, True, FALSE, null, ~, Null, '', !!str 1, ! 2, !custom 3]
b: [1, -1, +1, 007, 0o17, 0x1F, 1_000, 0b1, 1:30, 170141183460469231731687303715884105727]
c: [170141183460469231731687303715884105728, 1.5, 1., .5, -1e3, 1E-2, .inf, -.inf, .nan, 1e400]
d: [2026-11-22, 2026-11-22T10:00:00Z, 1.2.3, v1]
<<: {x: 1}
1: one
true: two
~: three
: four
"""
    assert data(engine, "#" + block) == {
        "a": ["yes", "on", "off", True, False, None, None, None, "", "1", "2", 3],
        "b": [1, -1, 1, 7, 15, 31, "1_000", "0b1", "1:30", 2**127 - 1],
        "c": [str(2**127), 1.5, 1.0, 0.5, -1000.0, 0.01, ".inf", "-.inf", ".nan", "1e400"],
        "d": ["2026-11-22", "2026-11-22T10:00:00Z", "1.2.3", "v1"],
        "<<": {"x": 1},
        "1": "one",
        "true": "two",
        "~": "three",
        "": "four",
    }


def test_scalars_over_several_lines(engine: str) -> None:
    block = """
literal: |
  one

   two
folded: >-
  one
  two

  three
kept: |+
  one

indented: |2
    one
plain: one
  two

  three
double: "one \\
  two\\u00e9\\x41\\U0001F600\\ud83d\\ude00
  three"
single: 'it''s
  so'
tab:\tvalue\t# comment
"""
    assert data(engine, "#" + block) == {
        "literal": "one\n\n two\n",
        "folded": "one two\nthree",
        "kept": "one\n\n",
        "indented": "  one\n",
        "plain": "one two\nthree",
        "double": "one twoéA😀😀 three",
        "single": "it's so",
        "tab": "value",
    }


def test_line_breaks_and_separators_of_unicode_are_text(engine: str) -> None:
    assert data(engine, "a: x\u2028y\u0085z\nb: x\ufeffc") == {
        "a": "x\u2028y\u0085z",
        "b": "x\ufeffc",
    }


def test_aliases(engine: str) -> None:
    block = "a: &x {b: [1]}\nc: *x\nd: [&x 2, *x]\n? &k key\n: 1\n*k : 2"
    found = front_matter(engine, f"---\n{block}\n---\n")
    assert found["data"] == {"a": {"b": [1]}, "c": {"b": [1]}, "d": [2, 2], "key": 2}
    assert found["duplicate_keys"] == [{"key": "key", "line": 7}]


def test_the_last_of_two_values_wins_in_the_place_of_the_first(engine: str) -> None:
    yaml = front_matter(engine, "---\na: 1\nb: {c: [{d: 1, d: 2}]}\n'a': 3\n---\n")
    assert list(yaml["data"].items()) == [("a", 3), ("b", {"c": [{"d": 2}]})]
    assert yaml["duplicate_keys"] == [{"key": "b.c.0.d", "line": 3}, {"key": "a", "line": 4}]
    json_ = front_matter(engine, '{"a": 1,\n"b": [{"c": 1, "c": 2}],\n"a": 3}\n')
    assert list(json_["data"].items()) == [("a", 3), ("b", [{"c": 2}])]
    assert json_["duplicate_keys"] == [{"key": "b.0.c", "line": 2}, {"key": "a", "line": 3}]


def test_toml(engine: str) -> None:
    block = """
title = "a\\u00e9\\e"
whole = [1, 0x1F, 1_000]
broken = [1.5, 1e3, inf, -inf, nan, -0.0]
when = [2026-11-22, 10:30:00, 10:30, 2026-11-22 10:30:00.123456789, 2026-11-22T10:30:00+02:00, 2026-11-22T10:30:00z]
inline = {
  a.b = 1,
}
[z.y]
x = true
[[list]]
[[list]]
a = 1
[z]
w = 'l'
"""
    found = front_matter(engine, f"+++{block}+++\n")
    assert found["error"] is None
    assert list(found["data"].items()) == [
        ("title", "aé\x1b"),
        ("whole", [1, 31, 1000]),
        ("broken", [1.5, 1000.0, "inf", "-inf", "nan", -0.0]),
        (
            "when",
            [
                "2026-11-22",
                "10:30:00",
                "10:30:00",
                "2026-11-22T10:30:00.123456",
                "2026-11-22T10:30:00+02:00",
                "2026-11-22T10:30:00Z",
            ],
        ),
        ("inline", {"a": {"b": 1}}),
        ("z", {"y": {"x": True}, "w": "l"}),
        ("list", [{}, {"a": 1}]),
    ]


def test_json(engine: str) -> None:
    text = '{"a": [1, -0, 1.5, 1e400, 170141183460469231731687303715884105728, true, null, "\\ud83d\\ude00\\n"]}\n'
    assert front_matter(engine, text)["data"] == {"a": [1, 0, 1.5, "1e400", str(2**127), True, None, "😀\n"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The line that opened what is not closed, not the end of the block.
        ("---\na: 1\nb: [1,\nc: 2\nd: 3\n---\n", (3, None, SYNTAX)),
        ('---\na: 1\nb: "x\nc: 2\nd: 3\n---\n', (3, None, SYNTAX)),
        ("---\na: 1\nb: c: d\ne: 2\n---\n", (3, None, SYNTAX)),
        ("---\na:\n  b: 1\n   c: 2\nd: 3\n---\n", (4, None, SYNTAX)),
        ("---\na: 1\n\tb: 2\n---\n", (3, None, SYNTAX)),
        ("---\na: @b\n---\n", (2, None, SYNTAX)),
        ('---\na: "\\ud800"\n---\n', (2, None, SYNTAX)),
        ('---\na: "\\q"\n---\n', (2, None, SYNTAX)),
        ("---\na: 1\n--- b\n---\n", (3, None, SYNTAX)),
        ("---\na: 1\nb: \x07\n---\n", (3, None, SYNTAX)),
        ("---\na: {{ b }}\n---\n", (2, None, "a key must be a single value")),
        ("---\na: 1\nb: *c\n---\n", (3, None, "an alias refers to no anchor before it")),
        ("---\na: &b [*b]\n---\n", (2, None, "an alias refers to the value that contains it")),
        ("---\nprose\n---\n", (2, None, "the front matter is not a mapping")),
        ("---\n- a\n---\n", (2, None, "the front matter is not a mapping")),
        ("+++\na = 1\na = 2\nb = 3\n+++\n", (3, None, "the TOML cannot be parsed")),
        ('+++\na = 1\nb = """\nc = 2\n+++\n', (3, None, "the TOML cannot be parsed")),
        ("+++\na = 9223372036854775808\n+++\n", (2, None, "the TOML cannot be parsed")),
        ("+++\na = 1e400\n+++\n", (2, None, "the TOML cannot be parsed")),
        ("+++\n[[a.b]]\n[a]\nb.c = 1\n+++\n", (4, None, "the TOML cannot be parsed")),
        ('{"a": 1,\n "é": [1 2]}\n', (2, 10, "the JSON cannot be parsed")),
        ('{"a": NaN}\n', (1, 7, "the JSON cannot be parsed")),
        ('{"a": 01}\n', (1, 8, "the JSON cannot be parsed")),
        ('{"a": "\\ud800"}\n', (1, 8, "the JSON cannot be parsed")),
        ('{"a": 1,}\n', (1, 9, "the JSON cannot be parsed")),
    ],
)
def test_errors(engine: str, text: str, expected: tuple[int, int | None, str]) -> None:
    assert error(engine, text) == expected


def test_an_empty_block_has_no_data_and_no_error(engine: str) -> None:
    for text in ("---\n---\n", "---\n# nothing\n---\n"):
        found = front_matter(engine, text)
        assert (found["data"], found["error"]) == (None, None)
    assert front_matter(engine, "+++\n+++\n")["data"] == {}
