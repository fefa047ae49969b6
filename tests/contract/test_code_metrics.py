"""Measures of Python, on both engines: what each line is, and how complex each function is, by figures made by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

import cde_orchestrator as cde
from conftest import TreeMaker


def measured(engine: str, make_tree: TreeMaker, source: str | bytes) -> cde.FileMetrics:
    (file,) = cde.code_metrics(make_tree({"a.py": source}), engine=engine).items
    return file


def function(engine: str, make_tree: TreeMaker, lines: Sequence[str]) -> cde.FunctionMetrics:
    """The measures of a function ``f`` with these lines."""
    body = "".join(f"    {line}\n" for line in lines)
    return measured(engine, make_tree, f"def f(x, y):\n{body}").functions[0]


SOURCE = '''"""What this is.

More of it.
"""

import os  # code, in spite of the comment

# A comment.
TEXT = """first

last"""


class Box:
    """A box."""

    def open(self, force=False):
        # How.
        if force:
            return "# no comment"

        \\

        return None
'''


def test_a_file(engine: str, make_tree: TreeMaker) -> None:
    file = measured(engine, make_tree, SOURCE)
    # Comment: lines 1 to 4, 8, 15 and 18. Blank: 5, 7, 12, 13, 16, 21 and 23. Line 10, in a string, and 22 are code.
    assert (file.path, file.language) == ("a.py", "Python")
    assert (file.lines, file.code, file.comment, file.blank) == (24, 10, 7, 7)
    assert (file.cyclomatic, file.cognitive) == (2, 1)
    digest = hashlib.sha256(SOURCE.encode()).hexdigest()[:12]
    assert file.functions == (
        cde.FunctionMetrics(
            name="Box.open",
            line=17,
            end_line=24,
            code=5,
            parameters=2,
            nesting=1,
            cyclomatic=2,
            cognitive=1,
            ref=f"a.py#L17-L24@{digest}",
        ),
    )


@pytest.mark.parametrize(
    ("source", "figures"),
    [
        ("", (0, 0, 0)),
        ("\n", (0, 0, 1)),
        (" \t\f\n\n", (0, 0, 2)),
        ("x = 1", (1, 0, 0)),
        ("x = 1\n# end", (1, 1, 0)),
        ("x = 1  # one\n  # two\n", (1, 1, 0)),
        ("#!/bin/sh\n#\n", (0, 2, 0)),
        ("'alone'\n", (0, 1, 0)),
        ("x = 1\n'alone'\n'a' \\\n  'b'\n", (1, 3, 0)),
        ("'alone'; x = 1\n", (1, 0, 0)),
        ("('in brackets')\n", (1, 0, 0)),
        ('"""\n\nDocumentation.\n"""\n', (0, 4, 0)),
        ('x = """\n\n# text\n"""\n', (4, 0, 0)),
        ("f(\n\n    # why\n    1,\n)\n", (3, 1, 1)),
        ("x = 1 + \\\n\n", (1, 0, 1)),
        ("\\\n", (1, 0, 0)),
        ("class A:\n    'A.'\n    x = 1\n    'The x.'\n", (2, 2, 0)),
        ("x = [\n]\n", (2, 0, 0)),
        (b"\xef\xbb\xbf# A mark.\n", (0, 1, 0)),
        ("# é\nx = 'é'\n".encode("latin-1"), (1, 1, 0)),
    ],
)
def test_what_a_line_is(engine: str, make_tree: TreeMaker, source: str | bytes, figures: tuple[int, int, int]) -> None:
    file = measured(engine, make_tree, source)
    assert (file.code, file.comment, file.blank) == figures
    assert file.lines == sum(figures)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_endings(engine: str, make_tree: TreeMaker, ending: str, last: bool) -> None:
    lines = ("def f():", '    """One.', "", '    """', "    # two", "", "    if x:", "        return 1")
    file = measured(engine, make_tree, ending.join(lines) + ending * last)
    assert (file.lines, file.code, file.comment, file.blank) == (8, 3, 4, 1)
    (only,) = file.functions
    assert (only.line, only.end_line, only.code, only.cognitive) == (1, 8, 3, 1)


