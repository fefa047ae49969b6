"""Folders that hold other people's code or build output, known without reading files. The twin of
``cde_filesystem::vendored``.

Only what is hardly ever anything else: ``build``, ``dist`` and ``out`` are as often somebody's own folder, so they are
left to ``.gitignore`` and to ``linguist-generated``.
"""

from __future__ import annotations

from collections.abc import Container
from enum import IntFlag

__all__ = ["Tags", "inner_tags", "outer_tags"]


class Tags(IntFlag):
    """Marks that tell analysis to pass a file over unless asked."""

    NONE = 0
    VENDORED = 1
    GENERATED = 2
    MINIFIED = 4

    def names(self) -> tuple[str, ...]:
        """The names in records, sorted."""
        named = ((Tags.GENERATED, "generated"), (Tags.MINIFIED, "minified"), (Tags.VENDORED, "vendored"))
        return tuple(name for tag, name in named if tag in self)


# Packages fetched by npm, Bower, jspm, CocoaPods, Carthage and Go, and copies kept in the tree by convention.
_VENDORED = frozenset(
    (
        b"node_modules",
        b"bower_components",
        b"jspm_packages",
        b"web_modules",
        b"Pods",
        b"Carthage",
        b"Godeps",
        b"site-packages",
        b"vendor",
        b"vendored",
        b"_vendor",
        b"third_party",
        b"third-party",
        b"thirdparty",
        b"3rdparty",
    )
)
_GENERATED = frozenset((b"__pycache__", b"__generated__"))


def outer_tags(name: bytes, siblings: Container[bytes]) -> Tags:
    """What a folder's name and its neighbours tell: ``target`` beside ``Cargo.toml`` is build output."""
    if name in _VENDORED:
        return Tags.VENDORED
    if name in _GENERATED or (name == b"target" and b"Cargo.toml" in siblings):
        return Tags.GENERATED
    return Tags.NONE


def inner_tags(name: bytes, entries: Container[bytes]) -> Tags:
    """What a folder's entries tell: ``pyvenv.cfg`` makes a virtual environment, ``CACHEDIR.TAG`` a ``target``."""
    if b"pyvenv.cfg" in entries:
        return Tags.VENDORED
    if name == b"target" and b"CACHEDIR.TAG" in entries:
        return Tags.GENERATED
    return Tags.NONE
