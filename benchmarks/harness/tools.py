"""The executables that contestants name in braces, with their versions, or the reason why one is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Tool", "Toolbox"]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Tool:
    """An executable (``None`` if it could not be installed) and its version, or the reason why not."""

    path: Path | None
    version: str


@dataclass(slots=True)
class Toolbox:
    """The process meter, the commit that product, core and meter were built from, and all tools by name."""

    meter: Path
    commit: str
    tools: dict[str, Tool] = field(default_factory=dict)

    def version(self, name: str) -> str:
        """The version of the tool ``name``."""
        return self.tools[name].version

    def missing(self, *names: str) -> str | None:
        """Why one of ``names`` (tools, or command words with placeholders) cannot be used; ``None`` if all can."""
        for name in names:
            for tool in _PLACEHOLDER.findall(name) or [name]:
                found = self.tools.get(tool)
                if found is not None and found.path is None:
                    return f"{tool} is not installed: {found.version}"
        return None

    def fill(self, command: tuple[str, ...], corpus: Path) -> list[str]:
        """``command`` with every placeholder replaced."""
        paths = {name: str(tool.path) for name, tool in self.tools.items()} | {"corpus": str(corpus)}
        return [_PLACEHOLDER.sub(lambda found: paths[found[1]], word) for word in command]
