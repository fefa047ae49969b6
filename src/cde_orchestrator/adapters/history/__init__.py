"""What version control knows of a tree, asked without running anything that the tree configures."""

from __future__ import annotations

from .changes import GitHistory

__all__ = ["GitHistory"]
