"""Which engine runs, what is said when the core cannot be used, and ``cde verify``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cde_orchestrator.adapters.cli import main
from cde_orchestrator.domain.envelope import EngineInfo
from cde_orchestrator.domain.schemas import json_schema
from cde_orchestrator.engines.select import Engines, select_engine
from cde_orchestrator.use_cases.verify_engines import VerifyEnginesUseCase
from conftest import TreeMaker, require_core
from support.command_line import SMALL_REPOSITORY, cde
from support.schema_check import violations


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(SMALL_REPOSITORY)


@pytest.fixture
def broken_core(tmp_path: Path) -> dict[str, str]:
    """An environment in which the core is installed and does not load."""
    package = tmp_path / "broken" / "cde_rust_core"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('undefined symbol: nothing')\n")
    return {"PYTHONPATH": str(package.parent)}


def test_a_broken_core_is_said_and_the_python_engine_answers(repository: Path, broken_core: dict[str, str]) -> None:
    outcome = cde("audit", "--format", "json", cwd=repository, env=broken_core)
    assert outcome.code == 1
    assert outcome.err.startswith("warning: cde-rust-core cannot be used, the Python engine runs: ")
    assert len(outcome.err.splitlines()) == 1
    assert outcome.json["engine"]["name"] == "python"
    quiet = cde("audit", "--format", "json", "--quiet", cwd=repository, env=broken_core)
    assert (quiet.raw, quiet.errors) == (outcome.raw, b"")


@pytest.mark.parametrize("words", [["audit"], ["files", "list"], ["docs", "outline", "README.md"]], ids=" ".join)
def test_a_core_that_is_demanded_and_cannot_be_used_is_an_error(
    repository: Path, broken_core: dict[str, str], words: list[str]
) -> None:
    outcome = cde(*words, "--engine", "rust", cwd=repository, env=broken_core)
    assert (outcome.code, outcome.raw) == (2, b"")
    error, hint = outcome.err.splitlines()
    assert error == "error: the Rust engine cannot be used: ImportError: undefined symbol: nothing"
    assert hint.startswith("hint: install the core")


def test_verify_needs_the_core(repository: Path, broken_core: dict[str, str]) -> None:
    outcome = cde("verify", "--format", "json", cwd=repository, env=broken_core)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert json.loads(outcome.err)["error"]["code"] == "engine-unavailable"


def test_doctor_says_that_the_core_is_broken(repository: Path, broken_core: dict[str, str]) -> None:
    outcome = cde("doctor", "--format", "json", cwd=repository, env=broken_core)
    assert outcome.code == 0
    checks = {item["name"]: item for item in outcome.json["items"]}
    assert checks["core"]["status"] == "warning"
    assert "undefined symbol" in checks["core"]["value"]
    assert checks["core"]["hint"]
    demanded = cde("doctor", "--engine", "rust", cwd=repository, env=broken_core)
    assert demanded.code == 1
    assert "rust cannot run" in demanded.out


def test_verify_finds_the_engines_equal(repository: Path) -> None:
    require_core()
    outcome = cde("verify", cwd=repository)
    assert outcome.code == 0, outcome.out
    assert outcome.out.splitlines()[-1].startswith("equal: ")
    assert outcome.err.startswith("compared in ")
    answer = cde("verify", "--format", "json", cwd=repository).json
    assert list(violations(answer, json_schema("cde.verify.run/1"))) == []
    assert answer["summary"]["differing"] == 0


class _Forgetful:
    """A documentation engine that finds nothing."""

    def __init__(self, engines: Engines) -> None:
        self._engine = engines.documentation
        self._filesystem = engines.filesystem

    def scan(self, *args, **kwargs):
        return self._engine.scan(*args, **kwargs)

    def check(self, tree, scan, options, **kwargs):
        return self._filesystem.list_files(tree, _everything())

    def graph(self, *args, **kwargs):
        return self._engine.graph(*args, **kwargs)

    def outline(self, *args, **kwargs):
        return self._engine.outline(*args, **kwargs)


def _everything():
    from cde_orchestrator import FileFilter

    return FileFilter()


def test_verify_shows_the_first_differences(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    python = select_engine("python")
    other = Engines(EngineInfo("rust", "9", "for a test"), python.filesystem, _Forgetful(python), python.code)
    monkeypatch.setattr(VerifyEnginesUseCase, "_engines_pair", lambda _: (other, python))
    assert main(["verify", str(repository)]) == 1
    text = capsysbinary.readouterr().out.decode()
    assert "docs.check" in text
    assert "1 differ" in text
    assert "/schema" in text
    assert 'rust    "cde.files.list/1"' in text
    assert 'python  "cde.docs.check/1"' in text
    assert text.splitlines()[-1].startswith("different: 1 answer of ")
