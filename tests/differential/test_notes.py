"""The rules that need the text, on both engines over generated documents: the same findings, as bytes.

What is noted while the documents are scanned also equals what is noted when they are read again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines

RULES = (
    "bidirectional-character",
    "empty-section",
    "invalid-data-block",
    "invisible-character",
    "near-duplicate-section",
    "oversized-document",
    "ragged-table",
    "reversed-link",
    "todo-left",
)
CHARACTERS = tuple(
    "a \t\u0628\u05d0\u4e2d\u0e01\U0001f3f4\U0001f600\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202e\u2066\u2069"
    "\u2061\ufeff\U000e0041\U000e007f\U000e0100\x00\x07\x1b\x7f\x0b\x0c\u0085\u2028\u00a0\u00e9"
)
CELLS = ("a", "", " ", "b\\|c", "`x | y`", "\\", "\u00e9", "\\\\", "|", "<!-- x -->", "TODO: a")
TARGETS = (
    "x.md",
    "https://x/y",
    "HTTP\u017f://x",
    "#x",
    "#",
    "./a b",
    "../a",
    "x",
    "label",
    "./\u00e9.md",
    "y.MD",
    ".md",
)
DATA = (
    '{"a": 1}',
    '{"a": 1,}',
    '[1, 2\n"\u00e9" x]',
    "{'a': 1}",
    '{"a": ...}',
    '// x\n{"a": 1}',
    '{"a": 1} {"b": 2',
    "a: 1\nb: [",
    "a: 1\n---\nb: {\n---\nc: 1",
    "a: *x\nb: [",
    "- a\n  b: c\n - d",
    "\ta: 1",
    "a = 1\nb = ",
    "a = 1\na = 2",
    "[t]\na = 1\n[t]\nb = 2",
    "[[t]]\na = 1\n[[t]]\na = ",
    "<name>: [",
    "%x",
    "",
    "\u0000",
    "[" * 70,
)
WORDS = ("one", "Two", "three,", "--", "caf\u00e9", "4", "five", "\u00a0", "`six`")


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Some lines of a document."""
    kind = draw(st.integers(0, 8))
    text = "".join(draw(st.lists(st.sampled_from(CHARACTERS), min_size=1, max_size=12)))
    if kind == 0:
        return f"x{text}y"
    if kind == 1:
        row = st.lists(st.sampled_from(CELLS), min_size=1, max_size=4)
        edge = draw(st.sampled_from(("|", "", "| ")))
        rows = [edge + "|".join(draw(row)) + edge for _ in range(draw(st.integers(1, 3)))]
        columns = draw(st.integers(1, 4))
        header = edge + "|".join(draw(st.lists(st.sampled_from(CELLS), min_size=columns, max_size=columns))) + edge
        return "\n".join((header, "|" + "---|" * columns, *rows)) + "\n"
    if kind == 2:
        level = draw(st.integers(1, 3))
        title = draw(st.sampled_from(("One", "Two words", "Unreleased", "", text)))
        setext = draw(st.booleans()) and level < 3
        return f"{title}\n{'=' if level == 1 else '-'}\n" if setext else f"{'#' * level} {title}\n"
    if kind == 3:
        label = draw(st.sampled_from(("t", " ", "a (b", "`c`", "", "\u00e9", "x" * 310)))
        before = draw(st.sampled_from(("", " ", "f", ".", "]", "\u00e9", "`", "\\")))
        after = draw(st.sampled_from(("", "(x)", " y", "`", ":")))
        return f"{before}({label})[{draw(st.sampled_from(TARGETS))}]{after}"
    if kind == 4:
        word = draw(st.sampled_from(("TODO", "FIXME", "TODO:", "TODO(me)", "XTODO:", "TODO-x", "todo:", "FIXME TODO:")))
        before = draw(st.sampled_from(("", "- ", "<!-- ", "<!--\n", "x ", "`", "# ", "> ", "| ", "\u00e9 ")))
        return f"{before}{word}{draw(st.sampled_from(('', '.', ' -->', ' x', '`', ' TODO:')))}"
    if kind == 5:
        indent = draw(st.sampled_from(("", "  ", "- ", "> ", "\t", "1. ")))
        inner = " " * len(indent) if indent.strip() != ">" else indent
        language = draw(st.sampled_from(("json", "JSON", "yaml", "yml", "toml", "toml title=x", "js")))
        content = draw(st.sampled_from(DATA)).replace("\n", f"\n{inner}")
        end = draw(st.sampled_from(("```", "```", "```", "")))
        return f"\n{indent}```{language}\n{inner}{content}\n{inner}{end}\n"
    if kind == 6:
        return "[label]: x.md"
    if kind == 7:
        return draw(st.sampled_from(("", "", " \t", "\x0b", "<!-- x -->", "---")))
    count = draw(st.sampled_from((5, 49, 60, 80)))
    start = draw(st.integers(0, 2))
    return " ".join(WORDS[(start + place * place) % len(WORDS)] + str(place // 3) for place in range(count))


ENDINGS = st.sampled_from(("\n", "\n", "\n", "\r\n", "\r"))
FRONT = st.sampled_from(("", "", "", "---\ntitle: TODO: x\n---\n", "\ufeff"))
TEXTS = st.builds(
    lambda front, lines, ending: (front + "\n".join(lines)).replace("\n", ending),
    FRONT,
    st.lists(blocks(), max_size=10),
    ENDINGS,
)
PATHS = ("a.md", "b.mdx", "CHANGES.md", "template/x.md", "c.txt")
TREES = st.dictionaries(st.sampled_from(PATHS), TEXTS, min_size=1)
OPTIONS = st.sampled_from((RULES, RULES, RULES, ("content", "near-duplicate-section"), ("reversed-link",)))


def findings(engines: Engines, root: str, options: CheckOptions, *, noted: bool) -> str:
    """The answer of the check without the engine's name."""
    tree = engines.filesystem.open_tree(root, TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions(), check=options if noted else None)
    answer = json.loads(engines.documentation.check(tree, scan, options).to_json())
    del answer["engine"]
    return json.dumps(answer, ensure_ascii=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=TREES, select=OPTIONS)
def test_same_notes(both_engines: tuple[Engines, Engines], files: dict[str, str], select: tuple[str, ...]) -> None:
    options = CheckOptions(select=select)
    root = tempfile.mkdtemp()
    try:
        for name, text in files.items():
            path = Path(root, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        python, rust = both_engines
        noted = findings(python, root, options, noted=True)
        assert findings(rust, root, options, noted=True) == noted
        assert findings(python, root, options, noted=False) == noted
        assert findings(rust, root, options, noted=False) == noted
    finally:
        shutil.rmtree(root)
