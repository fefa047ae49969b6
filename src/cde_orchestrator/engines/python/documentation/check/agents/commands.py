"""Commands that a file for agents tells to run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple

from ......domain.documents import Document
from ..origin import shown
from ..report import Report
from .manifests import Builder, Manifests
from .paths import Paths, path_of
from .place import Place
from .reserved import is_reserved

__all__ = ["check_commands"]

_SHELLS = frozenset(("sh", "bash", "shell", "zsh", "console", "shell-session", "terminal"))
_INTERPRETERS = frozenset(("bash", "node", "python", "python3", "ruby", "sh", "zsh"))
# How many commands of one document are looked up.
_MOST_COMMANDS = 500
_LONGEST_LINE = 2000
_LEAST_SCRIPT_WORDS = 3
# Words of npm and pnpm that mean another package.
_ELSEWHERE = frozenset(("-w", "--workspace", "--workspaces", "--prefix", "-C", "--dir", "--filter", "-F", "-r"))
_BEFORE = frozenset(("sudo", "time", "exec", "env"))
_SEPARATOR = re.compile("[&|;]")
_SPACE = re.compile("[ \t]")
# A name, with nothing that a shell or a reader would replace.
_NAME = re.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]*")


class _Line(NamedTuple):
    text: str
    number: int
    column: int


def check_commands(
    known: tuple[Paths, Manifests], document: Document, place: Place, lines: Sequence[str], report: Report
) -> None:
    """Reports build targets, scripts and files that commands name and that do not exist, each once."""
    if not report.wants("agent-command-missing"):
        return
    seen: set[str] = set()

    def is_elsewhere(line: str) -> bool:
        return place.alone and any(known[0].is_elsewhere(place, word) for word in _SPACE.split(line))

    for line in _command_lines(document, lines, is_elsewhere):
        for words in _commands_of(line.text):
            if len(seen) == _MOST_COMMANDS:
                return
            for evidence, message in _faults_of(*known, place, words):
                if evidence not in seen:
                    seen.add(evidence)
                    report.add("agent-command-missing", line.number, line.column, message, evidence)


def _command_lines(document: Document, lines: Sequence[str], is_elsewhere: Callable[[str], bool]) -> Iterator[_Line]:
    """Lines of shell blocks and code spans whose commands run in the folder of the document."""
    for block in document.code_blocks:
        language = block.language or ""
        if not block.fenced or not language.isascii() or language.lower() not in _SHELLS:
            continue
        inside = lines[block.line : block.line + block.line_count]
        if any(_goes_elsewhere(line) or is_elsewhere(line) for line in inside):
            continue
        for number, line in enumerate(inside, block.line + 1):
            text = line.lstrip(" \t>")
            yield _Line(text.removeprefix("$ "), number, len(line) - len(text) + 1)
    for code in document.inline_code:
        line = lines[code.line - 1] if code.line <= len(lines) else ""
        if not _goes_elsewhere(line) and not is_reserved(line):
            yield _Line(code.text, code.line, code.column)


def _goes_elsewhere(line: str) -> bool:
    return "cd " in line or "pushd " in line or "<<" in line


def _commands_of(line: str) -> Iterator[list[str]]:
    """The words of each plain command of a line."""
    if len(line.encode("utf-8", "surrogatepass")) > _LONGEST_LINE or line.startswith("#"):
        return
    for part in _SEPARATOR.split(line.partition(" #")[0]):
        words = (word for word in _SPACE.split(part) if word)
        command = list(dropwhile(lambda word: "=" in word or word in _BEFORE, words))
        if command:
            yield command


def _faults_of(paths: Paths, manifests: Manifests, place: Place, words: Sequence[str]) -> list[tuple[str, str]]:
    def lacks(builder: Builder, name: str) -> bool:
        return _NAME.fullmatch(name) is not None and manifests.lacks(builder, place, name)

    def fault(command: str, name: str, what: str) -> tuple[str, str]:
        return f"{command} {name}", f"no {what} '{shown(name.encode())}'"

    program, rest = words[0], words[1:]
    if program == "make" and all(_NAME.fullmatch(word) or "=" in word for word in rest):
        return [fault("make", word, "Makefile of the tree has the target") for word in rest if lacks("make", word)]
    if program == "just" and rest and lacks("just", rest[0]):
        return [fault("just", rest[0], "justfile of the tree has the recipe")]
    if program in {"npm", "pnpm"} and len(words) >= _LEAST_SCRIPT_WORDS and rest[0] in {"run", "run-script"}:
        elsewhere = any(word.partition("=")[0] in _ELSEWHERE for word in rest[2:])
        if elsewhere or not lacks("npm", rest[1]):
            return []
        return [fault(f"{program} {rest[0]}", rest[1], "package.json of the tree has the script")]
    script = program if program.startswith("./") else rest[0] if rest and program in _INTERPRETERS else None
    path = None if script is None else path_of(script)
    if path is None or path.endswith("/") or not paths.is_missing(place, path):
        return []
    return [(path, f"no file '{shown(path.encode())}'")]
