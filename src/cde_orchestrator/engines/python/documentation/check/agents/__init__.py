"""The rules of group ``agents``: files that tell coding agents how to work in the repository."""

from __future__ import annotations

import re

from ......domain.documents import Document
from ....filesystem.tree import PythonTree
from ..index import TreeIndex
from ..report import Report
from .commands import check_commands
from .manifests import Manifests
from .paths import Paths, check_paths
from .place import Place
from .skill import check_skill

__all__ = ["AgentFiles"]

# What an agent should be given at once; 32 KiB are also where Codex cuts off what it reads.
_MOST_TOKENS = 8000
# What the specification of skills recommends for the body.
_MOST_SKILL_TOKENS = 5000
_MOST_SKILL_LINES = 500
# A rule of thumb for English text and code.
_BYTES_PER_TOKEN = 4
_SKILL = re.compile(rb"(?:.*/)?SKILL\.md", re.DOTALL)
_INSTRUCTIONS = re.compile(
    rb"(?:.*/)?(?:AGENTS(?:\.override)?\.md|CLAUDE(?:\.local)?\.md|GEMINI\.md|\.github/copilot-instructions\.md"
    rb"|\.github/instructions/[^/]*\.instructions\.md|\.cursor/rules/[^/]*\.md)",
    re.DOTALL,
)
_LINE_END = re.compile(r"\r\n|\n|\r")


class AgentFiles:
    """Judges files for agents over one tree.

    What is built and tested how is read when the first file needs it.
    """

    def __init__(self, tree: PythonTree, index: TreeIndex) -> None:
        self._tree = tree
        self._index = index
        self._paths = Paths(index)
        self._manifests = Manifests(tree, index)

    def check(self, number: int, report: Report) -> None:
        """Reports what is wrong with the document ``number``, if it is such a file."""
        path = self._index.document_paths[number]
        is_skill = _SKILL.fullmatch(path) is not None
        if not (is_skill or _INSTRUCTIONS.fullmatch(path)) or not self._index.is_parsed(number):
            return
        document = self._index.documents[number]
        self._check_length(path, document, report, is_skill=is_skill)
        if is_skill:
            check_skill(self._index, number, report)
        if not (report.wants("agent-path-missing") or report.wants("agent-command-missing")):
            return
        content = self._index.content(number)
        if content is None:
            return
        lines = _LINE_END.split(content.decode("utf-8"))
        place = Place(path.rpartition(b"/")[0], alone=is_skill)
        check_paths(self._paths, document, place, lines, report)
        check_commands((self._paths, self._manifests), document, place, lines, report)

    def _check_length(self, path: bytes, document: Document, report: Report, *, is_skill: bool) -> None:
        if not is_skill:
            tokens = document.size // _BYTES_PER_TOKEN
            if tokens > _MOST_TOKENS:
                message = f"about {tokens} tokens; an agent should be given at most {_MOST_TOKENS} at once"
                report.add("agent-file-too-long", 1, 1, message, "")
            return
        front_matter = document.front_matter
        tokens = max(document.size - (front_matter.end if front_matter else 0), 0) // _BYTES_PER_TOKEN
        index = self._tree.find(path)
        facts = None if index is None else self._tree.facts(index)
        lines = max((facts.lines if facts else 0) - (front_matter.line_count if front_matter else 0), 0)
        if tokens > _MOST_SKILL_TOKENS or lines > _MOST_SKILL_LINES:
            message = (
                f"about {tokens} tokens in {lines} lines; a skill should have at most "
                f"{_MOST_SKILL_TOKENS} in {_MOST_SKILL_LINES}"
            )
            report.add("agent-file-too-long", 1, 1, message, "")
