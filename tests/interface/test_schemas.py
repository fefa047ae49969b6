"""Front matter and data files by JSON Schemas, through the real process."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from conftest import TreeMaker
from support.command_line import Outcome, cde

POST = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["title", "tags"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "maxLength": 10},
        "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True},
        "date": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "author": {"properties": {"age": {"minimum": 18}}},
    },
}
FILES: dict[str, str | bytes] = {
    "cde.toml": '[docs.schemas]\n"blog/**" = "schemas/post.json"\n"*.toml" = "schemas/post.json"\n',
    "schemas/post.json": json.dumps(POST),
    "blog/good.md": "---\ntitle: Good\ntags: [a]\ndate: 2026-01-01\n---\n# Good\n",
    "blog/bad.md": "---\ntitle: A title that is long\ntags:\n  - a\n  - c\nauthor:\n  age: 3\nx: 1\n---\n# Bad\n",
    "blog/none.md": "# None\n",
    "blog/off.md": "# Off\n\n<!-- cde-ignore-file schema-violation -->\n",
    "blog/broken.md": "---\na: [\n---\n# Broken\n",
    "blog/data.json": '{\n "title": "x",\n "tags": [\n  "a", "a"\n ],\n "date": "soon"\n}\n',
    "blog/data.yaml": "---\ntitle: 1\ntags: []\n",
    "blog/text.txt": "not looked at\n",
}


def check(root: Path, *words: str, engine: str = "rust") -> Outcome:
    return cde("docs", "check", "--select", "metadata", "--format", "json", "--engine", engine, *words, cwd=root)


def found(outcome: Outcome) -> list[tuple[str, int, str, str]]:
    assert outcome.code in (0, 1), outcome.err
    items = outcome.json["items"]
    return [(item["path"], item["line"], item["evidence"], item["message"]) for item in items]


@pytest.mark.parametrize("engine", ["rust", "python"])
def test_documents_and_data_files(make_tree: TreeMaker, engine: str) -> None:
    outcome = check(make_tree(FILES), engine=engine)
    assert outcome.code == 1
    violations = [entry for entry in found(outcome) if entry[0] != "blog/broken.md"]
    assert violations == [
        ("blog/bad.md", 1, "#", 'has a key that is not allowed: "x" (additionalProperties)'),
        ("blog/bad.md", 2, "#/title", "must have at most 10 characters (maxLength)"),
        ("blog/bad.md", 5, "#/tags/1", 'must be one of "a", "b" (enum)'),
        ("blog/bad.md", 7, "#/author/age", "must be at least 18 (minimum)"),
        ("blog/data.json", 3, "#/tags", "an item stands in it twice (uniqueItems)"),
        ("blog/data.json", 6, "#/date", 'does not match the pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" (pattern)'),
        ("blog/data.yaml", 2, "#/title", "must be of type string, not integer (type)"),
        ("blog/none.md", 1, "#", 'lacks the key "tags" (required)'),
        ("blog/none.md", 1, "#", 'lacks the key "title" (required)'),
        ("cde.toml", 1, "#", 'has a key that is not allowed: "docs" (additionalProperties)'),
        ("cde.toml", 1, "#", 'lacks the key "tags" (required)'),
        ("cde.toml", 1, "#", 'lacks the key "title" (required)'),
    ]
    answer = outcome.json
    assert answer["summary"]["errors"] == len(answer["items"])
    assert [item["rule"] for item in answer["items"] if item["path"] == "blog/broken.md"] == ["invalid-front-matter"]


def test_both_engines_give_the_same(make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    rust, python = (check(root, engine=engine).json for engine in ("rust", "python"))
    assert {**rust, "engine": None} == {**python, "engine": None}


def test_a_receipt_names_the_file(make_tree: TreeMaker) -> None:
    import hashlib

    root = make_tree(FILES)
    (item, *_) = [item for item in check(root).json["items"] if item["path"] == "blog/data.json"]
    digest = hashlib.sha256((root / "blog/data.json").read_bytes()).hexdigest()[:12]
    assert item["ref"] == f"blog/data.json#L3-L3@{digest}"


def test_only_what_is_selected(make_tree: TreeMaker) -> None:
    root = make_tree(FILES)
    assert found(check(root, "--ignore", "schema-violation,invalid-front-matter")) == []


def test_a_glob_without_files_and_a_file_without_data(make_tree: TreeMaker) -> None:
    root = make_tree({"s.json": "{}", "a.json": "{", "big.json": "[" + "1," * 200_000 + "1]"})
    outcome = check(root, "--schema", "*.json=s.json", "--schema", "none/**=s.json")
    told = [(one["path"], one["code"]) for one in outcome.json["diagnostics"]]
    assert told == [("a.json", "unvalidated-file"), ("big.json", "unvalidated-file"), ("s.json", "schema-unused")]


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("{", "the schema cannot be read: the JSON cannot be parsed"),
        ("[]", "a schema must be an object"),
        ('{"type": 3}', "the schema does not compile: at #/type"),
        ('{"$schema": "https://example.org/x"}', "the schema is of a draft that is not known"),
        ('{"pattern": "(?=a)"}', "the schema has a pattern that cannot be used"),
        ('{"patternProperties": {"a": {}}, "unevaluatedProperties": false}', "patternProperties and unevaluated"),
        ('{"not": ' * 60 + "{}" + "}" * 60, None),
        ('{"not": ' * 70 + "{}" + "}" * 70, "the schema cannot be read: "),
    ],
)
def test_a_schema_that_does_not_compile(make_tree: TreeMaker, schema: str, message: str | None) -> None:
    outcome = check(make_tree({"a.md": "# A\n", "s.json": schema}), "--schema", "*.md=s.json")
    if message is None:
        assert outcome.code in (0, 1)
        return
    assert outcome.code == 2
    error = json.loads(outcome.err)["error"]
    assert error["code"] == "invalid-config"
    assert error["message"].startswith(message)
    assert error["path"].startswith("s.json")


@pytest.mark.parametrize("path", ["../s.json", "/etc/passwd", "out/s.json", "none.json", "fifo.json", "."])
def test_schemas_are_regular_files_inside_of_the_root(make_tree: TreeMaker, tmp_path: Path, path: str) -> None:
    root = make_tree({"a.md": "# A\n"})
    (tmp_path / "s.json").write_text("{}")
    (root / "out").symlink_to(tmp_path)
    os.mkfifo(root / "fifo.json")
    outcome = check(root, "--schema", f"*.md={path}")
    assert outcome.code == 2
    assert json.loads(outcome.err)["error"]["message"].startswith("the schema cannot be read: ")


BOMB: dict[str, Any] = {"$ref": "#/$defs/0", "$defs": {"40": {"type": "object"}}}
BOMB["$defs"] |= {str(n): {"allOf": [{"$ref": f"#/$defs/{n + 1}"}] * 2} for n in range(40)}


@pytest.mark.parametrize(
    ("schema", "keyword", "message"),
    [
        (BOMB, "$ref", "too costly"),
        ({"$ref": "#"}, "$ref", "too costly"),
        (
            {"$schema": POST["$schema"], "properties": {"a": {"$ref": "#"}}, "allOf": [{"$ref": "#"}]},
            "$ref",
            "too costly",
        ),
        ({"$ref": "https://example.org/schema.json"}, "$ref", '"https://example.org/schema.json" is not in the schema'),
        ({"$ref": "file:///etc/passwd"}, "$ref", '"file:///etc/passwd" is not in the schema'),
        ({"properties": {"a": {"pattern": "^(a+)+$"}}}, "pattern", "does not match"),
        ({"properties": {"a": {"pattern": "^(a|a)*$"}}}, "pattern", "does not match"),
        (
            {
                "$defs": {"p": {"$schema": POST["$schema"], "pattern": "^(a+)+$"}},
                "properties": {"a": {"$ref": "#/$defs/p"}},
            },
            "pattern",
            "does not match",
        ),
    ],
    ids=["doubling", "self", "self below a draft", "remote", "file", "nested", "alternatives", "embedded"],
)
def test_bombs_end(make_tree: TreeMaker, schema: dict[str, Any], keyword: str, message: str) -> None:
    root = make_tree({"a.md": f"---\na: {'a' * 50_000}!\n---\n# A\n", "s.json": json.dumps(schema)})
    ((_, _, _, said),) = found(check(root, "--schema", "*.md=s.json"))
    assert message in said
    assert said.endswith(f"({keyword})")


def test_the_hint_without_the_library(make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": "# A\n", "s.json": "{}", "hidden/jsonschema.py": "raise ImportError\n"})
    words = ("docs", "check", "--schema", "*.md=s.json")
    outcome = cde(*words, cwd=root, env={"PYTHONPATH": str(root / "hidden")})
    assert outcome.code == 2
    assert "the library jsonschema is missing" in outcome.err
    assert "cde-orchestrator[schema]" in outcome.err
    assert cde("docs", "check", cwd=root, env={"PYTHONPATH": str(root / "hidden")}).code == 0
