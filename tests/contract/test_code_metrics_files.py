"""``code_metrics`` over trees, on both engines: sums, filters, what is passed over, errors, control, and the audit."""

from __future__ import annotations

import json

import pytest

import cde_orchestrator as cde
from cde_orchestrator.domain.schemas import json_schema
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.use_cases.measure_code import most_complex
from conftest import TreeMaker
from support.schema_check import violations

# 6 lines of code, 1 of comment, 1 blank; `g` 2 and 1, `f` 3 and 3.
APP = (
    "# An app.\ndef g(x):\n    if x: return 1\n\ndef f(x):\n    if x:\n        return 1 if g(x) else 2\n    return 3\n"
)
FILES: dict[str, str | bytes] = {
    "README.md": "# Not code\n\n```py\ndef f(): pass\n```\n",
    "app.py": APP,
    "lib/empty.py": "",
    "lib/main.go": "package main\n\nfunc main() {}\n",
    "lib/util.pyi": "def helper(x: int) -> int: ...\n",
    "tool": "#!/usr/bin/env python3\n",
    "vendor/dep.py": "def vendored(): pass\n",
    "caf\udce9.py": "def bytes_name(x): return x or 1\n",
}
TOTAL = cde.MetricsSummary(
    files=5,
    lines=11,
    code=8,
    comment=2,
    blank=1,
    functions=4,
    cyclomatic=8,
    cognitive=5,
    languages=(cde.LanguageMetrics("Python", 5, 11, 8, 2, 1, 4, 8, 5),),
)


def skipped(answer: cde.Answer[cde.FileMetrics]) -> dict[str, tuple[str, ...]]:
    return {entry.reason: entry.examples for entry in answer.completeness.skipped}


def test_a_tree(engine: str, make_tree: TreeMaker) -> None:
    answer = cde.code_metrics(make_tree(FILES), engine=engine)
    assert [(file.path, file.code, file.comment, file.blank) for file in answer.items] == [
        ("app.py", 6, 1, 1),
        ("caf\udce9.py", 1, 0, 0),
        ("lib/empty.py", 0, 0, 0),
        ("lib/util.pyi", 1, 0, 0),
        ("tool", 0, 1, 0),
    ]
    assert [(one.name, one.cyclomatic, one.cognitive) for one in answer.items[0].functions] == [
        ("g", 2, 1),
        ("f", 3, 3),
    ]
    assert answer.summary == TOTAL
    assert skipped(answer) == {"no-scanner": ("lib/main.go",), "vendored": ("vendor/dep.py",)}
    assert (answer.completeness.state, answer.completeness.scanned, answer.diagnostics) == ("complete", 5, ())
    assert answer.items[0].__class__ is cde.FileMetrics
    assert answer.items[0].functions[0].__class__ is cde.FunctionMetrics
    assert answer.snapshot == cde.code_symbols(answer.root, engine=engine).snapshot


def test_the_envelope_fits_its_schema(engine: str, make_tree: TreeMaker) -> None:
    document = json.loads(cde.code_metrics(make_tree(FILES), engine=engine).to_json())
    assert list(violations(document, json_schema("cde.code.metrics/1"))) == []
    assert document["items"][1]["path"] == "caf\\xe9.py"
    assert document["items"][1]["functions"][0]["ref"].startswith("caf\\xe9.py#L1-L1@")


def test_sums(engine: str, make_tree: TreeMaker) -> None:
    answer = cde.code_metrics(make_tree(FILES), engine=engine, vendored=True)
    summary = answer.summary
    assert isinstance(summary, cde.MetricsSummary)
    for name in ("lines", "code", "comment", "blank", "cyclomatic", "cognitive"):
        total = sum(getattr(file, name) for file in answer.items)
        assert total == getattr(summary, name) == getattr(summary.languages[0], name)
    assert summary.functions == sum(len(file.functions) for file in answer.items) == 5
    for file in answer.items:
        assert file.lines == file.code + file.comment + file.blank
        assert file.cyclomatic == sum(one.cyclomatic for one in file.functions)


def test_an_empty_tree(engine: str, make_tree: TreeMaker) -> None:
    answer = cde.code_metrics(make_tree({"README.md": "# A\n"}), engine=engine)
    assert answer.summary == cde.MetricsSummary(0, 0, 0, 0, 0, 0, 0, 0, ())
    assert (list(answer.items), answer.completeness.state) == ([], "complete")


