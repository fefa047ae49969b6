"""Every benchmark figure in README and guide is that of a recorded run, and the verdicts follow from the records."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "benchmarks" / "report.py"
RUNS = sorted(path.parent for path in (ROOT / "benchmarks" / "runs").glob("*/machine.json"))
MARKERS = "<!-- benchmarks:begin -->\n<!-- benchmarks:end -->\n"
OURS, FD, RIPGREP = "cde (in process)", "fd -uu", "rg --files -uuu"


def report(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, REPORT, *arguments], capture_output=True, text=True, check=False)


def contestant(name: str, seconds: float, *, in_process: bool) -> dict[str, Any]:
    spread = {"median": seconds, "min": seconds, "max": seconds, "mad": 0.0}
    keys = ["wall_seconds", "cpu_seconds", "peak_mib"]
    keys += ["call_wall_seconds", "call_cpu_seconds"] if in_process else []
    return {"name": name, "version": "1.0", "in_process": in_process, "summary": dict.fromkeys(keys, spread)}


@pytest.fixture
def made(tmp_path: Path) -> list[str | Path]:
    """Options for a run made up here: CDE 40 ms, fd 80 ms, ripgrep 44 ms, in documents with markers only."""
    run = tmp_path / "2026-01-01-made"
    run.mkdir()
    machine = {"processor": "P", "cores": 2, "memory_gib": 4, "system": "S", "kernel": "1.0", "python": "3.11"}
    (run / "machine.json").write_text(json.dumps(machine))
    record = {
        "case": "list-all",
        "question": "List",
        "note": "",
        "metric": "wall",
        "ours": OURS,
        "runs": 5,
        "corpus": {"name": "c", "files": 3, "bytes": 9, "sha256": "0" * 64},
        "answers_differ": [],
        "skipped": {"os.walk": "it is not there"},
        "contestants": [
            contestant(OURS, 0.040, in_process=True),
            contestant(FD, 0.080, in_process=False),
            contestant(RIPGREP, 0.044, in_process=False),
        ],
    }
    (run / "list-all.json").write_text(json.dumps(record))
    for name in ("README.md", "guide.md"):
        (tmp_path / name).write_text(f"before\n{MARKERS}after\n")
    return ["--run", run, "--readme", tmp_path / "README.md", "--guide", tmp_path / "guide.md"]


def test_documents_say_what_the_latest_run_holds() -> None:
    done = report("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_tables_and_verdicts_follow_from_the_records(made: list[str | Path], tmp_path: Path) -> None:
    done = report("--write", *made)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^met +2\.00x +list-all: .* 1\.8x fd -uu, wall$", done.stdout, re.MULTILINE)
    assert re.search(r"^NOT MET +1\.10x +list-all: .* 1\.3x rg --files -uuu, wall$", done.stdout, re.MULTILINE)
    assert re.search(r"^not measured .* 12x pathlib\.rglob, wall$", done.stdout, re.MULTILINE)
    readme = (tmp_path / "README.md").read_text()
    assert readme.startswith("before\n<!-- benchmarks:begin -->")
    assert readme.endswith("<!-- benchmarks:end -->\nafter\n")
    assert f"**40.0 ms**, {OURS} | fd -uu 80.0 ms (2.0x); rg --files -uuu 44.0 ms (1.1x); os.walk not run |" in readme
    assert report("--check", *made).returncode == 0


@pytest.mark.parametrize("name", ["README.md", "guide.md"])
def test_a_changed_figure_is_noticed(made: list[str | Path], tmp_path: Path, name: str) -> None:
    report("--write", *made)
    document = tmp_path / name
    document.write_text(document.read_text().replace("80.0 ms", "90.0 ms", 1))
    done = report("--check", *made)
    assert done.returncode == 1
    assert f"{name} does not say" in done.stdout


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.name)
def test_a_record_names_versions_commands_and_digests_but_no_place(run: Path) -> None:
    cases = [path for path in run.glob("*.json") if path.name != "machine.json"]
    assert cases
    for path in cases:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert not re.search(r"[\" ]/(home|root|tmp|work|usr|opt)/", text), path
        record = json.loads(text)
        assert re.fullmatch("[0-9a-f]{64}", record["corpus"]["sha256"])
        assert record["commit"]
        for entry in record["contestants"]:
            assert entry["version"]
            assert len(entry["samples"]) == record["runs"] >= 5


def test_a_case_that_was_left_out_has_its_latest_figures_with_their_date(
    made: list[str | Path], tmp_path: Path
) -> None:
    later = tmp_path / "2026-02-01-made"
    later.mkdir()
    (later / "machine.json").write_bytes((tmp_path / "2026-01-01-made" / "machine.json").read_bytes())
    made[1] = later
    assert report("--write", *made).returncode == 0
    assert "| List (2026-01-01) | c, 3 files | **40.0 ms**" in (tmp_path / "README.md").read_text()
