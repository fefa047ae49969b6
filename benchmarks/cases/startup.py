"""What it costs to ask at all."""

from __future__ import annotations

from harness.case import Case, Contestant, Target

__all__ = ["CASES", "TARGETS"]

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
)

TARGETS = (Target("startup", "cde --version", "wall", "at_most_times", 4, "python -c pass"),)
