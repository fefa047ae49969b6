"""The one version of both distributions, and the number of the bridge between them."""

from __future__ import annotations

__all__ = ["BRIDGE_VERSION", "__version__"]

__version__ = "0.1.0"

BRIDGE_VERSION = 5
"""Raised whenever the functions or records that cross the bridge change; the core must carry the same number."""
