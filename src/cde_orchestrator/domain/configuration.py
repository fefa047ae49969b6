"""Records of the configuration in effect: every setting, its value and where the value came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from .fields import PATH

__all__ = ["ConfigurationSummary", "EffectiveSetting", "SettingValue"]

SettingValue = None | bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectiveSetting:
    """One setting. ``source`` is ``default``, an environment variable, an option, or ``FILE:LINE``."""

    key: str
    value: SettingValue
    source: str = field(metadata=PATH)


@dataclass(frozen=True, slots=True)
class ConfigurationSummary:
    """Which file was read (``None``: no file applies), and how many settings differ from their defaults."""

    file: str | None = field(metadata=PATH)
    changed: int
