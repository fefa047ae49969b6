"""``cde.list_files`` in process: ``cde_list.py all|ignore|stat rust|python DIRECTORY``."""

import sys

from timed import measure, root

import cde_orchestrator as cde

OPTIONS = {
    "all": {"ignore": False, "hidden": True, "details": False},
    "ignore": {"details": False},
    "stat": {"ignore": False, "hidden": True},
}[sys.argv[1]]
ENGINE = sys.argv[2]
cde.engine_info(ENGINE)  # Loads the engine; the clock starts with the call.
cde.list_files  # noqa: B018 - loads the function as well

measure(lambda: cde.list_files(root(), engine=ENGINE, **OPTIONS), lambda answer: len(answer.items))
