"""``python -m cde_orchestrator`` is ``cde``."""

from __future__ import annotations

import sys

from .adapters.cli import main

if __name__ == "__main__":
    sys.exit(main())
