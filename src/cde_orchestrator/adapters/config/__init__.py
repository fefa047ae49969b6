"""The configuration: which settings exist, where their values come from, and which are in effect.

A value comes from an option, else an environment variable, else the configuration file, else the default.

>>> from cde_orchestrator.adapters.config import SETTINGS
>>> SETTINGS["files.hidden"].default
False
"""

from __future__ import annotations

from .effective import Settings, resolve_settings
from .schema import SETTINGS, Setting

__all__ = ["SETTINGS", "Setting", "Settings", "resolve_settings"]
