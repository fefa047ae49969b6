"""What has to be known of a program that builds a site."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Builder"]


@dataclass(frozen=True, slots=True)
class Builder:
    """One entry of ``data/sites.toml``, which explains the fields."""

    name: str
    files: tuple[str, ...]
    beside: tuple[str, ...]
    hidden: tuple[str, ...]
    content: tuple[str, ...]
    served: tuple[str, ...]
    around: bool
    assets_from_source: bool
    tolerant: bool
