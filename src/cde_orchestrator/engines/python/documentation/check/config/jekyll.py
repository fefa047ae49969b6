"""``_config.yml``."""

from __future__ import annotations

from ......domain.documents import Json
from .told import Folder, Told, path_of_url, text_at

__all__ = ["told"]


def told(value: Json) -> Told:
    """What ``value`` tells."""
    return Told(
        content=_folders(value, "source"),
        served=_folders(value, "collections_dir"),
        base_url=path_of_url(text_at(value, "baseurl")),
    )


def _folders(value: Json, key: str) -> list[Folder]:
    path = text_at(value, key)
    return [] if path is None else [Folder(key, path)]
