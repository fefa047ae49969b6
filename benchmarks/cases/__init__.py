"""All cases and targets, by topic."""

from __future__ import annotations

from harness.case import Case, Target

from . import code, documentation, filesystem, startup

__all__ = ["CASES", "TARGETS"]

CASES: tuple[Case, ...] = (*filesystem.CASES, *documentation.CASES, *code.CASES, *startup.CASES)
TARGETS: tuple[Target, ...] = (*filesystem.TARGETS, *documentation.TARGETS, *code.TARGETS, *startup.TARGETS)
