"""The command line ``cde``.

``main`` answers ``cde --version`` before anything else is imported; each command's module is imported when the command
is called. Data go to standard output, everything else to standard error.

>>> from cde_orchestrator.adapters.cli import main
>>> main(["--version"])
cde 0.1.0
0
"""

from __future__ import annotations

import sys

__all__ = ["main"]

_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Runs ``cde`` with ``arguments`` (those of the process by default) and gives the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words in (["--version"], ["-V"]):
        from ...version import __version__  # noqa: PLC0415 - all that this answer needs

        try:
            sys.stdout.write(f"cde {__version__}\n")
            sys.stdout.flush()
        except (AttributeError, OSError):
            pass  # a closed or broken output: the long way below knows what to say
        else:
            return 0
    # Pressed once more, Ctrl-C may fall into what follows the first press; hence the second layer.
    try:
        try:
            from .run import run  # noqa: PLC0415 - imports click

            code = run(words)
        except KeyboardInterrupt:
            code = _INTERRUPTED
        if code == _INTERRUPTED and arguments is None:
            _end_undisturbed()
    except KeyboardInterrupt:
        code = _INTERRUPTED
        _end_undisturbed()
    return code


def _end_undisturbed() -> None:
    """Lets the process end in peace: who presses Ctrl-C twice must not see the interpreter's shutdown fall apart."""
    ignored = False
    while not ignored:
        try:
            import signal  # noqa: PLC0415 - needed after an interruption only

            signal.signal(signal.SIGINT, signal.SIG_IGN)
            ignored = True
        except KeyboardInterrupt:
            continue
        except ValueError:
            return  # not the main thread, which is the only one that is interrupted
