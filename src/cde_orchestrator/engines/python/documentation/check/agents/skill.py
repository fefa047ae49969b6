"""The front matter that the specification of agent skills demands."""

from __future__ import annotations

import re

from ......domain.envelope import Severity
from ..front_lines import key_line
from ..index import TreeIndex
from ..origin import shown
from ..report import Report

__all__ = ["check_skill"]

_LONGEST_NAME = 64
_LONGEST_DESCRIPTION = 1024
_NAME = re.compile(r"(?!-)(?!.*--)(?:[a-z0-9-]|[^\x00-\x7f])*(?<!-)", re.DOTALL)
_BLANK = " \t\n\r\f"

_Fault = tuple[str, Severity | None]


def check_skill(index: TreeIndex, number: int, report: Report) -> None:
    """Reports a skill's name and description that are absent or not as they must be."""
    front_matter = index.documents[number].front_matter
    if (front_matter is not None and front_matter.error is not None) or not report.wants("skill-metadata"):
        return
    data = {} if front_matter is None or front_matter.data is None else front_matter.data
    folder = index.document_paths[number].rpartition(b"/")[0].rpartition(b"/")[2]
    # Claude takes the folder's name and the first sentence instead.
    of_claude = b".claude" in index.document_paths[number].split(b"/")
    for key in ("name", "description"):
        value = data.get(key)
        fault: _Fault | None
        if not isinstance(value, str) or not value.strip(_BLANK):
            fault = f"a skill needs the key '{key}' in its front matter", "warning" if of_claude else None
        else:
            fault = _fault_of_name(value, folder) if key == "name" else _fault_of_description(value)
        if fault is not None:
            line = 1
            if front_matter is not None and key in data:
                line = key_line(index.content(number), front_matter, key)
            report.add("skill-metadata", line, 1, fault[0], key, severity=fault[1])


def _fault_of_name(name: str, folder: bytes) -> _Fault | None:
    if len(name) > _LONGEST_NAME:
        return f"the name has {len(name)} characters; at most {_LONGEST_NAME} are allowed", None
    raw = name.encode("utf-8", "surrogatepass")
    if _NAME.fullmatch(name) is None:
        return f"the name '{shown(raw)}' is not made of lower-case letters, digits and single hyphens", None
    if not folder or folder == raw:
        return None
    return f"the name '{shown(raw)}' is not that of the folder '{shown(folder)}'", "warning"


def _fault_of_description(text: str) -> _Fault | None:
    if len(text) <= _LONGEST_DESCRIPTION:
        return None
    return f"the description has {len(text)} characters; at most {_LONGEST_DESCRIPTION} are allowed", None