@pytest.mark.parametrize(
    ("head", "parameters"),
    [
        ("f()", 0),
        ("f(a)", 1),
        ("f(a, b,)", 2),
        ("f(a=(1, 2), b={'x': [3, 4]})", 2),
        ("f(a, /, b, *, c)", 3),
        ("f(*, c)", 1),
        ("f(a, *args, **options)", 3),
        ("f(self: Dict[str, int], b: Callable[[int, int], None] = g(1, 2)) -> Tuple[int, int]", 2),
        ("f[T, *Ts, **P](a: T)", 1),
        ("f[T: (int, str)]()", 0),
        ("f(\n    a,  # one, two\n    b='x, y',\n)", 2),
    ],
)
def test_parameters(engine: str, make_tree: TreeMaker, head: str, parameters: int) -> None:
    for word in ("def", "async def"):
        (only,) = measured(engine, make_tree, f"{word} {head}:\n    pass\n").functions
        assert (only.name, only.parameters) == ("f", parameters)
        assert (only.nesting, only.cyclomatic, only.cognitive) == (0, 1, 0)


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        (["pass"], (0, 1, 0)),
        (["if x: pass"], (1, 2, 1)),
        # Each branch adds 1 to the cognitive complexity, however deep; `else` decides nothing.
        (["if x:", "    pass", "elif y:", "    pass", "else:", "    pass"], (1, 3, 3)),
        # 1 + 2 + 3.
        (["for a in x:", "    while y:", "        if a:", "            pass"], (3, 4, 6)),
        # The `else` of a loop and of `try`: 1 each.
        (["for a in x:", "    pass", "else:", "    pass"], (1, 2, 2)),
        (["while x: break"], (1, 2, 1)),
        # `try`, `with` and `finally` nest nothing; `except` counts as a branch, `finally` as a condition.
        (["try:", "    if x: pass", "except A:", "    pass", "finally:", "    if y: pass"], (1, 5, 3)),
        (["try:", "    pass", "except A:", "    if x: pass", "except B:", "    pass"], (2, 4, 4)),
        (["with x:", "    for a in y: pass"], (1, 2, 1)),
        (["async for a in x:", "    async with a:", "        if y: pass"], (2, 3, 3)),
        # A `match` is one structure (1), what stands in it is deeper (2); each `case` and its guard are conditions.
        (["match x:", "    case 1 if y:", "        pass", "    case _:", "        if y: pass"], (2, 5, 3)),
        # Comprehensions: `for` and `if` are conditions and no structures.
        (["return [a for a in x if a if y]"], (0, 4, 0)),
        (["return {a: b for a in x for b in a}"], (0, 3, 0)),
        # Operators: each is a condition, each change of operator adds 1.
        (["return x and y and z"], (0, 3, 1)),
        (["return x and y or z"], (0, 3, 2)),
        (["return x and y or z and a"], (0, 4, 3)),
        (["return x and not (y and z)"], (0, 3, 2)),
        (["return x or y, x or y"], (0, 3, 2)),
        (["if x and y or z:", "    pass"], (1, 4, 3)),
        (["assert x or y, 'x and y'"], (0, 2, 1)),
        # Conditional expressions: 1, and one more for each that holds them; a lambda holds too.
        (["return 1 if x else 2"], (0, 2, 1)),
        (["return 1 if x else 2 if y else 3"], (0, 3, 3)),
        (["return (1 if x else 2) if y else 3"], (0, 3, 3)),
        (["if x:", "    return 1 if y else 2"], (1, 3, 3)),
        (["return lambda a: 1 if a else 2"], (0, 2, 2)),
        (["return [1 if a else 2 for a in x]"], (0, 3, 1)),
        (["return x[1 if y else 2:]"], (0, 2, 1)),
        # Code in the fields of formatted strings is code.
        (["return f'{1 if x else 2} {x and y} if'"], (0, 3, 2)),
        # Words in strings and comments are none.
        (["'if x and y'  # if", "return 'for a in x'"], (0, 1, 0)),
        (["x.if_ = y"], (0, 1, 0)),
        # Recursion counts once.
        (["return f(x, f(y, 1))"], (0, 1, 1)),
        (["if x: return f(x, y)", "return f"], (1, 2, 2)),
        (["return x.f(y)"], (0, 1, 0)),
    ],
)
def test_complexity(engine: str, make_tree: TreeMaker, lines: list[str], figures: tuple[int, int, int]) -> None:
    found = function(engine, make_tree, lines)
    assert (found.nesting, found.cyclomatic, found.cognitive) == figures


