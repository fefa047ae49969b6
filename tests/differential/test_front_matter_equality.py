"""Front matter of both engines, byte for byte, over generated blocks: most of them are wrong somewhere."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from conftest import require_core
from support.front_matter import front_matter, front_matter_json

YAML_PIECES = (
    *(
        "a: ",
        "b: ",
        "  c: ",
        "k: ",
        "key",
        "1",
        "0x1f",
        "1.5",
        "-.5e3",
        "007",
        ".inf",
        "1e999",
        "~",
        "null",
        "true",
        "yes",
    ),
    *("- ", "-", "  - ", "- - ", "? ", "?", ": ", ":", ", ", ",", "[", "]", "{", "}", "a: [b, c]", '"x": 1', "<<: "),
    *(
        "\n",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\n - ",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\t",
        " \t",
        "\n\t",
        "\n  \t",
    ),
    *("&x ", "*x", "&y ", "*y", "a: &x {c: 1}\n", "b: *x\n", "a: &x [*x]\n", "&", "*", "!", "!t ", "!!str ", "!<u> "),
    *('"', "'", '"q"', "'s'", '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\x41"', '"\\U00110000"', "\\", "\\n"),
    *("|", ">", "|-\n", ">+\n", "|2\n", "#", " #c", "%", "@", "`", "=", "é", "---", "...", "--- x", "... x"),
    *("\x00", "\x07", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "😀", "99999999999999999999999999999999999999999"),
)
PLAIN_LINES = (
    *("a:", "b: ", "a: 1", "b: text", "c: a b # c", "k.x-y: 'q'", 'd: "x: y"', "e: http://x.y/z", "f: a:b", "_g: (x)"),
    *(
        "h: [a, 'b', \"c d\" , 0x1f]",
        "i: []",
        "j: [a b,]",
        "k: [ 1 ]",
        "- x",
        "- 'y'",
        "  - z",
        "  - 1.5",
        "- a: b",
        "-",
    ),
    *(
        "# c",
        "",
        "  ",
        "l:  x  ",
        "m: ~",
        "n: -1",
        "o: é",
        "p: x\u2028y",
        "q: \ufeff",
        "r: a\tb",
        "s:\t1",
        "t: a #",
        "u: x:",
    ),
    *(
        "v: 'a''b'",
        'w: "a\\nb"',
        "x: [a",
        " y: 1",
        "z: {}",
        "a: .5",
        "b: <x>",
        "c: +1",
        "d: @",
        "'e': 1",
        "f: |",
        "g: [[a]]",
    ),
)
TOML_PIECES = (
    *("a", "b", "c", "a.b", '"a"', "é", " = ", "=", ".", "[a]\n", "[b.c]\n", "[[a]]\n", "[[a.b]]\n", "[a", "]\n"),
    *(
        "a = 1\n",
        "b = 2\n",
        "a.b = 1\n",
        "a = {b = 1}\n",
        "a = [1,\n 2]\n",
        'x = "y"\n',
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
    ),
    *("1", "1.5", "0x1F", "0o17", "0b1", "1_000", "1__0", "1e5", "1e999", "9223372036854775807", "9223372036854775808"),
    *("inf", "-nan", "+inf", "true", "2020-01-01", "2020-02-30", "12:00", "07:32:00.123456789", "0000-01-01"),
    *(
        "2020-01-01T00:00:60Z",
        "1979-05-27 07:32:00-07:00",
        '"s"',
        "'l'",
        '"""',
        "'''",
        '"\\u00e9"',
        '"\\e"',
        '"\\ud800"',
    ),
    *("[", "]", "{", "}", ", ", "#c", "\x00", "\x7f", "\ufeff"),
)
JSON_PIECES = (
    *("{", "}", "[", "]", ":", ",", '"a"', '"b"', '"a":', '"a": 1', '{"a":', '"c": {', " ", "\n", "\r\n", "\t"),
    *("1", "-1", "1.5", "1e5", "1e999", "01", "-", "0", "true", "null", "NaN", "tru", "9" * 40, "é", "\x01", "\\", '"'),
    *('"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\x"', '"\\n"'),
)
FENCE_PIECES = (
    *(
        "---",
        "+++",
        "...",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "title: x",
        "a: b",
        "b: 1",
        "text",
        "- x",
        "  y: 2",
    ),
    *("#", "# h", "a = 1", "[t]", "Note: see", "{", "}", '"a":', "--- ", "key:", "---\n", "+++\n"),
)


def of(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=25).map("".join)


def check(text: str) -> None:
    require_core()
    assert front_matter_json("rust", text) == front_matter_json("python", text)


@given(of(YAML_PIECES))
@example("? \n  &a \n\t? ")
@example(": \n? ")
@example("a: b #c\n  d")
@example("\ufeffa: 1")
@example("{a\n: b}")
@example("[a\n: b]")
@example("a:\n- b\nc:\n - d")
def test_yaml(block: str) -> None:
    # A first line that is not blank, or most blocks would be no front matter.
    check(f"---\n#\n{block}\n---\n")


@given(st.lists(st.sampled_from(PLAIN_LINES), max_size=8), st.sampled_from(("\n", "\n", "\r\n")))
def test_plain_lines(lines: list[str], line_break: str) -> None:
    """Such blocks are read line by line; with braces in them the scanner reads them, to the same end."""
    block = "".join(line + line_break for line in ("#", *lines))
    check(f"---{line_break}{block}---{line_break}")
    plain = front_matter("python", f"---\n{block}---\n")
    scanned = front_matter("python", f"---\n{block}zz: {{}}\n---\n")
    is_indented = "y" in (plain["data"] or {})
    if plain["error"] is None and not is_indented:
        assert scanned["data"] == {**(plain["data"] or {}), "zz": {}}
        assert scanned["duplicate_keys"] == plain["duplicate_keys"]


@given(of(TOML_PIECES))
@example("[[b.a]]\n[b]\na.b.c = 1")
@example("[a.b]\n[b]\n[a]")
def test_toml(block: str) -> None:
    check(f"+++\n{block}\n+++\n")


@st.composite
def toml_documents(draw: st.DrawFn) -> str:
    """Tables and keys that often collide but are otherwise right."""
    keys = st.sampled_from(("a", "b", "c", "a.b", "a.c", "b.a", '"x y"', "d.e.f", "a.b.c", "1"))
    values = st.sampled_from(
        ("1", "-0.0", "1e22", "'l'", "[1, 'a']", "{x = 1}", "[{a = 1}]", "{a.b = 1, a.c = 2}", "inf")
    )
    kinds = st.sampled_from(("[{}]", "[[{}]]", "{} = {}", "{} = {}"))
    lines = draw(st.lists(kinds, max_size=12))
    return "\n".join(line.format(draw(keys), draw(values)) for line in lines)


@given(toml_documents())
@example("[[b.a]]\nb.a = 1\n[b]\na.b.c = 1")
def test_tables_of_toml(block: str) -> None:
    check(f"+++\n{block}\n+++\n")


@given(of(JSON_PIECES))
def test_json(inside: str) -> None:
    check('{"a": ' + inside + "}\n")
    check("{" + inside)


@given(of(FENCE_PIECES))
def test_fences(text: str) -> None:
    check(text)
    check("---\n" + text)


@given(st.text())
def test_any_text(text: str) -> None:
    for fence in ("---", "+++"):
        check(f"{fence}\n#{text}\n{fence}\n")
    check('{"' + text)
