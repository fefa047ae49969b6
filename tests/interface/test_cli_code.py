"""``cde code symbols`` as a user runs it: text, JSON, a terminal, the configuration, and wrong calls."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from cde_orchestrator.adapters.report.code import symbols_text
from cde_orchestrator.adapters.report.style import Style, display_width
from cde_orchestrator.use_cases.find_symbols import FindSymbolsUseCase
from conftest import TreeMaker
from support.command_line import cde

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "code.md"

FILES: dict[str, str | bytes] = {
    "src/app.py": (
        "LIMIT = 10\n\n\n"
        "class App(Base):\n"
        '    """The application. It does more."""\n\n'
        "    name: str\n\n"
        "    def run(self, times: int = 1) -> None:\n"
        '        """Runs it."""\n\n'
        "    def _stop(self): pass\n"
    ),
    "src/red\x1b[31m.py": "def f(a='\x1b[31m'):\n    '''Red \x1b[31m.'''\n",
    "src/lib.rs": "fn main() {}\n",
}

TEXT = """\
src/app.py
   1  constant  LIMIT = 10
   4  class     class App(Base)                            The application.
   7  field         name: str
   9  method        def run(self, times: int = 1) -> None  Runs it.
  12  method        def _stop(self)

src/red\\x1b[31m.py
   1  function  def f(a='\\x1b[31m')  Red \\x1b[31m.

6 definitions in 2 files (Python)
languages without a scanner: 1 file not analysed (src/lib.rs)
"""


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(FILES)


def shown(root: Path, style: Style, **options: bool) -> list[str]:
    return list(symbols_text(style, FindSymbolsUseCase("python").execute(root), **options))


def test_text(repository: Path, engine: str) -> None:
    outcome = cde("code", "symbols", "--engine", engine, cwd=repository)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == TEXT
    assert cde("code", "symbols", "src", "--engine", engine, cwd=repository).out.startswith("app.py\n")


def test_filters_as_text(repository: Path, engine: str) -> None:
    words = ["code", "symbols", "--engine", engine, "src"]
    methods = cde(*words, "--kind", "method", "--kind", "field", "--exported", "--quiet", cwd=repository)
    assert methods.out == (
        "app.py\n"
        "  7  field   name: str  in App\n"
        "  9  method  def run(self, times: int = 1) -> None  in App  Runs it.\n"
        "\n"
        "2 definitions in 2 files (Python)\n"
    )
    assert cde(*words, "-k", "method,field", "--exported", "-q", cwd=repository) == methods
    nothing = cde(*words, "--type", "rs", cwd=repository)
    assert nothing.out == ("no definitions in 0 files\nlanguages without a scanner: 1 file not analysed (lib.rs)\n")
    assert (nothing.code, nothing.err) == (0, "")


def test_what_was_not_read_is_said(repository: Path, engine: str) -> None:
    (repository / "src" / "bad.py").write_text("x = (\n")
    (repository / "src" / "large.py").write_text("#" * 500)
    (repository / "vendor").mkdir()
    (repository / "vendor" / "dep.py").write_text("")
    outcome = cde("code", "symbols", "--max-code-bytes", "400", "--engine", engine, cwd=repository)
    assert outcome.code == 0
    assert outcome.out.splitlines()[-7:] == [
        "src/bad.py:1: warning: a bracket is not closed [unbalanced-code]",
        "src/large.py: warning: the file has more than 400 bytes [code-too-large]",
        "",
        "7 definitions in 3 files (Python)",
        "languages without a scanner: 1 file not analysed (src/lib.rs)",
        "incomplete: the answer is partial (limit reached: max-code-bytes)",
        "skipped: 1 too-large, 1 vendored",
    ]
    verbose = cde("code", "symbols", "--max-code-bytes", "400", "--verbose", "--engine", engine, cwd=repository)
    assert verbose.out.splitlines()[-3:] == ["skipped:", "  1 too-large: src/large.py", "  1 vendored: vendor/dep.py"]
    quiet = cde("code", "symbols", "--max-code-bytes", "400", "--quiet", "--engine", engine, cwd=repository)
    assert quiet.out.splitlines()[-2:] == ["", "7 definitions in 3 files (Python)"]


def test_json_and_jsonl(repository: Path, engine: str) -> None:
    whole = cde("code", "symbols", "--format", "json", "--engine", engine, cwd=repository)
    assert (whole.code, whole.errors) == (0, b"")
    answer = whole.json
    assert answer["schema"] == "cde.code.symbols/1"
    assert [item["qualified_name"] for item in answer["items"]] == [
        "LIMIT",
        "App",
        "App.name",
        "App.run",
        "App._stop",
        "f",
    ]
    lines = cde("code", "symbols", "--format", "jsonl", "--engine", engine, cwd=repository)
    assert [json.loads(line) for line in lines.out.splitlines()] == answer.pop("items")
    assert json.loads(lines.err) == answer


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_lines_keep_to_the_width(repository: Path, columns: int) -> None:
    arguments = ", ".join(f"argument{number}: int" for number in range(30))
    (repository / "wide.py").write_text(f"class 名:\n    def f({arguments}):\n        '''{'Words ' * 40}'''\n")
    lines = shown(repository, Style(width=columns))
    listed = [line for line in lines if re.match(r" +\d", line)]
    assert len(listed) == 8
    assert max(display_width(line) for line in listed) <= columns
    assert any("…" in line for line in listed)


def test_members_stand_below_their_class_however_deep(make_tree: TreeMaker) -> None:
    source = "".join("    " * level + f"class C{level}:\n" for level in range(30))
    lines = shown(make_tree({"a.py": source + "def f(): pass\n"}), Style())
    indents = [len(line) - len(line.split("class  ")[-1].lstrip()) for line in lines[1:31]]
    assert indents == sorted(indents)
    assert len(set(indents)) == 11
    assert lines[31] == "  31  function  def f()"


def test_colour_dims_what_is_private(repository: Path) -> None:
    lines = shown(repository, Style(color=True))
    (private,) = [line for line in lines if "_stop" in line]
    assert private.startswith("\x1b[2m")
    assert private.count("\x1b[") == 2
    (public,) = [line for line in lines if "def run" in line]
    assert "\x1b[36mmethod" in public
    assert public.endswith("\x1b[2mRuns it.\x1b[0m")


def test_the_configuration(repository: Path, engine: str) -> None:
    (repository / "cde.toml").write_text(
        '[code]\nkinds = ["class"]\nexported = true\ntypes = ["py"]\nmax_code_bytes = "1k"\n'
    )
    words = ["code", "symbols", "--format", "json", "--engine", engine]
    assert [item["name"] for item in cde(*words, cwd=repository).json["items"]] == ["App"]
    everything = cde(*words, "--kind", "", "--no-exported", "--type", "", cwd=repository).json
    assert everything["summary"]["symbols"] == 6
    settings = cde("config", "show", "--format", "json", cwd=repository).json["items"]
    told = {item["key"]: (item["value"], item["source"]) for item in settings if item["key"].startswith("code.")}
    assert told == {
        "code.kinds": (["class"], "cde.toml:2"),
        "code.exported": (True, "cde.toml:3"),
        "code.types": (["py"], "cde.toml:4"),
        "code.max_code_bytes": (1000, "cde.toml:5"),
        "code.top": (20, "default"),
    }
    (repository / "cde.toml").write_text("[code]\nkind = ['class']\n")
    wrong = cde(*words, cwd=repository)
    assert wrong.code == 2
    assert json.loads(wrong.err)["error"]["hint"] == "did you mean code.kinds?"


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--kind", "functon"], "error: unknown kind of definition 'functon'", "hint: did you mean 'function'?"),
        (["--type", "pythn"], "error: unknown file type `pythn`", "hint: the nearest known type is `python`"),
        (["--max-code-bytes", "0"], "error: --max-code-bytes: must be at least 1, not 0", "hint: "),
        (["--max-code-bytes", "x"], "error: --max-code-bytes: 'x' is not a size", "hint: "),
        (["--kinds", "class"], "error: no such option: --kinds", "hint: did you mean --kind?"),
        (["--format", "dot"], "error: --format: must be text, json or jsonl, not 'dot'", "hint: "),
        (["src/app.py"], "error: not a directory: src/app.py", "hint: ask about the folder that holds it: src"),
        (["absent"], "error: no such file or directory: absent", "hint: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_calls(repository: Path, engine: str, words: list[str], message: str, hint: str) -> None:
    outcome = cde("code", "symbols", "--engine", engine, *words, cwd=repository)
    assert (outcome.code, outcome.raw) == (2, b"")
    first, second = outcome.err.splitlines()
    assert first.startswith(message)
    assert second.startswith(hint)


def test_help_tells_of_the_group(repository: Path) -> None:
    assert re.search(
        r"^  code +Find what is defined where, and how large", cde("--help", cwd=repository).out, re.MULTILINE
    )
    text = cde("code", "symbols", "--help", cwd=repository).out
    for part in ("--kind", "--exported", "--type", "--max-code-bytes", "Examples:", "cde code symbols src"):
        assert part in text


def test_names_of_every_kind(repository: Path, engine: str) -> None:
    (repository / os.fsdecode(b"caf\xe9.py")).write_text("def f(): pass\n")
    outcome = cde("code", "symbols", "--engine", engine, cwd=repository)
    assert "caf\\xe9.py" in outcome.out.splitlines()
    assert b"\x1b" not in outcome.raw


def test_the_guide_shows_what_is_printed(make_tree: TreeMaker, engine: str) -> None:
    guide = GUIDE.read_text("utf-8").partition("\n## How large and how complex\n")[0]
    (source,) = re.findall(r"^```py\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    text = re.findall(r"^```text\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)[0]
    (item,) = re.findall(r"^```json\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    root = make_tree({"geometry.py": source, "main.rs": "fn main() {}\n"})
    assert cde("code", "symbols", "--engine", engine, cwd=root).out == text
    items = cde("code", "symbols", "--format", "json", "--engine", engine, cwd=root).json["items"]
    assert json.loads(item) in items
