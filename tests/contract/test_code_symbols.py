"""Definitions in Python, on both engines: what counts as one, where it stands, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import cde_orchestrator as cde
from conftest import TreeMaker

Row = tuple[int, str, str]

MODULE = '''"""A module."""
import os

LIMIT: int = 10
_count = 0


@final
@app.route(
    "/users",
    methods=["GET"],  # all of them
)
class Base(Parent, metaclass=Meta):
    """What it is. And more,
    on a second line.
    """

    size: int = 3
    name: str

    class Inner:
        def deep(self): return 1

    @property
    def width(self) -> int:
        r"""The width, e.g. in pixels! Or not."""
        def helper(x):
            return x
        return helper(self.size)

    async def fetch(
        self,
        url: str = "a)b",  # where from
        *rest: tuple[int, ...],
    ) -> dict[str, int]:
        local = 1


def _hidden(): pass
'''


def found(engine: str, root: Path, **options: object) -> list[cde.Symbol]:
    return list(cde.code_symbols(root, engine=engine, **options).items)  # type: ignore[arg-type]


def rows(engine: str, make_tree: TreeMaker, source: str | bytes) -> list[Row]:
    """Line, kind and qualified name of every definition in ``source``."""
    symbols = found(engine, make_tree({"a.py": source}))
    return [(symbol.line, symbol.kind, symbol.qualified_name) for symbol in symbols]


def signatures(engine: str, make_tree: TreeMaker, source: str) -> list[str]:
    return [symbol.signature for symbol in found(engine, make_tree({"a.py": source}))]


def test_kinds_places_and_parents(engine: str, make_tree: TreeMaker) -> None:
    symbols = found(engine, make_tree({"a.py": MODULE}))
    assert [(one.line, one.end_line, one.kind, one.qualified_name, one.parent) for one in symbols] == [
        (4, 4, "constant", "LIMIT", None),
        (5, 5, "variable", "_count", None),
        (13, 36, "class", "Base", None),
        (18, 18, "field", "Base.size", "Base"),
        (19, 19, "field", "Base.name", "Base"),
        (21, 22, "class", "Base.Inner", "Base"),
        (22, 22, "method", "Base.Inner.deep", "Base.Inner"),
        (25, 29, "method", "Base.width", "Base"),
        (27, 28, "function", "Base.width.helper", "Base.width"),
        (31, 36, "method", "Base.fetch", "Base"),
        (39, 39, "function", "_hidden", None),
    ]
    assert {(one.language, one.path) for one in symbols} == {("Python", "a.py")}
    assert [one.name for one in symbols] == [one.qualified_name.rpartition(".")[2] for one in symbols]


def test_bytes_columns_and_receipts(engine: str, make_tree: TreeMaker) -> None:
    import hashlib

    raw = MODULE.encode()
    digest = hashlib.sha256(raw).hexdigest()[:12]
    for symbol in found(engine, make_tree({"a.py": MODULE})):
        text = raw[symbol.start : symbol.end].decode()
        assert text.startswith(("def ", "async def ", "class ", symbol.name))
        assert raw[: symbol.start].count(b"\n") + 1 == symbol.line
        assert raw[: symbol.end].count(b"\n") + 1 == symbol.end_line
        line = MODULE.splitlines()[symbol.line - 1]
        assert line[symbol.column - 1 :].startswith(symbol.name)
        assert symbol.ref == f"a.py#L{symbol.line}-L{symbol.end_line}@{digest}"


def test_signatures_documentation_and_decorators(engine: str, make_tree: TreeMaker) -> None:
    told = {one.qualified_name: one for one in found(engine, make_tree({"a.py": MODULE}))}
    assert told["Base"].signature == "class Base(Parent, metaclass=Meta)"
    assert told["Base"].doc == "What it is."
    assert told["Base"].decorators == ("final", 'app.route("/users", methods=["GET"])')
    assert told["Base.width"].decorators == ("property",)
    assert told["Base.width"].doc == "The width, e.g. in pixels!"
    assert told["Base.fetch"].signature == (
        'async def fetch(self, url: str = "a)b", *rest: tuple[int, ...]) -> dict[str, int]'
    )
    assert (told["Base.fetch"].doc, told["Base.fetch"].decorators) == (None, ())
    assert told["LIMIT"].signature == "LIMIT: int = 10"
    assert told["Base.name"].signature == "name: str"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ("# only a comment", []),
        ("A = 1\na = 2\n_B2 = 3\nAb = 4\n", ["constant A", "variable a", "constant _B2", "variable Ab"]),
        ("a = b = 1\nc, d = 1, 2\n", ["variable a", "variable b", "variable c", "variable d"]),
        ("a = 1\na = 2\n", ["variable a"]),
        ("a: int\nb: int = 1; c = 2\n", ["variable a", "variable b", "variable c"]),
        ("a.b = 1\na[0] = 1\na += 1\na == 1\nf(a=1)\nprint(a)\n", []),
        ("type Pair[T] = tuple[T, T]\ntype = 3\n", ["type Pair", "variable type"]),
        ("def f():\n    x = 1\n    class C:\n        y = 2\n", ["function f", "class f.C", "field f.C.y"]),
        ("async def f(): ...\nasync  def  g(): ...\n", ["function f", "function g"]),
        ("class A: x = 1; y = 2\nclass B: pass\n", ["class A", "field A.x", "field A.y", "class B"]),
        ("if x:\n    def f(): pass\nelse:\n    def f(): pass\n", ["function f", "function f"]),
        ("try:\n    import a\nexcept ImportError:\n    class A: pass\n", ["class A"]),
        ("for x in y:\n    with z:\n        def f(): pass\n", ["function f"]),
        ("match x:\n    case 1:\n        def f(): pass\nmatch = 1\n", ["function f", "variable match"]),
        ("def f[T: (int, str)](x: T) -> T: ...\nclass A[T]: ...\n", ["function f", "class A"]),
        ("'''\ndef f(): pass\n'''\ns = 'class A: pass'\n", ["variable s"]),
        ("x = f'{a!r:>{width}} def f(): {\"}\"}'\ndef g(): pass\n", ["variable x", "function g"]),
        ("x = (1,\n  2)\ny = [\n\ndef_ := 3]\n", ["variable x", "variable y"]),
        ("if a: b = 1\ndef \\\n  f(): pass\n", ["variable b", "function f"]),
        (
            "class C:\n\tx = 1\n\n\tdef f(self):\n\t\tpass\n\ty = 2\n",
            ["class C", "field C.x", "method C.f", "field C.y"],
        ),
        ("def é(): pass\nclass 名: pass\n", ["function é", "class 名"]),
    ],
)
def test_what_is_a_definition(engine: str, make_tree: TreeMaker, source: str, expected: list[str]) -> None:
    assert [f"{kind} {name}" for _, kind, name in rows(engine, make_tree, source)] == expected


def test_columns_count_code_points(engine: str, make_tree: TreeMaker) -> None:
    source = "é = '😀'; b = 1\n"
    symbols = found(engine, make_tree({"a.py": source}))
    assert [(one.name, one.column, one.start) for one in symbols] == [("é", 1, 0), ("b", 10, 13)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(engine: str, make_tree: TreeMaker, ending: str) -> None:
    source = ending.join(
        ("class A:", '    """Doc', "    goes on.", '    """', "    def f(self,", "          x): pass", "")
    )
    symbols = found(engine, make_tree({"a.py": source}))
    told = [(one.line, one.end_line, one.qualified_name, one.signature, one.doc) for one in symbols]
    assert told == [(1, 6, "A", "class A", "Doc goes on."), (5, 6, "A.f", "def f(self, x)", None)]


def test_form_feeds_begin_an_indentation_anew(engine: str, make_tree: TreeMaker) -> None:
    source = "class A:\n    def f(self): pass\n\f\ndef g(): pass\n \fdef h(): pass\n"
    assert [name for *_, name in rows(engine, make_tree, source)] == ["A", "A.f", "g", "h"]


def test_tabs_go_to_multiples_of_eight(engine: str, make_tree: TreeMaker) -> None:
    source = "class A:\n        def f(self): pass\n\tdef g(self): pass\n    \tdef h(self): pass\n"
    assert [name for *_, name in rows(engine, make_tree, source)] == ["A", "A.f", "A.g", "A.h"]


@pytest.mark.parametrize(
    ("source", "exported"),
    [
        ("a = 1\n_b = 2\ndef c(): pass\n", ["a", "c"]),
        ("__all__ = ['_b']\na = 1\n_b = 2\n", ["_b"]),
        ("__all__ = ('a',)\n__all__ += ['_b']\na = 1\n_b = 2\nc = 3\n", ["a", "_b"]),
        (
            "__all__: list[str] = ['a']\n__all__.append('_b')\n__all__.extend(['c'])\na = _b = c = d = 1\n",
            ["a", "_b", "c"],
        ),
        ("__all__ = other.__all__ + ['_b']\na = 1\n_b = 2\n_c = 3\n", ["a", "_b"]),
        ("__all__ = []\na = 1\n", []),
        (
            "class A:\n    x = 1\n    _y = 2\n    def __init__(self): pass\n    def _z(self): pass\n",
            ["A", "A.x", "A.__init__"],
        ),
        ("__all__ = ['B']\nclass A:\n    x = 1\nclass B:\n    x = 1\n", ["B", "B.x"]),
        ("def f():\n    def g(): pass\n", ["f"]),
    ],
)
def test_what_a_module_offers(engine: str, make_tree: TreeMaker, source: str, exported: list[str]) -> None:
    root = make_tree({"a.py": source})
    symbols = found(engine, root)
    assert [one.qualified_name for one in symbols if one.exported] == exported
    assert [one.qualified_name for one in found(engine, root, exported=True)] == exported


@pytest.mark.parametrize(
    ("source", "signature"),
    [
        ("def f(a,b = 1 , * , c): pass", "def f(a,b = 1 , * , c)"),
        ("def f(\n    a,\n    b,\n): pass", "def f(a, b)"),
        ("def f(  # first\n    a=lambda x: {1: 2},\n) -> 'A: B':\n    pass", "def f(a=lambda x: {1: 2}) -> 'A: B'"),
        ("class A  ( B ) : pass", "class A (B)"),
        ("x = [\n    1,\n    2,\n]", "x = [1, 2]"),
        ("LONG = '" + "x" * 100 + "'", "LONG = …"),
        ("def f(" + ", ".join(f"argument{n}" for n in range(99)) + "): pass", None),
    ],
)
def test_a_signature_is_one_line(engine: str, make_tree: TreeMaker, source: str, signature: str | None) -> None:
    (told,) = signatures(engine, make_tree, source)
    assert len(told) <= 400
    assert "\n" not in told
    assert told == signature or (signature is None and told.endswith("…"))


@pytest.mark.parametrize(
    ("literal", "doc"),
    [
        ("'one'", "one"),
        ("u'one'", "one"),
        ("'one ' 'two. three'", "one two. three"),
        ("'One. Two.'", "One."),
        ("'''\n\n  First line\n  second.\n\n  Other.'''", "First line second."),
        ("'''   '''", None),
        ("b'bytes'", None),
        ("f'formatted'", None),
        ("1", None),
    ],
)
def test_documentation(engine: str, make_tree: TreeMaker, literal: str, doc: str | None) -> None:
    (symbol,) = found(engine, make_tree({"a.py": f"def f():\n    {literal}\n"}))
    assert symbol.doc == doc


def test_a_text_that_is_not_the_first_statement_documents_nothing(engine: str, make_tree: TreeMaker) -> None:
    symbols = found(engine, make_tree({"a.py": "def f():\n    pass\n    'no'\n'no'\nclass A: 'yes'\n"}))
    assert [(one.name, one.doc) for one in symbols] == [("f", None), ("A", "yes")]
