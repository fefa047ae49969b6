"""``--baseline`` and ``--write-baseline``: what is accepted stays accepted, and what is new is told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cde_orchestrator.adapters.baseline import read_baseline, write_baseline
from cde_orchestrator.domain.baseline import Baseline
from cde_orchestrator.domain.findings import Finding
from cde_orchestrator.errors import CdeError, IoError, PathNotFoundError
from conftest import TreeMaker
from support.command_line import cde

BROKEN = "# A\n\n[gone](gone.md) [gone](gone.md)\n\n[here](b.md)\n"


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    root = make_tree({"docs/a.md": BROKEN, "docs/b.md": "# B\n\nText.\n"})
    (root / "caf\udce9.md").write_text("# C\n\n[gone](gone.md)\n")
    return root


def test_known_findings_are_left_out_though_their_lines_move(repository: Path, engine: str) -> None:
    words = ("docs", "check", "--engine", engine)
    written = cde(*words, "--write-baseline", "known.json", cwd=repository)
    assert (written.code, written.out) == (0, "")
    assert "4 findings written to known.json" in written.err
    assert cde(*words, cwd=repository).code == 1

    (repository / "docs/a.md").write_text(
        "# A\n\nAdded above.\n\n" + BROKEN.removeprefix("# A\n\n") + "\n[x](new.md)\n"
    )
    answer = cde(*words, "--baseline", "known.json", "--format", "json", cwd=repository)
    assert answer.code == 1
    assert [finding["evidence"] for finding in answer.json["items"]] == ["new.md"]
    assert (answer.json["summary"]["errors"], answer.json["summary"]["known"]) == (1, 4)
    text = cde(*words, "--baseline", "known.json", cwd=repository)
    assert "1 error · 0 warnings · 0 hints · 4 known findings left out" in text.out
    audited = cde("audit", "--engine", engine, "--baseline", "known.json", "--format", "json", cwd=repository)
    assert (audited.code, audited.json["summary"]["findings"]["known"]) == (1, 4)


def test_one_more_of_the_same_is_new_and_what_is_gone_is_said(repository: Path) -> None:
    cde("docs", "check", "--write-baseline", "known.json", cwd=repository)
    (repository / "docs/a.md").write_text(BROKEN.replace("[here](b.md)", "[gone](gone.md)"))
    outcome = cde("docs", "check", "--baseline", "known.json", cwd=repository)
    assert outcome.code == 1
    assert outcome.out.count("[missing-file]") == 1
    assert "known.json: 1 finding of the baseline gone; --write-baseline renews it\n" in outcome.err


def test_a_configuration_names_it_from_its_own_folder(repository: Path) -> None:
    cde("docs", "check", "--write-baseline", "known.json", cwd=repository)
    (repository / "cde.toml").write_text("[docs]\nbaseline = 'known.json'\n")
    assert cde("docs", "check", ".", cwd=repository).code == 0
    (repository / "docs/known.json").write_text("never read")
    inner = cde("docs", "check", ".", cwd=repository / "docs")
    assert inner.code == 1, "the paths of the baseline are those of another root"
    assert "known" in inner.out + inner.err
    assert cde("docs", "check", "--baseline", "", ".", cwd=repository).code == 1


ENTRY = {"path": "a", "rule": "b", "fingerprint": "c", "count": 1}
NO_BASELINE = "the file is not a baseline"


def with_entry(entry: object) -> str:
    return json.dumps({"schema": "cde.baseline/1", "findings": [entry]})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", NO_BASELINE),
        ("[1]", NO_BASELINE),
        ("[" * 100_000, NO_BASELINE),
        ('{"schema": "cde.baseline/1"}', NO_BASELINE),
        ('{"schema": "cde.baseline/9"}', "the baseline has the schema"),
        (with_entry({**ENTRY, "count": True}), NO_BASELINE),
        (with_entry({**ENTRY, "count": 0}), NO_BASELINE),
        (with_entry({**ENTRY, "path": 1}), NO_BASELINE),
        (with_entry({**ENTRY, "more": 1}), NO_BASELINE),
        (with_entry({"path": "a"}), NO_BASELINE),
        (with_entry("a"), NO_BASELINE),
    ],
)
def test_what_is_no_baseline_is_refused(repository: Path, content: str, message: str) -> None:
    (repository / "known.json").write_text(content)
    outcome = cde("docs", "check", "--baseline", "known.json", "--format", "json", cwd=repository)
    assert (outcome.code, outcome.out) == (2, "")
    error = json.loads(outcome.err)["error"]
    assert (error["code"], error["path"]) == ("invalid-config", "known.json")
    assert error["message"].startswith(message)
    assert "--write-baseline" in error["hint"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_baseline_that_may_not_be_read_is_an_error(repository: Path) -> None:
    cde("docs", "check", "--write-baseline", "known.json", cwd=repository)
    (repository / "known.json").chmod(0)
    outcome = cde("docs", "check", "--baseline", "known.json", cwd=repository)
    assert (outcome.code, outcome.out) == (2, "")
    assert "the baseline cannot be read (permission denied): known.json\nhint: " in outcome.err


def test_a_baseline_that_cannot_be_read_or_is_outdated_is_told(repository: Path) -> None:
    for name, message in (("docs", "the baseline cannot be read (is a directory): docs\nhint: write a new one"),):
        outcome = cde("docs", "check", "--baseline", name, cwd=repository)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"error: {message}" in outcome.err
    cde("docs", "check", "--write-baseline", "known.json", cwd=repository)
    (repository / "docs/a.md").write_text("# A\n")
    outdated = cde("docs", "check", "--baseline", "known.json", cwd=repository)
    assert "known.json: 3 findings of the baseline gone; --write-baseline renews it\n" in outdated.err


def test_wrong_calls(repository: Path) -> None:
    missing = cde("docs", "check", "--baseline", "none.json", cwd=repository)
    assert (missing.code, missing.err.startswith("error: no such baseline: none.json\nhint: ")) == (2, True)
    assert cde("docs", "check", "--write-baseline", "x.json", "--fix", cwd=repository).code == 2
    assert not (repository / "x.json").exists()
    assert cde("docs", "check", "--write-baseline", "no/folder/x.json", cwd=repository).code == 2


def test_what_is_written_is_read_and_the_old_file_survives_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "known.json")
    finding = Finding("self-link", "hint", "a\udcff\n.md", 1, 1, 1, "m", "e", None, None, "r")
    baseline = Baseline.of([finding, finding])
    write_baseline(path, baseline)
    (tmp_path / "known.json").chmod(0o640)
    assert read_baseline(path) == Baseline(dict(baseline.counts))
    with pytest.raises(PathNotFoundError):
        read_baseline(str(tmp_path / "none"))
    with pytest.raises(CdeError):
        read_baseline(str(tmp_path))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = (tmp_path / "known.json").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(IoError, match="no space left on device"):
            write_baseline(path, Baseline())
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("known.json", before)]
    write_baseline(path, Baseline())
    assert (tmp_path / "known.json").stat().st_mode & 0o777 == 0o640
    assert read_baseline(path).counts == {}
