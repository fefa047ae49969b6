"""Documentation in process: ``cde_docs.py scan|check|rules rust|python DIRECTORY``.

``check`` is links and anchors, ``rules`` every rule that is on by default.
"""

import sys

from timed import measure, root

import cde_orchestrator as cde

VERB, ENGINE = sys.argv[1:3]
cde.engine_info(ENGINE)
cde.check_documentation  # noqa: B018 - loads the functions; the clock starts with the call

if VERB == "scan":
    measure(lambda: cde.scan_documentation(root(), engine=ENGINE), lambda answer: len(answer.items))
else:
    measure(
        lambda: cde.check_documentation(root(), select=["links"] if VERB == "check" else [], engine=ENGINE),
        lambda answer: answer.completeness.scanned,
    )
