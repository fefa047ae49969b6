"""Source code in process: ``cde_code.py symbols|metrics rust|python DIRECTORY``.

The measures include the definitions.
"""

import sys

from timed import measure, root

import cde_orchestrator as cde

VERB, ENGINE = sys.argv[1:3]
cde.engine_info(ENGINE)
ASK = cde.code_symbols if VERB == "symbols" else cde.code_metrics

measure(lambda: ASK(root(), types=["python"], engine=ENGINE), lambda answer: answer.completeness.scanned)
