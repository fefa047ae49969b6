"""``--format sarif`` against the schema of the OASIS Standard, and what GitHub's code scanning asks for besides."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator

from conftest import TreeMaker
from support.command_line import cde

DATA = Path(__file__).parent / "data" / "sarif"
SCHEMA = json.loads((DATA / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)
# RFC 3986: what a relative reference may be made of; a first segment with a colon would be a scheme.
RELATIVE = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")

FILES: dict[str, str | bytes] = {
    "guide.md": "# Guide\n\n## Use\n",
    "one.md": "# One\r\n\r\n日本 [a](Guide.md#Use) and [b](GUIDE.md)\r\n\r\n[a](one.md) [x][y] ![](x.png)\r\n",
    "docs/b o#m?.md": "\ufeff# Two\r\r[\U0001f600](../GUIDE.md) [c](gone.md)",
    "broken.md": "---\ntitle: [\n---\n# Broken\n",
    "a:b.md": "# C\n\n[x](gone.md)\n",
    "hostile.md": "# \x1b[31m\n\n[\u202ex](\x1bgone\ufffe.md) [y](gone%00.md)\n\n<!-- cde-ignore mising-file -->\n",
}


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    root = make_tree(FILES)
    (root / "caf\udce9\n.md").write_text("# D\n\n[gone](gone.md) [e](Guide.md)\n")
    return root


def report(repository: Path, *words: str, cwd: Path | None = None) -> dict[str, Any]:
    outcome = cde(*words, "--format", "sarif", cwd=cwd or repository)
    assert outcome.code in (0, 1), outcome.err
    document: dict[str, Any] = outcome.json
    return document


def artifacts(value: Any) -> list[dict[str, str]]:
    if isinstance(value, dict):
        own = [value["artifactLocation"]] if "artifactLocation" in value else []
        return own + [found for part in value.values() for found in artifacts(part)]
    return [found for part in value for found in artifacts(part)] if isinstance(value, list) else []


@pytest.mark.parametrize("words", [("docs", "check"), ("audit",), ("docs", "check", "--select", "self-link", "docs")])
def test_what_is_written_is_valid(repository: Path, engine: str, words: tuple[str, ...]) -> None:
    document = report(repository, *words, "--engine", engine)
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


def test_the_schema_refuses_what_is_no_report(repository: Path) -> None:
    document = report(repository, "docs", "check")
    for change in ({"version": "2.0.0"}, {"runs": [{}]}, {"more": 1}):
        assert not VALIDATOR.is_valid({**document, **change})
    document["runs"][0]["results"][0]["level"] = "hint"
    assert not VALIDATOR.is_valid(document)


def test_both_engines_write_the_same(repository: Path) -> None:
    assert report(repository, "audit", "--engine", "rust") == report(repository, "audit", "--engine", "python")


def test_places_are_relative_references_to_the_files(repository: Path, engine: str) -> None:
    (run,) = report(repository, "docs", "check", "--engine", engine)["runs"]
    assert list(run["originalUriBaseIds"]) == ["SRCROOT"]
    found = artifacts(run)
    for artifact in found:
        assert RELATIVE.fullmatch(artifact["uri"]), artifact
        assert ":" not in artifact["uri"].partition("/")[0]
        assert artifact["uriBaseId"] == "SRCROOT"
        assert (repository / unquote_to_bytes(artifact["uri"]).decode("utf-8", "surrogateescape")).is_file()
    assert {"caf%E9%0A.md", "a%3Ab.md", "docs/b%20o%23m%3F.md"} <= {artifact["uri"] for artifact in found}


def test_fixes_replace_what_stands_there(repository: Path, engine: str) -> None:
    """Applied as the specification says, they give the file that ``--fix`` writes."""
    (run,) = report(repository, "docs", "check", "--engine", engine)["runs"]
    mended: dict[str, str] = {}
    changes: dict[str, list[tuple[int, int, int, str]]] = {}
    for result in run["results"]:
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                assert region["startLine"] == region["endLine"]
                text = replacement["insertedContent"]["text"]
                place = (region["startLine"], region["startColumn"], region["endColumn"], text)
                changes.setdefault(change["artifactLocation"]["uri"], []).append(place)
    assert set(changes) == {"one.md", "docs/b%20o%23m%3F.md", "caf%E9%0A.md"}
    for uri, places in changes.items():
        path = unquote_to_bytes(uri).decode("utf-8", "surrogateescape")
        text = (repository / path).read_bytes().decode("utf-8-sig")
        parts = re.split("(\r\n|\n|\r)", text)
        for line, start, end, inserted in sorted(places, reverse=True):
            old = parts[2 * line - 2]
            parts[2 * line - 2] = old[: start - 1] + inserted + old[end - 1 :]
        mended[path] = "".join(parts)
    cde("docs", "check", "--fix", cwd=repository)
    assert {path: (repository / path).read_bytes().decode("utf-8-sig") for path in mended} == mended


def test_results_carry_what_code_scanning_needs(repository: Path) -> None:
    (run,) = report(repository, "docs", "check")["runs"]
    assert run["invocations"][0]["executionSuccessful"] is True
    assert {one["level"] for one in run["invocations"][0]["toolExecutionNotifications"]} <= {"error", "warning", "note"}
    prints = [result["partialFingerprints"]["cdeFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
    text = (repository / "one.md").read_text()
    (repository / "one.md").write_text("\n\n" + text)
    (after,) = report(repository, "docs", "check")["runs"]
    assert {result["partialFingerprints"]["cdeFinding/v1"] for result in after["results"]} == set(prints)


def test_paths_begin_at_the_folder_of_the_call(repository: Path) -> None:
    (run,) = report(repository, "docs", "check", "docs")["runs"]
    assert {artifact["uri"] for artifact in artifacts(run)} == {"docs/b%20o%23m%3F.md"}
