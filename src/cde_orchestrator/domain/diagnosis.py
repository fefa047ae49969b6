"""Records of a diagnosis: what this installation consists of and whether it is in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["DoctorSummary", "InstallationCheck"]


@dataclass(frozen=True, slots=True)
class InstallationCheck:
    """One thing looked at: its name, what was found, whether that is in order, and what to do if it is not."""

    name: str
    status: Literal["ok", "warning", "error"]
    value: str
    hint: str | None


@dataclass(frozen=True, slots=True)
class DoctorSummary:
    """How many checks came out which way."""

    ok: int
    warnings: int
    errors: int
