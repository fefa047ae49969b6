"""``hugo.toml``, ``hugo.yaml``, ``hugo.json``, and the older names."""

from __future__ import annotations

import re

from ......domain.documents import Json
from .told import Folder, Told, path_of_url

__all__ = ["told"]


def told(value: Json) -> Told:
    """What ``value`` tells. Hugo takes no notice of the case of a key; modules may mount other folders."""
    content = _folders(value, "contentDir")
    languages = _get(value, "languages")
    if isinstance(languages, dict):
        for language in languages.values():
            content += _folders(language, "contentDir")
    base_url = _get(value, "baseURL")
    return Told(
        content=content,
        served=_folders(value, "staticDir"),
        base_url=path_of_url(base_url if isinstance(base_url, str) else None),
        slugs=("hugo", False),
    )


def _get(value: Json, wanted: str) -> Json:
    """The last value whose key is ``wanted`` in any case."""
    if not isinstance(value, dict):
        return None
    key = re.compile(re.escape(wanted), re.IGNORECASE | re.ASCII)
    return next((found for name, found in reversed(value.items()) if key.fullmatch(name)), None)


def _folders(value: Json, key: str) -> list[Folder]:
    named = _get(value, key)
    listed = named if isinstance(named, list) else [named]
    return [Folder(key, path) for path in listed if isinstance(path, str) and path]
