"""From Ctrl-C to the exception, in process: ``interrupt.py rust|python DIRECTORY``.

Another thread sends the signal in the middle of a scan in full; the clock starts with the signal and ends with the
``KeyboardInterrupt``. The answer is the number of interrupts that were heard, which is one.
"""

import json
import os
import signal
import sys
import threading
import time

import cde_orchestrator as cde

ENGINE, ROOT = sys.argv[1:3]
MIDDLE_SECONDS = 0.05
# A shell that starts a job in the background has it ignore Ctrl-C, and the job's children as well.
signal.signal(signal.SIGINT, signal.default_int_handler)
cde.engine_info(ENGINE)
cde.scan_documentation  # noqa: B018 - loads the function
sent = 0.0


def interrupt() -> None:
    """Presses Ctrl-C once."""
    global sent  # noqa: PLW0603 - read by the thread that is interrupted
    time.sleep(MIDDLE_SECONDS)
    sent = time.perf_counter()
    os.kill(os.getpid(), signal.SIGINT)


threading.Thread(target=interrupt).start()
cpu = time.process_time()
try:
    cde.scan_documentation(ROOT, engine=ENGINE)
except KeyboardInterrupt:
    heard = time.perf_counter()
    costs = {"wall_seconds": heard - sent, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps({**costs, "answer": 1}))
else:
    sys.exit("the scan ended before it was interrupted")
