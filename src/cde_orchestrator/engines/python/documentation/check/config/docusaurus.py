"""``docusaurus.config.js`` and ``.ts``: the literals of its options, found among the tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .script import Token, closing, tokens, values_of
from .told import Folder, Instance, Lists, Sidebars, Told, path_of_url

__all__ = ["told"]

_PLUGIN = "plugin-content-docs"
# How many sets of documents are looked at.
_MOST_INSTANCES = 64
_KEYS = ("path", "sidebarPath", "routeBasePath", "editUrl")
_CALLED = frozenset(("require", "resolve"))


def told(text: str, sidebars: Callable[[str], Lists | None]) -> Told:
    """What ``text`` tells. ``sidebars`` reads a file beside it: ``None`` where its lists cannot be told.

    Raises :class:`~.told.Problem`.
    """
    found = tokens(text)
    content: list[Folder] = []
    instances: list[Instance] = []
    looked_at = 0
    usual = False
    for index, token in enumerate(found):
        is_key = token.kind in {"name", "text"} and token.text == "docs" and _sign_at(found, index + 1, ":")
        is_plugin = token.kind == "text" and token.text.endswith(_PLUGIN)
        opened = index + 2
        if not (is_key or is_plugin) or not _sign_at(found, opened, "{"):
            continue
        looked_at += 1
        if looked_at > _MOST_INSTANCES:
            break
        values = values_of(found, opened, _KEYS)
        # An object named so may be anything else, such as part of the theme.
        if is_key and not values:
            continue
        path = _literal_at(found, values["path"]) if "path" in values else "docs"
        if path is None:
            continue
        usual = usual or is_key
        content.append(Folder("path", path))
        other = _literal_at(found, values["sidebarPath"]) if "sidebarPath" in values else None
        instances.append(Instance(path, None if other is None else sidebars(other)))
    # The set that a preset has without being told, beside those of plugins.
    if content and not usual:
        content.append(Folder("path", "docs"))
    result = Told(content=content, slugs=("docusaurus", False), navigation=Sidebars(instances))
    value = _first_value(found, "baseUrl")
    if value is not None and found[value].kind == "text":
        result.base_url = path_of_url(found[value].text)
    value = _first_value(found, "staticDirectories")
    if value is not None and found[value].is_sign("["):
        listed = found[value : closing(found, value)]
        result.served = [Folder("staticDirectories", token.text) for token in listed if token.kind == "text"]
    return result


def _sign_at(found: Sequence[Token], index: int, sign: str) -> bool:
    return index < len(found) and found[index].is_sign(sign)


def _first_value(found: Sequence[Token], name: str) -> int | None:
    """Where the first value of a key ``name`` stands, at whatever depth."""
    for index, token in enumerate(found):
        if token.kind == "name" and token.text == name and _sign_at(found, index + 1, ":"):
            return index + 2 if index + 2 < len(found) else None
    return None


def _literal_at(found: Sequence[Token], index: int) -> str | None:
    """The text at ``index``, also as the argument of a call: ``require.resolve('./sidebars.js')``."""
    while index < len(found):
        token = found[index]
        called = token.kind == "name" and token.text in _CALLED
        if not called and not token.is_sign(".") and not token.is_sign("("):
            return token.text if token.kind == "text" else None
        index += 1
    return None
