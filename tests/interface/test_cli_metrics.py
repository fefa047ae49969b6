"""``cde code metrics`` and the code in ``cde audit`` as a user runs them: text, JSON, a terminal, wrong calls."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cde_orchestrator.adapters.report.measures import code_lines_text, metrics_text
from cde_orchestrator.adapters.report.style import Style, display_width
from cde_orchestrator.domain.code import LanguageMetrics, MetricsSummary
from cde_orchestrator.use_cases.measure_code import MeasureCodeUseCase
from conftest import TreeMaker
from support.command_line import cde

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "code.md"

FILES: dict[str, str | bytes] = {
    "src/app.py": (
        '"""An application."""\n\n'
        "class App:\n"
        "    def run(self, times):\n"
        "        for _ in range(times):\n"
        "            if self.ready and times:\n"
        "                self.go()\n\n"
        "    def go(self): pass\n"
    ),
    "src/red\x1b[31m.py": "def f(a):\n    return 1 if a else 2  # one or two\n",
    "src/lib.rs": "fn main() {}\n",
}

TEXT = """\
Language  Files  Code  Comment  Blank  Functions
Python        2     8        1      2          3

Cognitive  Cyclomatic  Nesting  Parameters  Code  Place                 Function
        4           4        2           2     4  src/app.py:4          App.run
        1           2        0           1     2  src/red\\x1b[31m.py:1  f
        0           1        0           1     1  src/app.py:9          App.go

8 lines of code in 2 files (Python) · 1 comment · 2 blank · 3 functions
languages without a scanner: 1 file not analysed (src/lib.rs)
"""


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(FILES)


def test_text(repository: Path, engine: str) -> None:
    outcome = cde("code", "metrics", "--engine", engine, cwd=repository)
    assert (outcome.code, outcome.err, outcome.out) == (0, "", TEXT)
    assert b"\x1b" not in outcome.raw
    assert "  app.py:4" in cde("code", "metrics", "src", "--engine", engine, cwd=repository).out


def test_only_the_most_complex(repository: Path, engine: str) -> None:
    one = cde("code", "metrics", "--top", "1", "--engine", engine, cwd=repository).out.splitlines()
    assert one[3].endswith("Place         Function")
    assert one[4].endswith("src/app.py:4  App.run")
    assert one[5] == "… and 2 functions more; --top 0 shows all"
    (repository / "cde.toml").write_text("[code]\ntop = 2\n")
    assert "… and 1 function more; --top 0 shows all" in cde("code", "metrics", cwd=repository).out
    assert cde("code", "metrics", "--top", "0", "--engine", engine, cwd=repository).out == TEXT


def test_nothing_to_measure(repository: Path, engine: str) -> None:
    outcome = cde("code", "metrics", "--type", "rs", "--engine", engine, cwd=repository)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "0 lines of code in 0 files · 0 comment · 0 blank · 0 functions\n"
        "languages without a scanner: 1 file not analysed (src/lib.rs)\n"
    )
    (repository / "src" / "app.py").write_text("x = 1\n")
    (repository / "src" / "red\x1b[31m.py").unlink()
    assert cde("code", "metrics", "--quiet", "--engine", engine, cwd=repository).out == (
        "Language  Files  Code  Comment  Blank  Functions\n"
        "Python        1     1        0      0          0\n"
        "\n"
        "1 line of code in 1 file (Python) · 0 comment · 0 blank · 0 functions\n"
    )


def test_what_was_not_read_is_said(repository: Path, engine: str) -> None:
    (repository / "src" / "bad.py").write_text("x = (\n")
    (repository / "src" / "large.py").write_text("#" * 500)
    words = ["code", "metrics", "--max-code-bytes", "400", "--engine", engine]
    outcome = cde(*words, cwd=repository)
    assert outcome.code == 0
    assert outcome.out.splitlines()[-7:] == [
        "src/bad.py:1: warning: a bracket is not closed [unbalanced-code]",
        "src/large.py: warning: the file has more than 400 bytes [code-too-large]",
        "",
        "9 lines of code in 3 files (Python) · 1 comment · 2 blank · 3 functions",
        "languages without a scanner: 1 file not analysed (src/lib.rs)",
        "incomplete: the answer is partial (limit reached: max-code-bytes)",
        "skipped: 1 too-large",
    ]
    quiet = cde(*words, "--quiet", cwd=repository).out.splitlines()
    assert quiet[-2:] == ["", "9 lines of code in 3 files (Python) · 1 comment · 2 blank · 3 functions"]


def test_json_and_jsonl(repository: Path, engine: str) -> None:
    whole = cde("code", "metrics", "--format", "json", "--top", "1", "--engine", engine, cwd=repository)
    assert (whole.code, whole.errors) == (0, b"")
    answer = whole.json
    assert answer["schema"] == "cde.code.metrics/1"
    assert [[one["name"] for one in item["functions"]] for item in answer["items"]] == [["App.run", "App.go"], ["f"]]
    lines = cde("code", "metrics", "--format", "jsonl", "--engine", engine, cwd=repository)
    assert [json.loads(line) for line in lines.out.splitlines()] == answer.pop("items")
    assert json.loads(lines.err) == answer


@pytest.mark.parametrize("columns", [80, 100, 140])
@pytest.mark.parametrize("path", ["a.py", f"{'folder/' * 20}a.py", f"{'名' * 50}.py"])
@pytest.mark.parametrize("name", ["f", "f" * 200])
def test_lines_keep_to_the_width(make_tree: TreeMaker, columns: int, path: str, name: str) -> None:
    root = make_tree({path: f"def {name}(x):\n    if x: pass\ndef short(): pass\n", "b.py": "def b(): pass\n"})
    answer = MeasureCodeUseCase("python").execute(root)
    lines = list(metrics_text(Style(width=columns), answer, top=0))
    assert max(map(display_width, lines)) <= columns
    # The line and the beginning of the name are always there.
    assert re.search(r"py:1 +f", lines[4])
    assert any(re.search(r"py:3 +short$", line) for line in lines)


def test_several_languages_are_told_with_their_lines() -> None:
    languages = (LanguageMetrics("Python", 2, 9, 5, 2, 2, 1, 1, 0), LanguageMetrics("Go", 1, 4, 4, 0, 0, 0, 0, 0))
    summary = MetricsSummary(3, 13, 9, 2, 2, 1, 1, 0, languages)
    assert code_lines_text(Style(unicode=False), summary) == (
        "9 lines of code in 3 files (Python 5, Go 4) - 2 comment - 2 blank - 1 function"
    )


def test_colour(repository: Path) -> None:
    lines = list(metrics_text(Style(color=True), MeasureCodeUseCase("python").execute(repository), top=20))
    assert lines[1].startswith("\x1b[36mPython")
    assert lines[4].endswith("\x1b[36mApp.run\x1b[0m")
    assert "\x1b[1m8 lines\x1b[0m of code" in lines[-2]


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--type", "pythn"], "error: unknown file type `pythn`", "hint: the nearest known type is `python`"),
        (["--max-code-bytes", "0"], "error: --max-code-bytes: must be at least 1, not 0", "hint: "),
        (["--top", "x"], "error: --top: 'x' is not a whole number", "hint: "),
        (["--top", "-1"], "error: --top: must be at least 0, not -1", "hint: "),
        (["--format", "sarif"], "error: --format: must be text, json or jsonl, not 'sarif'", "hint: "),
        (["src/app.py"], "error: not a directory: src/app.py", "hint: ask about the folder that holds it: src"),
        (["absent"], "error: no such file or directory: absent", "hint: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_calls(repository: Path, engine: str, words: list[str], message: str, hint: str) -> None:
    outcome = cde("code", "metrics", "--engine", engine, *words, cwd=repository)
    assert (outcome.code, outcome.raw) == (2, b"")
    first, second = outcome.err.splitlines()
    assert first.startswith(message)
    assert second.startswith(hint)


def test_help(repository: Path) -> None:
    assert "metrics" in cde("code", "--help", cwd=repository).out
    text = cde("code", "metrics", "--help", cwd=repository).out
    for part in ("--type", "--max-code-bytes", "--top", "Examples:", "cde code metrics src"):
        assert part in text


def test_an_audit_tells_how_large_and_complex_the_code_is(repository: Path, engine: str) -> None:
    (repository / "src" / "bad.py").write_text("x = (\n")
    outcome = cde("audit", "--engine", engine, cwd=repository)
    assert outcome.code == 0
    assert outcome.out.splitlines()[3:6] == [
        "  Code       9 lines of code in 3 files (Python) · 1 comment · 2 blank · 3 functions",
        "  Complex    cognitive 4, cyclomatic 4  src/app.py:4  App.run",
        "             cognitive 1, cyclomatic 2  src/red\\x1b[31m.py:1  f",
    ]
    assert "Could not be read as asked\n  src/bad.py:1: warning: a bracket is not closed" in outcome.out
    assert "\nlanguages without a scanner: 1 file not analysed (src/lib.rs)\n" in outcome.out
    answer = cde("audit", "--format", "json", "--engine", engine, cwd=repository).json
    code = cde("code", "metrics", "--format", "json", "--engine", engine, cwd=repository).json
    assert answer["summary"]["code"] == code["summary"]
    assert [one["name"] for one in answer["summary"]["complex_functions"]] == ["App.run", "f", "App.go"]
    assert answer["diagnostics"] == code["diagnostics"]


def test_an_audit_without_code_says_nothing_of_it(make_tree: TreeMaker, engine: str) -> None:
    out = cde("audit", "--engine", engine, cwd=make_tree({"a.md": "# A\n"})).out
    assert "Code" not in out
    assert "scanner" not in out


def test_an_audit_names_at_most_five_functions(make_tree: TreeMaker, engine: str) -> None:
    root = make_tree({"a.py": "".join(f"def f{number}(x):\n    if x: pass\n" for number in range(9))})
    out = cde("audit", "--engine", engine, cwd=root).out
    assert len(re.findall(r"cognitive 1, cyclomatic 2", out)) == 5


def test_the_guide_shows_what_is_printed(make_tree: TreeMaker, engine: str) -> None:
    section = GUIDE.read_text("utf-8").partition("\n## How large and how complex\n")[2]
    (source,) = re.findall(r"^```py\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    (text,) = re.findall(r"^```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    (item,) = re.findall(r"^```json\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    root = make_tree({"orders.py": source, "main.rs": "fn main() {}\n"})
    assert cde("code", "metrics", "--engine", engine, cwd=root).out == text
    (file,) = cde("code", "metrics", "--format", "json", "--engine", engine, cwd=root).json["items"]
    assert json.loads(item) in file["functions"]
