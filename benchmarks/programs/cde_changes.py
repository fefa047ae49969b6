"""``cde.changes_since`` on a tree that did not change: ``cde_changes.py rust|python DIRECTORY``."""

import sys
import time

from timed import measure, root

import cde_orchestrator as cde

ENGINE = sys.argv[1]
TAKEN = time.time_ns()
BEFORE = cde.take_snapshot(root(), engine=ENGINE)

measure(
    lambda: cde.changes_since(root(), BEFORE, taken_ns=TAKEN, engine=ENGINE),
    lambda answer: answer.summary.unchanged,
)
