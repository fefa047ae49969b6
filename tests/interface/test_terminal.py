"""What a terminal sees: colour, its own width, and a progress line that goes away."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from cde_orchestrator.adapters.cli import progress
from cde_orchestrator.adapters.report.numbers import permille, seconds, size
from cde_orchestrator.adapters.report.style import Style, display_width, safe_text, shortened
from cde_orchestrator.adapters.report.table import table
from conftest import TreeMaker
from support.command_line import COMMAND, SMALL_REPOSITORY, clean_environment


def on_a_terminal(*words: str, cwd: Path, **env: str) -> bytes:
    """What ``cde`` writes to a terminal of 60 columns."""
    inside, outside = pty.openpty()
    environment = clean_environment({"COLUMNS": "60", "TERM": "xterm-256color", **env})
    process = subprocess.Popen(
        [*COMMAND, *words], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=outside, stderr=outside
    )
    os.close(outside)
    seen = everything_from(inside)
    process.wait(timeout=60)
    return seen


def everything_from(terminal: int) -> bytes:
    """What was written to the other end, which has to be closed at the end."""
    seen = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end was closed
            part = b""
        if not part:
            os.close(terminal)
            return seen
        seen += part


@pytest.fixture
def repository(make_tree: TreeMaker) -> Path:
    return make_tree(SMALL_REPOSITORY)


def test_a_terminal_gets_colour_unless_it_is_dumb(repository: Path) -> None:
    assert b"\x1b[1m" in on_a_terminal("docs", "rules", cwd=repository)
    assert b"\x1b[" not in on_a_terminal("docs", "rules", cwd=repository, TERM="dumb")
    assert b"\x1b[" not in on_a_terminal("docs", "rules", cwd=repository, NO_COLOR="1")
    assert b"\x1b[1;31merror" in on_a_terminal("nonsense", cwd=repository)
    assert b"\x1b[" not in on_a_terminal("nonsense", "--no-color", cwd=repository)
    assert b"\x1b[" not in on_a_terminal("--color=never", "nonsense", cwd=repository)


def test_tables_keep_to_the_width_of_the_terminal(repository: Path) -> None:
    (repository / "docs" / "guide.md").write_text("# A title that goes on and on and " + "on " * 30 + "\n")
    seen = on_a_terminal("docs", "scan", "--no-color", cwd=repository).decode()
    lines = seen.split("\r\n")
    assert "…" in seen
    assert all(display_width(line) <= 60 for line in lines if line.startswith(("docs/", "README")))


def test_progress_is_drawn_on_a_terminal_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, outside = pty.openpty()
    with os.fdopen(outside, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(progress, "_DELAY", 0)
        monkeypatch.setenv("TERM", "xterm")
        with progress.ProgressLine(enabled=True) as line:
            line("walk", 10, None)
            line("read", 5, 20)
    seen = everything_from(inside).decode()
    assert "walking" in seen
    assert "reading" in seen
    assert "5/20" in seen
    # The cursor is shown again and the line erased.
    assert "\x1b[?25h" in seen
    assert "\x1b[2K" in seen[seen.rindex("5/20") :]


def test_progress_is_silent_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.ProgressLine(enabled=False) as line:
        line("walk", 10, None)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb\nc\rd", r"a\tb\nc\rd"),
        ("\x1b[31m\x07\x7f\x9b", r"\x1b[31m\x07\x7f\x9b"),
        ("\u202eabc\u2066", r"\u202eabc\u2066"),
        ("\u200b\ufeff\u00ad", r"\u200b\ufeff\xad"),
        ("\U000e0041", r"\U000e0041"),
        ("\udce9", r"\udce9"),
        ("日本 é ☃", "日本 é ☃"),
    ],
)
def test_unsafe_characters_are_shown(text: str, shown: str) -> None:
    assert safe_text(text) == shown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (99_949, "99.9 kB"),
        (99_960, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_234_567_890, "1.2 GB"),
        (5 * 10**15, "5,000 TB"),
    ],
)
def test_sizes(number: int, text: str) -> None:
    assert size(number) == text


def test_durations_and_shares() -> None:
    assert [seconds(value) for value in (0.0004, 0.25, 1.5, 61)] == ["0 ms", "250 ms", "1.50 s", "1 min 1 s"]
    assert [permille(1, 3), permille(0, 0), permille(2, 2)] == ["33.3 %", "0.0 %", "100.0 %"]


def test_wide_characters_take_two_columns() -> None:
    assert display_width("日本") == 4
    assert shortened("日本語文書", 7, "…") == "日本語…"
    rows = list(table(Style(), [("Name", "<"), ("N", ">")], [("日本", "1"), ("abcde", "2")]))
    assert rows == ["Name   N", "日本   1", "abcde  2"]


def test_gauges() -> None:
    style, plain = Style(), Style(unicode=False)
    assert [style.gauge(part, 16, 2) for part in (0, 1, 8, 9, 16)] == ["", "▏", "█", "█▏", "██"]
    assert [plain.gauge(part, 16, 2) for part in (0, 1, 8, 16)] == ["", "#", "#", "##"]
    assert style.gauge(1, 0, 2) == "▏"
