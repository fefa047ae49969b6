"""What the configuration of a site tells: read as data, never run.

A file that is too large, one that is no UTF-8 and one that its format does not allow are problems, which the check
reports; the site is then judged by the name of its configuration alone.
"""

from __future__ import annotations

from .read import read
from .sidebars import without_number
from .told import Files, Folder, Problem, Sidebars, Summary, Told

__all__ = ["Files", "Folder", "Problem", "Sidebars", "Summary", "Told", "read", "without_number"]