def complexities(engine: str, make_tree: TreeMaker, source: str) -> list[tuple[str, int, int]]:
    functions = measured(engine, make_tree, source).functions
    return [(one.name, one.cyclomatic, one.cognitive) for one in functions]


def test_defaults_belong_to_the_function_and_decorators_to_what_is_around(engine: str, make_tree: TreeMaker) -> None:
    source = "@d(1 if a else 2)\ndef f(x=a or b):\n    @d(a and b)\n    def g(): pass\n    return 1\n    return 2\n"
    assert complexities(engine, make_tree, source) == [("f", 3, 2), ("f.g", 1, 0)]


def test_a_method_calls_itself_by_self(engine: str, make_tree: TreeMaker) -> None:
    source = (
        "class A:\n"
        "    def f(self): return self.f()\n"
        "    def g(self): return g()\n"
        "    @classmethod\n"
        "    def h(cls): return cls.h(cls.h)\n"
        "    def i(self): return other.i() or self.f()\n"
    )
    assert complexities(engine, make_tree, source) == [("A.f", 1, 1), ("A.g", 1, 0), ("A.h", 1, 1), ("A.i", 2, 1)]


def test_functions_inside_count_one_level_deeper(engine: str, make_tree: TreeMaker) -> None:
    source = (
        "def f(x):\n"
        "    if x:\n"  # 1
        "        def g(y):\n"
        "            for a in y:\n"  # in g 1, in f 3: below the `if` and in g
        "                if a and y:\n"  # in g 2 + 1, in f 4 + 1
        "                    pass\n"
        "    return g\n"
    )
    file = measured(engine, make_tree, source)
    assert [(one.name, one.nesting, one.cyclomatic, one.cognitive) for one in file.functions] == [
        ("f", 1, 2, 1 + 3 + 4 + 1),
        ("f.g", 2, 4, 1 + 2 + 1),
    ]
    # What counts in a function around counts once.
    assert (file.cyclomatic, file.cognitive) == (6, 9)


def test_what_a_decorator_holds_is_no_deeper(engine: str, make_tree: TreeMaker) -> None:
    inner = "    @wraps(function)\n    def inner(x):\n        if x: pass\n        return x\n    return inner\n"
    assert complexities(engine, make_tree, f"def d(function):\n{inner}") == [("d", 1, 1), ("d.inner", 2, 1)]
    more = complexities(engine, make_tree, f"def d(function):\n    x = 1\n{inner}")
    assert more == [("d", 1, 2), ("d.inner", 2, 1)]


def test_methods_in_a_function_count_in_it(engine: str, make_tree: TreeMaker) -> None:
    source = "def f():\n    class A:\n        def g(self):\n            if x: pass\n"
    file = measured(engine, make_tree, source)
    assert [(one.name, one.cognitive) for one in file.functions] == [("f", 2), ("f.A.g", 1)]
    assert file.cognitive == 2


def test_code_outside_of_functions_has_lines_and_no_complexity(engine: str, make_tree: TreeMaker) -> None:
    file = measured(engine, make_tree, "if x and y:\n    z = 1 if x else 2\nclass A:\n    for a in x: pass\n")
    assert (file.code, file.cyclomatic, file.cognitive, file.functions) == (4, 0, 0, ())


def test_lines_of_a_function(engine: str, make_tree: TreeMaker) -> None:
    source = "@d\ndef f(\n    x,\n):\n    'Doc.'\n\n    # why\n    return x\n\n\ndef g(): return 1\n"
    functions = measured(engine, make_tree, source).functions
    # Decorators stand before a function, what follows its last statement after it.
    assert [(one.name, one.line, one.end_line, one.code) for one in functions] == [("f", 2, 8, 4), ("g", 11, 11, 1)]
