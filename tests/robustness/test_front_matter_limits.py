"""Hostile front matter: bounded work, the same answer on both engines, and never an exception."""

from __future__ import annotations

import json

import pytest

from conftest import require_core
from support.front_matter import front_matter, front_matter_json

TOO_DEEP = "the YAML is nested deeper than 64 levels"
TOO_LONG = "the front matter is longer than 256 KiB"
YAML = "the YAML cannot be parsed"
TOML = "the TOML cannot be parsed"
MANY = 40_000

LAUGHS = "a: &a [l, l, l, l, l, l, l, l, l]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + below] * 9)}]\n" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{at}: &a{at} [*a{at - 1}]\n" for at in range(1, 5000))
WIDE_ALIASES = f"a: &a {'x' * 5000}\nb: [{', '.join(['*a'] * 100)}]\n"
BLANKS = " " * 60_000
# Bad in the last of many entries, where a search for the line from the top would cost quadratic time.
LATE = "".join(f"k{at}: v\n" for at in range(20_000)) + "x: [\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(f"---\n{LAUGHS}---\n", "aliases make the data too large", id="billion-laughs"),
        pytest.param(f"---\n{CHAIN}---\n", TOO_DEEP, id="alias-chain"),
        pytest.param(f"---\n{WIDE_ALIASES}---\n", "aliases make the data too large", id="wide-aliases"),
        pytest.param("---\na: &a {b: [*a]}\n---\n", "an alias refers to the value that contains it", id="cycle"),
        pytest.param(f"---\na: {'[' * 100_000}\n---\n", TOO_DEEP, id="brackets"),
        pytest.param(f"---\n{'{a: ' * MANY}\n---\n", TOO_DEEP, id="braces"),
        pytest.param(f"---\n{'- ' * 100_000}\n---\n", TOO_DEEP, id="dashes"),
        pytest.param(f"---\n{'? ' * 100_000}\n---\n", TOO_DEEP, id="question-marks"),
        pytest.param("---\n" + "".join(" " * at + "a:\n" for at in range(300)) + "---\n", TOO_DEEP, id="indentation"),
        pytest.param(f"---\na: {'x' * 10_000_000}\n---\n", TOO_LONG, id="long-scalar"),
        pytest.param(f"---\n{'k' * 100_000}: v\n---\n", YAML, id="long-key"),
        pytest.param(f"---\n{'a:' * 100_000}\n---\n", YAML, id="colons"),
        pytest.param(f"---\na: '{'x' * 100_000}\n---\n", YAML, id="open-quote"),
        pytest.param(f"---\na: [{'1,' * MANY}\n---\n", YAML, id="open-bracket"),
        pytest.param("---\na: \x00\n---\n", YAML, id="nul"),
        pytest.param(f"---\n{LATE}---\n", YAML, id="late-error"),
        pytest.param(f"+++\na = {'[' * 100_000}\n+++\n", TOML, id="toml-brackets"),
        pytest.param(f"+++\na = {'{a = ' * MANY}\n+++\n", TOML, id="toml-braces"),
        pytest.param(f"+++\n{'.'.join(['a'] * 100_000)} = 1\n+++\n", TOML, id="toml-dotted-key"),
        pytest.param(f"+++\n[{'.'.join(['a'] * 100_000)}]\n+++\n", TOML, id="toml-header"),
        pytest.param(f"+++\na = {'[' * 64}{']' * 64}\n+++\n", TOML, id="toml-65-levels"),
        pytest.param(
            '{"a":' + "[" * 64 + "]" * 64 + "}\n", "the JSON is nested deeper than 64 levels", id="json-65-levels"
        ),
        pytest.param('{"a":' + '[{"a":' * MANY + "1" + "}]" * MANY + "}\n", TOO_LONG, id="json-long"),
        pytest.param('{"a":' + "[" * 100_000 + "\n", "the front matter is not closed by }", id="json-open"),
    ],
)
def test_refused(engine: str, text: str, message: str) -> None:
    assert front_matter(engine, text)["error"]["message"] == message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\na: {'[' * 63}{']' * 63}\n---\n", id="64-levels"),
        pytest.param(f"---\na: [{'1,' * MANY}]\n---\n", id="many-values"),
        pytest.param("---\n" + "".join(f"k{at}: v\n" for at in range(20_000)) + "---\n", id="many-keys"),
        pytest.param("---\n" + "a: b\n" * MANY + "---\n", id="many-duplicates"),
        pytest.param("---\n" + "?\n" * MANY + "---\n", id="many-absent-keys"),
        pytest.param(f"---\n? {'k' * 100_000}\n: v\n---\n", id="long-explicit-key"),
        pytest.param(f"---\na: &a {'&b [' * 40}{'x, ' * 20_000}{']' * 40}\n---\n", id="nested-anchors"),
        pytest.param(f"---\na: b{BLANKS}#\nc:{BLANKS}d\ne: |\n{BLANKS}\n   f\n---\n", id="blanks"),
        pytest.param("---\na: b\n" + "\n" * 100_000 + "---\n", id="blank-lines"),
        pytest.param(f'---\na: "{BLANKS}\n{BLANKS}"\n---\n', id="quoted-blanks"),
        pytest.param(f"---\na: !{'%41' * MANY} b\n---\n", id="long-tag"),
        pytest.param("---\na: b\nc: d\n" + "x: y\n" * 100_000, id="long-without-fence"),
        pytest.param("---\n" + "text\n" * 100_000, id="long-thematic-break"),
        pytest.param("+++\n" + "[[a]]\n" * 30_000 + "+++\n", id="toml-tables"),
        pytest.param("{" + ",".join(f'"k":{at}' for at in range(20_000)) + "}\n", id="json-duplicates"),
        pytest.param("---\n" + LAUGHS.replace("9", "2") + "x: [\n---\n", id="syntax-before-aliases"),
    ],
)
def test_both_engines_agree(text: str) -> None:
    require_core()
    assert front_matter_json("python", text) == front_matter_json("rust", text)


def test_the_record_of_duplicates_is_bounded(engine: str) -> None:
    """Many short keys below a long one would else make the record much larger than the block."""
    block = "? " + "k" * 100_000 + "\n: " + "\n  ".join(["a: 1"] * 10_000)
    found = front_matter(engine, f"---\n{block}\n---\n")
    assert found["error"] is None
    assert len(found["duplicate_keys"]) == 100
    assert len(json.dumps(found["duplicate_keys"])) < 100 * 300
