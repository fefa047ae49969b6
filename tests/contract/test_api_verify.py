"""The comparison of the engines finds every kind of difference, and says what it did not compare."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cde_orchestrator as cde
from cde_orchestrator.domain.envelope import EngineInfo
from cde_orchestrator.engines.select import Engines, select_engine
from cde_orchestrator.use_cases.comparing import first_differences
from conftest import TreeMaker, require_core

TREE = {f"{number}.md": f"# Title {number}\n\n[next]({number + 1}.md)\n" for number in range(6)}


def differences(left: object, right: object, most: int = 10) -> list[tuple[str, str | None, str | None]]:
    found = first_differences(json.dumps(left).encode(), json.dumps(right).encode(), None, most)
    return [(difference.pointer, difference.rust, difference.python) for difference in found]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"a": 1}, {"a": 2}, [("/a", "1", "2")]),
        ({"a": 1}, {"a": 1.0}, [("/a", "1", "1.0")]),
        ({"a": 1}, {"a": True}, [("/a", "1", "true")]),
        ({"a": None}, {}, [("/a", "null", None)]),
        ({"items": [1, 2]}, {"items": [1, 2, {"x": "y"}]}, [("/items/2", None, '{"x":"y"}')]),
        ({"a/b": {"~": 1}}, {"a/b": {"~": 2}}, [("/a~1b/~0", "1", "2")]),
        ([], {}, [("", "[]", "{}")]),
        ({"a": [1, 2], "b": 3}, {"a": [2, 1], "b": 4}, [("/a/0", "1", "2"), ("/a/1", "2", "1"), ("/b", "3", "4")]),
    ],
)
def test_places_of_differences(left: object, right: object, expected: list[object]) -> None:
    assert differences(left, right) == expected


def test_equal_values_in_other_words_differ_too() -> None:
    (difference,) = first_differences(b'{"a":1,"b":2}', b'{"b":2,"a":1}', "x.md", 10)
    assert difference.pointer == "#byte 2"
    (difference,) = first_differences(b'{"a":1}', b'{"a":1} ', None, 10)
    assert difference.pointer == "#byte 7"


def test_depth_does_not_matter() -> None:
    deep = '{"a":' * 900 + "{}" + "}" * 900
    (difference,) = first_differences(deep.encode(), deep.replace("{}", "[]").encode(), None, 10)
    assert difference.pointer == "/a" * 900


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=3), children, max_size=3),
)


@given(JSON, JSON)
def test_a_difference_is_found_exactly_where_the_bytes_differ(left: object, right: object) -> None:
    one, other = json.dumps(left).encode(), json.dumps(right).encode()
    assert bool(first_differences(one, other, None, 5)) == (one != other)


def test_the_engines_agree(make_tree: TreeMaker) -> None:
    require_core()
    answer = cde.verify(make_tree(TREE))
    assert [item for item in answer.items if item.differing] == []
    assert answer.summary.differing == 0
    assert answer.completeness.state == "complete"
    assert answer.engine.name == "both"
    calls = {item.operation: item.calls for item in answer.items}
    assert calls["files.read"] == len(TREE)
    assert calls["docs.outline"] == len(TREE)
    assert all(item.bytes > 0 for item in answer.items)


class _Shouting:
    """An engine's documentation whose titles are in capitals."""

    def __init__(self, engine: Engines) -> None:
        self._engine = engine.documentation

    def scan(self, *args, **kwargs):
        answer = self._engine.scan(*args, **kwargs)
        if not hasattr(next(iter(answer.items), None), "title"):
            return answer
        return replace(answer, items=tuple(replace(item, title=item.title.upper()) for item in answer.items))

    def check(self, tree, scan, options, **kwargs):
        return self._engine.check(tree, self._engine.scan(tree, cde.ScanOptions()), options, **kwargs)

    def graph(self, tree, scan, options, **kwargs):
        return self._engine.graph(tree, self._engine.scan(tree, cde.ScanOptions()), options, **kwargs)

    def outline(self, path, options):
        raise cde.IoError("broken on purpose", path=path)


def test_differences_are_found_and_placed(make_tree: TreeMaker) -> None:
    python = select_engine("python")
    other = Engines(EngineInfo("rust", "9", "for a test"), python.filesystem, _Shouting(python), python.code)
    answer = cde.VerifyEnginesUseCase((other, python)).execute(make_tree(TREE), sample=2)
    assert {"code.symbols", "code.metrics"} <= {item.operation for item in answer.items}
    differing = {item.operation: item for item in answer.items if item.differing}
    assert set(differing) == {"docs.scan summary", "docs.scan full", "docs.outline"}
    first = differing["docs.scan full"].differences[0]
    assert (first.pointer, first.rust, first.python) == ("/items/0/title", '"TITLE 0"', '"Title 0"')
    assert differing["docs.outline"].differing == 2
    assert differing["docs.outline"].differences[0].pointer == "/error"
    assert answer.completeness.state == "partial"
    assert answer.completeness.limits == ("sample of 2 files",)
    assert answer.summary.differing == 4
