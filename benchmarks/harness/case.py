"""What is compared: cases, contestants and the targets that the project set itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Case", "Contestant", "Metric", "Target"]

Metric = Literal["wall", "cpu", "peak"]


@dataclass(frozen=True, slots=True)
class Contestant:
    """One command that answers the case's question.

    ``command`` may hold ``{tool}`` placeholders, which are recorded as they are. ``tool`` names the peer whose version
    is recorded. A contestant ``in_process`` prints one JSON line with ``wall_seconds``, ``cpu_seconds`` and ``answer``
    of the call alone; its figures are those, and the whole process is kept beside them. ``counts`` tells how the answer
    is counted: the lines printed, the ``answer`` of a JSON line, or the digest of the JSON envelope without ``engine``.
    Contestants with the same ``agrees`` must count the same.
    """

    name: str
    tool: str
    command: tuple[str, ...]
    in_process: bool = False
    counts: Literal["lines", "answer", "envelope", "none"] = "none"
    agrees: str | None = None
    exit_codes: frozenset[int] = frozenset({0})
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the corpus it is put to, and who answers. ``ours`` is the contestant that ratios refer to."""

    name: str
    question: str
    corpus: str
    metric: Metric
    ours: str
    contestants: tuple[Contestant, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that must hold.

    ``ratio`` targets compare two contestants: ``other`` divided by ``subject`` is at least ``bound`` (``at_least``) or
    ``subject`` divided by ``other`` is at most ``bound``. Without ``other`` the subject's own figure is at most
    ``bound`` (seconds, or MiB for ``peak``); with ``above`` the other's peak is subtracted first.
    """

    case: str
    subject: str
    metric: Metric
    kind: Literal["times_faster", "at_most_times", "at_most", "above"]
    bound: float
    other: str | None = None
    goal: float | None = None
