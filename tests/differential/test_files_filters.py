"""Both engines keep the same files for the same glob, pattern or type, and refuse the same ones in the same words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cde_orchestrator.domain.options import FileFilter, TreeOptions
from cde_orchestrator.engines.select import Engines, select_engine
from cde_orchestrator.ports.filesystem import Tree
from conftest import require_core
from support.files_answers import outcome

FOLDERS = ["", "a", "a/b", "a/b/c", "b", "docs", "docs/a", "x-y", "é"]
NAMES = ["a", "b", "ab", "aab", "abc.md", "a.b.md", "README.md", "x_y.py", "[x]", "st*r", "é.md", "a\nb", "-", "A1 2.c"]
RAW_NAMES = [b"bad\xff", b"caf\xe9.md"]


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Engines, Tree]]:
    require_core()
    root = tmp_path_factory.mktemp("filters")
    for folder in FOLDERS:
        (root / folder).mkdir(exist_ok=True, parents=True)
    for folder in FOLDERS:
        for name in NAMES:
            path = root / folder / name
            if not path.exists():
                path.touch()
        for raw in RAW_NAMES:
            Path(str(root / folder) + "/" + raw.decode("utf-8", "surrogateescape")).touch()
    both = [select_engine("python"), select_engine("rust")]
    return [(engines, engines.filesystem.open_tree(str(root), TreeOptions())) for engines in both]


def same(trees: list[tuple[Engines, Tree]], query: FileFilter) -> None:
    python, rust = (
        outcome(lambda engines=engines, tree=tree: engines.filesystem.list_files(tree, query))  # type: ignore[misc]
        for engines, tree in trees
    )
    assert python == rust


GLOB_PARTS = r"""
* ** ? / a b ab .md [a-b] [!a] [^x/] {a,b} {a, } { [ ] \ - , é docs **/ /** []] [!]a] {,a/} {a/b,c} . ./
[a\-z] [[:a:]] ! ^
"""
glob_parts = st.sampled_from([*GLOB_PARTS.split(), "\n"])
globs = st.lists(glob_parts, max_size=8).map("".join)


@given(globs)
@example("*a*b*a*b*")
@example("{a,b}" * 12)
@example("a" * 5000)
@example("{" * 40)
@example("**/**/a/**/*")
@example("[a-\\]]")
def test_globs(trees: list[tuple[Engines, Tree]], glob: str) -> None:
    same(trees, FileFilter(globs=(glob,), details=False))
    same(trees, FileFilter(excludes=(glob,), details=False))


PATTERN_PARTS = r"""
a b . * + ? *? +? ?? {2} {1,2} {1,} {0} {,2} ( ) | (?: ^ $ [ab] [^a] [a-z] [\w.] []a] [^]] \w \W \d \s \S \b \B \. \n
\x61 \xff é / (?i) (?s) (?is) (a|b) (a*) \1 \A (?=a) (?P<n>a) [ ] [a&&b] [[:alpha:]] { } \ ++ - [a- [z-a] \pL \0 \q
(?m) [é] \-
"""
pattern_parts = st.sampled_from([*PATTERN_PARTS.split(), " "])
patterns = st.lists(pattern_parts, max_size=7).map("".join)


@given(patterns)
@example("(a|aa)+$")
@example("(?i)README")
@example("(?:a{0,40}){0,40}b")
@example("(?:a{1000}){5}")
@example("(?:a{1000}){6}")
@example("(" * 51 + ")" * 51)
@example("a|b" * 2000)
@example("(a?){2}")
@example("(^)?a")
@example("[^\\x00-\\xff]")
def test_patterns(trees: list[tuple[Engines, Tree]], pattern: str) -> None:
    same(trees, FileFilter(name=pattern, name_kind="regex", details=False))


@given(patterns.filter(lambda text: "\\B" not in text))
def test_patterns_mean_what_python_means(trees: list[tuple[Engines, Tree]], pattern: str) -> None:
    """The accepted patterns, with ``$`` at the very end only, are those of :mod:`re` on bytes."""
    engines, tree = trees[0]
    found = outcome(lambda: engines.filesystem.list_files(tree, FileFilter(name=pattern, name_kind="regex")))
    if isinstance(found, tuple):
        return
    source = re.sub(r"(\\.|\[\^?\]?[^\]]*\])|\$", lambda match: match[1] or r"\Z", pattern)
    if "é" in pattern or len(re.findall(r"\(\?[is]", source)) > 1:
        return  # Python repeats the last byte of a character, and takes flags once
    expected = re.compile(source.encode("utf-8"))
    listed = engines.filesystem.list_files(tree, FileFilter(name=pattern, name_kind="regex", details=False)).items
    everything = engines.filesystem.list_files(tree, FileFilter(details=False)).items
    wanted = [item.path for item in everything if expected.search(item.path.encode("utf-8", "surrogateescape"))]
    assert [item.path for item in listed] == wanted


@given(st.lists(st.text(max_size=12) | st.sampled_from(["py", ".md", "C++", "PYTHON", "objc", "h", "png"]), max_size=3))
def test_types(trees: list[tuple[Engines, Tree]], types: list[str]) -> None:
    same(trees, FileFilter(types=tuple(types), details=False))