def test_types(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    for types in (["py"], ["Python"], [".PY", "go"]):
        assert cde.code_metrics(root, types=types, engine=engine).summary == TOTAL
    none = cde.code_metrics(root, types=["go"], engine=engine)
    assert (list(none.items), skipped(none)["no-scanner"]) == ([], ("lib/main.go",))
    assert "no-scanner" not in skipped(cde.code_metrics(root, types=["py"], engine=engine))


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        ({"types": ["pythn"]}, "unknown file type `pythn`", "the nearest known type is `python`"),
        ({"types": "py"}, "types must be a sequence of texts, not str", None),
        ({"types": [1]}, "types must hold texts only", None),
        ({"max_code_bytes": 0}, "max_code_bytes must be a whole number of at least 1, not 0", None),
        ({"max_code_bytes": True}, "max_code_bytes must be a whole number of at least 1, not True", None),
        ({"max_depth": 0}, "max_depth must be a whole number of at least 1, not 0", None),
    ],
)
def test_wrong_options(
    engine: str, make_tree: TreeMaker, options: dict[str, object], message: str, hint: str | None
) -> None:
    with pytest.raises(cde.InvalidArgumentError) as caught:
        cde.code_metrics(make_tree(FILES), engine=engine, **options)  # type: ignore[arg-type]
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_file_instead_of_a_folder(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    with pytest.raises(cde.NotADirectoryPathError) as caught:
        cde.code_metrics(root / "app.py", engine=engine)
    assert caught.value.hint == f"ask about the folder that holds it: {root}"
    with pytest.raises(cde.PathNotFoundError):
        cde.code_metrics(root / "gone", engine=engine)


def test_what_does_not_close_is_said_and_measured_as_far_as_it_goes(engine: str, make_tree: TreeMaker) -> None:
    source = "def f(x):\n    if x: pass\n    y = (1,\n\ndef g(): pass\n"
    answer = cde.code_metrics(make_tree({"a.py": source, "b.py": "def b(): '''\n\n"}), engine=engine)
    assert [(one.path, one.line, one.code) for one in answer.diagnostics] == [
        ("a.py", 3, "unbalanced-code"),
        ("b.py", 1, "unbalanced-code"),
    ]
    assert [one.name for file in answer.items for one in file.functions] == ["f", "g", "b"]
    assert (answer.items[0].functions[0].cognitive, answer.completeness.state) == (1, "complete")


def test_a_file_that_is_too_large_is_said(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a.py": "x = 1\n", "b.py": "x = 12\n"})
    answer = cde.code_metrics(root, max_code_bytes=6, engine=engine)
    assert [(one.path, one.code) for one in answer.diagnostics] == [("b.py", "code-too-large")]
    assert (answer.completeness.state, answer.completeness.limits) == ("partial", ("max-code-bytes",))
    assert answer.summary == cde.code_metrics(root, max_code_bytes=6, types=["py"], engine=engine).summary


def test_the_use_case_takes_options(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    answer = cde.MeasureCodeUseCase(engines).execute(root, options=cde.MetricsOptions(types=("py",)))
    assert answer.engine is engines.info
    assert answer.to_json() == cde.code_metrics(root, types=["py"], engine=engines.info.name).to_json()


def test_cancelling(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({f"{number:03}.py": APP for number in range(50)})
    token = cde.new_cancel_token()
    token.cancel()
    with pytest.raises(cde.OperationCancelledError):
        cde.code_metrics(root, engine=engine, cancel=token)
    if engine == "python":
        late = cde.new_cancel_token()
        with pytest.raises(cde.OperationCancelledError):
            cde.code_metrics(root, engine=engine, cancel=late, progress=lambda *_: late.cancel())


def test_both_engines_give_the_same_bytes(both_engines: tuple[Engines, Engines], make_tree: TreeMaker) -> None:
    root = make_tree({**FILES, "bad.py": "x = (\n"})
    for use_case in (cde.MeasureCodeUseCase, cde.AuditRepositoryUseCase):
        answers = [json.loads(use_case(engines).execute(root).to_json()) for engines in both_engines]
        assert [answer.pop("engine")["name"] for answer in answers] == ["python", "rust"]
        assert json.dumps(answers[0]) == json.dumps(answers[1])


def test_the_most_complex_come_first(engine: str, make_tree: TreeMaker) -> None:
    same = "def {}(x):\n    if x: pass\n"
    root = make_tree(
        {
            "a.py": same.format("a") + same.format("b"),
            "b.py": "def c(x): return [y for y in x] or 1\n" + "def plain(): pass\n",
            "c.py": "def d(x):\n    for y in x:\n        if y: pass\n" + same.format("e"),
        }
    )
    files = cde.code_metrics(root, engine=engine).items
    # By cognitive, then by cyclomatic complexity, then by path and line.
    ranked = ["d", "c", "a", "b", "e", "plain"]
    assert [one.name for one in most_complex(files, 0)] == ranked
    for most in range(1, 8):
        assert [one.name for one in most_complex(files, most)] == ranked[:most]
    worst = most_complex(files, 1)[0]
    assert (worst.path, worst.language, worst.line, worst.nesting) == ("c.py", "Python", 1, 2)
    assert cde.audit(root, engine=engine).summary.complex_functions == most_complex(files, 5)


def test_an_audit_measures_the_code(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({**FILES, "bad.py": "x = (\n"})
    answer = cde.audit(root, engine=engine)
    code = cde.code_metrics(root, engine=engine)
    assert answer.summary.code == code.summary
    assert [one.name for one in answer.summary.complex_functions] == ["f", "g", "bytes_name", "helper"]
    assert [(one.path, one.code) for one in answer.diagnostics] == [("bad.py", "unbalanced-code")]
    assert ("no-scanner", 1) in [(entry.reason, entry.count) for entry in answer.completeness.skipped]
    assert (answer.completeness.state, list(answer.items)) == ("complete", [])
    limited = cde.audit(root, max_code_bytes=50, engine=engine)
    assert (limited.completeness.state, limited.completeness.limits) == ("partial", ("max-code-bytes",))
