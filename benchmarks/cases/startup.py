"""What it costs to ask at all, and how soon a long answer can be stopped."""

from __future__ import annotations

from harness.case import Case, Contestant, Target

__all__ = ["CASES", "TARGETS"]

RUST = "cde, Rust engine"
PYTHON = "cde, Python engine"

CASES = (
    Case(
        "startup",
        "Start and say the version",
        "rust-book",
        "wall",
        "cde --version",
        (
            Contestant("cde --version", "cde", ("{cde}", "--version")),
            Contestant("python -c pass", "python", ("{python}", "-c", "pass")),
            Contestant("rumdl --version", "rumdl", ("{rumdl}", "--version")),
        ),
    ),
    Case(
        "interrupt",
        "From Ctrl-C in the middle of a scan to the exception",
        "markdown",
        "wall",
        RUST,
        tuple(
            Contestant(
                name,
                "cde",
                ("{python}", "{programs}/interrupt.py", engine, "{corpus}"),
                in_process=True,
                counts="answer",
            )
            for name, engine in ((RUST, "rust"), (PYTHON, "python"))
        ),
    ),
)

TARGETS = (
    Target("startup", "cde --version", "wall", "at_most_times", 4, "python -c pass"),
    Target("interrupt", RUST, "wall", "at_most", 0.1),
    Target("interrupt", PYTHON, "wall", "at_most", 0.1),
)
