"""Every benchmark figure in README and guide is that of a recorded run, and the verdicts follow from the records."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "benchmarks" / "report.py"
README = ROOT / "README.md"
RUNS = sorted(path.parent for path in (ROOT / "benchmarks" / "runs").glob("*/machine.json"))


def report(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(REPORT), *arguments], capture_output=True, text=True, check=False)


def test_documents_say_what_the_latest_run_holds() -> None:
    assert RUNS, "no recorded run"
    done = report("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_changed_figure_is_noticed(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    begin = text.index("<!-- benchmarks:begin -->")
    figure = re.search(r"\*\*[0-9.]+ (ms|s|MiB)\*\*", text[begin:])
    assert figure is not None
    tampered = tmp_path / "README.md"
    tampered.write_text(text[:begin] + text[begin:].replace(figure[0], f"**0.1 {figure[1]}**", 1), encoding="utf-8")
    done = report("--check", "--readme", str(tampered))
    assert done.returncode == 1
    assert "README.md does not say" in done.stdout


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.name)
def test_a_record_names_versions_commands_and_digests_but_no_place(run: Path) -> None:
    cases = [path for path in run.glob("*.json") if path.name != "machine.json"]
    assert cases
    for path in cases:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert not re.search(r'"/(home|root|tmp|work|usr)/', text), path
        record = json.loads(text)
        assert re.fullmatch("[0-9a-f]{64}", record["corpus"]["sha256"])
        assert record["commit"]
        for contestant in record["contestants"]:
            assert contestant["version"]
            assert len(contestant["samples"]) == record["runs"] >= 5
