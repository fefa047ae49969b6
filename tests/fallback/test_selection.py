"""Which engine runs: argument, environment, default; and what happens where the core is absent, broken or foreign."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from cde_orchestrator.engines.select import engine_info, select_engine
from cde_orchestrator.errors import InvalidArgumentError

ROOT = Path(__file__).parents[2]

REPORT = """
import json, sys, warnings
caught = []
warnings.showwarning = lambda message, category, *rest: caught.append([category.__name__, str(message)])
from cde_orchestrator.engines.select import inspect_core, select_engine
from cde_orchestrator.errors import CdeError
answer = {"before": "cde_rust_core" in sys.modules}
for name in (None, "rust"):
    try:
        answer[str(name)] = select_engine(name).info.name
        select_engine(name)
    except CdeError as error:
        answer[str(name)] = [type(error).__name__, error.code, error.message, error.hint]
answer["state"] = inspect_core().state
answer["warnings"] = caught
print(json.dumps(answer))
"""


def run_with_core(tmp_path: Path, source: str | None, **environment: str) -> dict[str, object]:
    """What a fresh process answers when ``cde_rust_core`` is the module in ``source``, or cannot be found at all."""
    blocker = tmp_path / "site"
    blocker.mkdir(exist_ok=True)
    if source is None:
        block = "import sys; sys.modules['cde_rust_core'] = None"
    else:
        (blocker / "cde_rust_core.py").write_text(textwrap.dedent(source))
        block = f"import sys; sys.path.insert(0, {str(blocker)!r})"
    process = subprocess.run(
        [sys.executable, "-c", block + "\n" + REPORT],
        env={
            **{k: v for k, v in os.environ.items() if k != "CDE_ENGINE"},
            "PYTHONPATH": str(ROOT / "src"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    answer: dict[str, object] = json.loads(process.stdout)
    return answer


def test_an_absent_core_is_quiet_and_its_reason_kept(tmp_path: Path) -> None:
    answer = run_with_core(tmp_path, None)
    assert answer["None"] == "python"
    assert answer["state"] == "absent"
    assert answer["warnings"] == []
    assert answer["rust"][:2] == ["EngineUnavailableError", "engine-unavailable"]
    assert "pip install cde-rust-core" in answer["rust"][3]


def test_the_placeholder_wheel_counts_as_absent(tmp_path: Path) -> None:
    placeholder = (ROOT / "packaging/pure-core/cde_rust_core/__init__.py").read_text()
    answer = run_with_core(tmp_path, placeholder)
    assert answer["None"] == "python"
    assert answer["state"] == "absent"
    assert "no native wheel" in answer["rust"][2]
    assert answer["warnings"] == []


@pytest.mark.parametrize(
    ("source", "state", "words"),
    [
        ("raise ImportError('undefined symbol: PyFoo')", "broken", "undefined symbol"),
        ("raise SystemError('bad magic')", "broken", "bad magic"),
        ("version = lambda: '0.0.1'\nbridge_version = lambda: 1", "mismatch", "0.0.1"),
        (
            """
            from cde_orchestrator.version import __version__
            version = lambda: __version__
            bridge_version = lambda: 999
            """,
            "mismatch",
            "999",
        ),
        ("x = 1", "broken", "version"),
    ],
)
def test_an_unusable_core_warns_once_and_is_never_half_used(
    tmp_path: Path, source: str, state: str, words: str
) -> None:
    answer = run_with_core(tmp_path, source)
    assert answer["None"] == "python"
    assert answer["state"] == state
    assert [kind for kind, _ in answer["warnings"]] == ["RuntimeWarning"]
    assert words in answer["warnings"][0][1]
    assert answer["rust"][0] == "EngineUnavailableError"
    assert words in answer["rust"][2]


def test_the_environment_decides_where_no_argument_is_given(tmp_path: Path) -> None:
    assert run_with_core(tmp_path, None, CDE_ENGINE="python")["None"] == "python"
    refused = run_with_core(tmp_path, None, CDE_ENGINE="fast")
    assert (
        refused["None"][:2] == ["InvalidArgumentError", "invalid-argument"]
        if isinstance(refused["None"], list)
        else False
    )


def test_an_argument_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDE_ENGINE", "rust")
    assert select_engine("python").info.name == "python"
    report = engine_info("python")
    assert (report.engine.name, report.requested, report.requested_by) == ("python", "python", "argument")


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        select_engine("fast")
    assert caught.value.hint
