"""Small rules about inline markup: what may stand around it, escapes, names and roles."""

from __future__ import annotations

import re

from .starts import SPACE, WIDE, simple_name

__all__ = [
    "SPACE",
    "is_code_role",
    "is_escaped",
    "is_quoted",
    "is_space",
    "may_follow",
    "may_precede",
    "reference_name",
    "shown_target",
    "titled",
    "unescaped",
    "without_space",
]

_SPACE = re.compile(f"[{SPACE}]")
_SPACES = re.compile(f"[{SPACE}]+")
_PRECEDES = re.compile(f"[{SPACE}\"'(\\[{{<\\-/:{WIDE}]")
_FOLLOWS = re.compile(f"[{SPACE}\"')\\]}}>\\-/:.,;!?\\\\{WIDE}]")
_QUOTES = frozenset(('""', "''", "()", "[]", "{}", "<>"))
_ESCAPE = re.compile(r"\\([\s\S]?)")
_TITLE_END = "\t\n\x0c\r "
_CODE_ROLES = frozenset(
    (
        *("attr", "class", "code", "command", "const", "data", "envvar", "exc", "file"),
        *("func", "literal", "meth", "mod", "obj", "option", "program", "samp"),
    )
)


def may_precede(one: str) -> bool:
    """Whether markup may begin after ``one``."""
    return _PRECEDES.match(one) is not None


def may_follow(one: str) -> bool:
    """Whether markup may end before ``one``, which is empty at the end of the text."""
    return not one or _FOLLOWS.match(one) is not None


def is_space(one: str) -> bool:
    """Whitespace, also beyond ASCII; not the end of the text."""
    return _SPACE.match(one) is not None


def without_space(text: str) -> str:
    """``text`` without any whitespace."""
    return _SPACES.sub("", text)


def is_quoted(before: str, after: str) -> bool:
    """Whether ``before`` and ``after`` quote what is between them, so that it is no markup."""
    return before + after in _QUOTES


def is_escaped(text: str, place: int) -> bool:
    """Whether the character at ``place`` is escaped by backslashes before it."""
    start = place
    while start > 0 and text[start - 1] == "\\":
        start -= 1
    return (place - start) % 2 == 1


def unescaped(text: str) -> str:
    """``text`` without the backslashes that escape; an escaped space vanishes with its backslash."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "" if found[1] in {" ", "\n"} else found[1], text)


def reference_name(text: str) -> str | None:
    """The name in ```name`_`` or ``name_``."""
    if not text.endswith("_"):
        return None
    name = text[:-1]
    if name.startswith("`"):
        quoted = name[1:-1]
        return unescaped(quoted) if len(name) > 1 and name.endswith("`") and quoted and "`" not in quoted else None
    return name if name and simple_name(name) == len(name) else None


def titled(text: str) -> tuple[str, str] | None:
    """Title and target of ``Title <target>``."""
    opened = text.rfind("<", 0, len(text) - 1)
    if not text.endswith(">") or opened < 0:
        return None
    title = text[:opened].rstrip(_TITLE_END)
    return (title, text[opened + 1 : -1]) if title and not is_escaped(text, opened) else None


def is_code_role(role: str) -> bool:
    """Whether the content of ``role`` is code: the name of a thing in a program, a command or a file."""
    name = role.removeprefix("py:") if role.startswith("py:") else role.removeprefix("c:")
    return name in _CODE_ROLES


def shown_target(target: str) -> str:
    """What Sphinx shows for the target of a role: ``~a.b`` is ``b``, and ``!`` only turns the link off."""
    return target[1:].rpartition(".")[2] if target.startswith("~") else target.removeprefix("!")
