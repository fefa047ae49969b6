"""``code_symbols`` over trees, on both engines: which files are read, what is passed over, filters, errors, control."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import cde_orchestrator as cde
from cde_orchestrator.domain.code import KindCount, LanguageSymbols, SymbolSummary
from cde_orchestrator.domain.options import SymbolOptions
from cde_orchestrator.domain.schemas import json_schema
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker
from support.schema_check import violations

LONG_LINE = "x = [" + "1, " * 1000 + "]\n"

FILES: dict[str, str | bytes] = {
    "README.md": "# Not code\n\n```py\ndef f(): pass\n```\n",
    "setup.cfg": "[a]\nb = 1\n",
    "app.py": "LIMIT = 1\n\n\nclass App:\n    def run(self): pass\n\n    def _stop(self): pass\n",
    "lib/util.pyi": "def helper(x: int) -> int: ...\n",
    "lib/main.go": "package main\n\nfunc main() {}\n",
    "lib/main.rs": "fn main() {}\n",
    "tool": "#!/usr/bin/env python3\ndef tool(): pass\n",
    "notes": "def nothing(): pass\n",
    "vendor/dep.py": "def vendored(): pass\n",
    "caf\udce9.py": "def bytes_name(): pass\n",
}


def listed(answer: cde.Answer[cde.Symbol]) -> list[str]:
    return [f"{symbol.path}:{symbol.line} {symbol.qualified_name}" for symbol in answer.items]


def skipped(answer: cde.Answer[cde.Symbol]) -> dict[str, tuple[str, ...]]:
    return {entry.reason: entry.examples for entry in answer.completeness.skipped}


def told(answer: cde.Answer[cde.Symbol]) -> list[tuple[str, int | None, str, str]]:
    return [(one.path, one.line, one.code, one.severity) for one in answer.diagnostics]


def test_a_tree(engine: str, make_tree: TreeMaker) -> None:
    answer = cde.code_symbols(make_tree(FILES), engine=engine)
    assert listed(answer) == [
        "app.py:1 LIMIT",
        "app.py:4 App",
        "app.py:5 App.run",
        "app.py:7 App._stop",
        "caf\udce9.py:1 bytes_name",
        "lib/util.pyi:1 helper",
        "tool:2 tool",
    ]
    assert answer.summary == SymbolSummary(
        files=4,
        lines=11,
        symbols=7,
        languages=(LanguageSymbols("Python", 4, 11, 7),),
        kinds=(KindCount("class", 1), KindCount("function", 3), KindCount("method", 2), KindCount("constant", 1)),
    )
    assert skipped(answer) == {"no-scanner": ("lib/main.go", "lib/main.rs"), "vendored": ("vendor/dep.py",)}
    assert (answer.completeness.state, answer.completeness.scanned, answer.diagnostics) == ("complete", 4, ())
    assert answer.items[0].__class__ is cde.Symbol


def test_the_envelope_fits_its_schema(engine: str, make_tree: TreeMaker) -> None:
    document = json.loads(cde.code_symbols(make_tree(FILES), engine=engine).to_json())
    assert list(violations(document, json_schema("cde.code.symbols/1"))) == []
    assert document["snapshot"].startswith("sha256:")
    assert document["items"][4]["path"] == "caf\\xe9.py"
    assert document["items"][4]["ref"].startswith("caf\\xe9.py#L1-L1@")


def test_an_empty_tree(engine: str, make_tree: TreeMaker) -> None:
    answer = cde.code_symbols(make_tree({"README.md": "# A\n"}), engine=engine)
    assert answer.summary == SymbolSummary(0, 0, 0, (), ())
    assert (list(answer.items), answer.completeness.state) == ([], "complete")


def test_empty_files_are_read(engine: str, make_tree: TreeMaker) -> None:
    answer = cde.code_symbols(make_tree({"a/__init__.py": "", "b.py": "\n\n"}), engine=engine)
    assert (answer.summary.files, answer.summary.lines, answer.summary.symbols) == (2, 2, 0)


def test_what_is_asked_for_is_read(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({**FILES, ".hidden.py": "def hidden(): pass\n", "a/b/deep.py": "def deep(): pass\n"})
    names = [symbol.name for symbol in cde.code_symbols(root, engine=engine, hidden=True, vendored=True).items]
    assert {"hidden", "vendored", "deep"} <= set(names)
    shallow = cde.code_symbols(root, engine=engine, max_depth=1)
    assert {symbol.path for symbol in shallow.items} == {"app.py", "caf\udce9.py", "tool"}


def test_what_attributes_mark_is_passed_over(engine: str, make_tree: TreeMaker) -> None:
    marks = "gen.py linguist-generated\nlib/* linguist-vendored\n"
    root = make_tree({".gitattributes": marks, **dict.fromkeys(("a.py", "gen.py", "lib/b.py"), "def f(): pass\n")})
    (root / ".git").mkdir()
    answer = cde.code_symbols(root, engine=engine)
    assert listed(answer) == ["a.py:1 f"]
    assert skipped(answer) == {"generated": ("gen.py",), "hidden": (".gitattributes",), "vendored": ("lib/b.py",)}


def test_links_bundles_and_binary_files_are_passed_over(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a.py": "def a(): pass\n", "b.py": b"def b(): pass\n\0\1\2", "c.min.js": LONG_LINE})
    (root / "link.py").symlink_to("a.py")
    (root / "out.py").symlink_to("/etc/passwd")
    answer = cde.code_symbols(root, engine=engine)
    assert listed(answer) == ["a.py:1 a"]
    assert skipped(answer) == {"binary": ("b.py",), "no-scanner": ("c.min.js",), "symlink": ("link.py", "out.py")}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xef\xbb\xbfdef f(): '\xc3\xa9'\n", "f"),
        ("def é(): pass\n".encode("utf-16"), "é"),
        (b"\xfe\xff" + "def é(): pass\n".encode("utf-16-be"), "é"),
        (b"# coding: latin-1\ndef f(): '\xe9'\n", "f"),
        (b"x_\xe9 = 1\n", "x_é"),
    ],
)
def test_encodings(engine: str, make_tree: TreeMaker, content: bytes, name: str) -> None:
    (symbol,) = cde.code_symbols(make_tree({"a.py": content}), engine=engine).items
    assert symbol.name == name
    assert symbol.start == (18 if content.startswith(b"#") else 0)
    assert symbol.column == (1 if symbol.kind == "variable" else 5)


@pytest.mark.parametrize(
    ("source", "line", "names"),
    [
        ("a = 1\ns = 'open\nb = 2\n", 2, ["a", "s", "b"]),
        ("a = 1\n'''open\nb = 2\n", 2, ["a"]),
        ("a = 1\nx = f(1,\n\ndef g():\n    pass\n", 2, ["a", "x", "g"]),
        ("a = 1\nx = (1,\n2\n", 3, ["a", "x"]),
        ("a = 1)\nb = 2\n", 1, ["a", "b"]),
        ("def f(x)\n    pass\nb = 2\n", 1, ["f", "b"]),
        ("<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n", None, ["a"]),
        ("{% if x %}\ndef f(): pass\n{% endif %}\n", None, ["f"]),
    ],
)
def test_what_does_not_close_is_said(
    engine: str, make_tree: TreeMaker, source: str, line: int | None, names: list[str]
) -> None:
    answer = cde.code_symbols(make_tree({"a.py": source, "b.py": "def fine(): pass\n"}), engine=engine)
    assert [symbol.name for symbol in answer.items] == [*names, "fine"]
    assert told(answer) == ([("a.py", line, "unbalanced-code", "warning")] if line else [])
    assert answer.completeness.state == "complete"


def test_a_file_that_is_too_large_is_said(engine: str, make_tree: TreeMaker) -> None:
    source = "def f(): pass\n"
    root = make_tree({"a.py": source, "b.py": source + "#", "c.md": "# Not looked at\n" * 9})
    answer = cde.code_symbols(root, max_code_bytes=len(source), engine=engine)
    assert listed(answer) == ["a.py:1 f"]
    assert told(answer) == [("b.py", None, "code-too-large", "warning")]
    assert answer.diagnostics[0].message == "the file has more than 14 bytes"
    assert skipped(answer) == {"too-large": ("b.py",)}
    assert (answer.completeness.state, answer.completeness.limits) == ("partial", ("max-code-bytes",))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_cannot_be_read_is_said(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a.py": "def a(): pass\n", "b.py": "def b(): pass\n"})
    (root / "b.py").chmod(0)
    answer = cde.code_symbols(root, engine=engine)
    assert listed(answer) == ["a.py:1 a"]
    assert answer.completeness.state == "partial"
    assert [one.code for one in answer.diagnostics] == ["unreadable-file"]


def test_filters(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)

    def names(**options: object) -> list[str]:
        answer = cde.code_symbols(root, engine=engine, **options)  # type: ignore[arg-type]
        assert answer.summary.symbols == len(answer.items)
        return [symbol.name for symbol in answer.items]

    assert names(kinds=["method"]) == ["run", "_stop"]
    assert names(kinds=["method", "class"], exported=True) == ["App", "run"]
    assert names(kinds=["macro"]) == []
    assert len(names(types=["py"])) == len(names(types=["Python"])) == len(names(types=[".PY", "go"])) == 7
    assert names(types=["rust"]) == []


def test_types_say_what_is_out_of_the_question(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    assert skipped(cde.code_symbols(root, types=["rust"], engine=engine))["no-scanner"] == ("lib/main.rs",)
    assert "no-scanner" not in skipped(cde.code_symbols(root, types=["py"], engine=engine))
    kinds = cde.code_symbols(root, kinds=["class"], engine=engine)
    assert (kinds.summary.files, kinds.summary.symbols) == (4, 1)
    assert kinds.snapshot == cde.code_symbols(root, engine=engine).snapshot


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        ({"kinds": ["functon"]}, "unknown kind of definition 'functon'", "did you mean 'function'?"),
        ({"kinds": ["CLASS"]}, "unknown kind of definition 'CLASS'", "did you mean 'class'?"),
        ({"kinds": ["zzz"]}, "unknown kind of definition 'zzz'", "use one of module, class, struct, enum, "),
        ({"types": ["pythn"]}, "unknown file type `pythn`", "the nearest known type is `python`"),
        ({"kinds": "class"}, "kinds must be a sequence of texts, not str", None),
        ({"types": [1]}, "types must hold texts only", None),
        ({"exported": 1}, "exported must be true or false, not 1", None),
        ({"max_code_bytes": 0}, "max_code_bytes must be a whole number of at least 1, not 0", None),
    ],
)
def test_wrong_options(
    engine: str, make_tree: TreeMaker, options: dict[str, object], message: str, hint: str | None
) -> None:
    root = make_tree(FILES)
    with pytest.raises(cde.InvalidArgumentError) as caught:
        cde.code_symbols(root, engine=engine, **options)  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.message, caught.value.path) == ("invalid-argument", message, None)
    assert (caught.value.hint or "").startswith(hint or "")
    assert (caught.value.hint is None) == (hint is None)


def test_a_file_instead_of_a_folder(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    with pytest.raises(cde.NotADirectoryPathError) as caught:
        cde.code_symbols(root / "app.py", engine=engine)
    assert caught.value.path == str(root / "app.py")
    assert caught.value.hint == f"ask about the folder that holds it: {root}"
    with pytest.raises(cde.PathNotFoundError):
        cde.code_symbols(root / "gone", engine=engine)


def test_the_use_case_takes_options(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    options = SymbolOptions(kinds=("class",), types=("py",))
    answer = cde.FindSymbolsUseCase(engines).execute(root, options=options)
    assert answer.engine is engines.info
    assert answer.to_json() == cde.code_symbols(root, kinds=["class"], types=["py"], engine=engines.info.name).to_json()


def test_cancelling_and_progress(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({f"{number:03}.py": "def f(): pass\n" for number in range(200)})
    stages: list[tuple[str, int, int | None]] = []
    cde.code_symbols(root, engine=engine, progress=lambda *step: stages.append(step))
    # The Rust engine reports at intervals, so that a tree of this size may be read before the first one.
    reading = [step for step in stages if step[0] == "read"]
    assert all(total == 200 and 0 < done <= 200 for _, done, total in reading)
    if engine == "python":
        assert reading[-1] == ("read", 200, 200)
    token = cde.new_cancel_token()
    token.cancel()
    with pytest.raises(cde.OperationCancelledError):
        cde.code_symbols(root, engine=engine, cancel=token)
    if engine == "python":
        late = cde.new_cancel_token()
        with pytest.raises(cde.OperationCancelledError):
            cde.code_symbols(root, engine=engine, cancel=late, progress=lambda *_: late.cancel())


def test_both_engines_give_the_same_bytes(both_engines: tuple[Engines, Engines], make_tree: TreeMaker) -> None:
    root = make_tree({**FILES, "bad.py": "x = (\n", "m.py": LONG_LINE})
    (root / "link.py").symlink_to("app.py")
    answers = []
    for engines in both_engines:
        document = json.loads(cde.FindSymbolsUseCase(engines).execute(root).to_json())
        document.pop("engine")
        answers.append(json.dumps(document))
    assert answers[0] == answers[1]


def test_the_tree_may_be_shared(engines: Engines, make_tree: TreeMaker) -> None:
    root: Path = make_tree(FILES)
    tree = engines.filesystem.open_tree(str(root), cde.TreeOptions())
    first = engines.code.symbols(tree, SymbolOptions()).to_json()
    engines.filesystem.snapshot(tree)
    assert engines.code.symbols(tree, SymbolOptions()).to_json() == first
