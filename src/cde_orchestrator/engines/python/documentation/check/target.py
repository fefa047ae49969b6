"""Reading a link's target as a path: what kind it is, its decoding, and its place in the tree. Touches no disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

__all__ = [
    "Place",
    "TargetKind",
    "classify",
    "escape_target",
    "is_template",
    "parent",
    "percent_decode",
    "place",
    "relative_target",
]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%")
_VARIABLE = re.compile(r"\$[A-Z_]{2}")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNSAFE = re.compile(rb"[^A-Za-z0-9\-._~!$&'*+,;=:@/\x80-\xff]")

# Pages of a hosted repository beside its files: from a document, `../../issues` leads there on GitHub and GitLab.
_PAGES = frozenset(
    b"actions activity branches commit commits compare deployments discussions edit fork forks graphs issues labels "
    b"merge_requests milestones network packages pipelines projects pull pulls pulse raw releases security settings "
    b"stargazers tags tree watchers wiki wikis blob blame".split()
)


class TargetKind(Enum):
    """What a target is, judged by its text alone."""

    LOCAL = auto()
    EXTERNAL = auto()
    TEMPLATE = auto()
    MACHINE = auto()


def classify(target: str) -> TargetKind:
    """The kind of ``target``, which has no fragment.

    ``EXTERNAL`` has a scheme or a host, ``MACHINE`` names a place on one computer (``file:``, a drive letter, a UNC
    path), ``TEMPLATE`` holds a placeholder that a program replaces, anything else is ``LOCAL``.
    """
    scheme = _SCHEME.match(target)
    if scheme is not None:
        return TargetKind.MACHINE if scheme[0].lower() == "file:" else TargetKind.EXTERNAL
    if target.startswith("//"):
        return TargetKind.EXTERNAL
    if target.startswith("\\\\") or _DRIVE.match(target):
        return TargetKind.MACHINE
    is_variable = _VARIABLE.match(target) is not None
    return TargetKind.TEMPLATE if is_variable or is_template(target) else TargetKind.LOCAL


def is_template(target: str) -> bool:
    """Whether it holds a placeholder that a program replaces."""
    return _TEMPLATE.search(target) is not None


def percent_decode(text: str) -> bytes:
    """``text`` as UTF-8 with each ``%XX`` decoded once; a ``%`` without two hex digits stays."""
    raw = text.encode("utf-8", "surrogatepass")
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), raw) if b"%" in raw else raw


@dataclass(frozen=True, slots=True)
class Place:
    """A path from the root. ``above`` counts the folders that it climbs above the root; then ``path`` starts there."""

    path: bytes
    above: int
    trailing_slash: bool

    @property
    def hosted_page(self) -> bool:
        """Whether it is a page of the hosted repository, such as ``../../issues``.

        The root may be a folder of that repository, so fewer levels are enough.
        """
        return self.above in {1, 2} and self.path.split(b"/", 1)[0] in _PAGES


def place(folder: bytes, decoded: bytes) -> Place:
    """Where ``decoded`` leads from ``folder``: ``.`` and empty parts vanish, ``..`` climbs. O(length)."""
    parts = folder.split(b"/") if folder else []
    above = 0
    last = b""
    for last in decoded.split(b"/"):
        if last == b"..":
            if parts:
                parts.pop()
            else:
                above += 1
        elif last not in {b"", b"."}:
            parts.append(last)
    return Place(b"/".join(parts), above, last in {b"", b".", b".."})


def parent(path: bytes) -> bytes:
    """The folder of ``path``; empty for the root."""
    return path.rpartition(b"/")[0]


def relative_target(folder: bytes, path: bytes) -> str:
    """``path`` as a link from a document in ``folder``: relative and escaped."""
    start = folder.split(b"/") if folder else []
    end = path.split(b"/") if path else []
    common = 0
    while common < min(len(start), len(end)) and start[common] == end[common]:
        common += 1
    parts = [b".."] * (len(start) - common) + end[common:]
    return escape_target(b"/".join(parts) or b".")


def escape_target(path: bytes) -> str:
    """``path`` as a link writes it: what is no letter, digit or safe sign becomes ``%XX``, other UTF-8 stays."""
    escaped = _UNSAFE.sub(lambda match: b"%%%02X" % match[0][0], path)
    try:
        return escaped.decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(rb"[\x80-\xff]", lambda match: b"%%%02X" % match[0][0], escaped).decode("ascii")
