"""Writing: data to standard output as bytes, everything else to standard error.

Whatever the encoding of the streams, nothing that is written can fail on a character; whatever a repository holds,
nothing that is written can steer the terminal.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterable
from typing import IO, TextIO

from ...domain.encoding import to_json
from ...errors import CdeError, IoError
from ..config.effective import Settings
from ..report.style import Style, safe_path, safe_text

__all__ = ["flush", "lines_out", "note", "silence_stdout", "style_for", "write_bytes", "write_error"]

_CHUNK = 1 << 20


def write_bytes(*parts: bytes) -> None:
    """``parts`` to standard output, one after the other. A closed pipe is silence; any other failure an ``IoError``."""
    stream: IO[bytes] | None = getattr(sys.stdout, "buffer", None)
    try:
        if stream is None:
            if sys.stdout is not None:
                sys.stdout.write(b"".join(parts).decode("utf-8", "backslashreplace"))
            return
        sys.stdout.flush()
        for part in parts:
            for start in range(0, len(part), _CHUNK):
                stream.write(part[start : start + _CHUNK])
        stream.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        reason = os.strerror(error.errno or errno.EIO).lower()
        raise IoError(f"standard output cannot be written ({reason})", hint="check the space on the device") from None


def flush() -> None:
    """Writes out what a library left in the buffer of standard output."""
    if sys.stdout is not None:
        write_bytes()


def lines_out(lines: Iterable[str]) -> None:
    """``lines`` to standard output in its own encoding; what that cannot hold is escaped."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write_bytes("".join(f"{line}\n" for line in lines).encode(encoding, "backslashreplace"))


def note(text: str) -> None:
    """``text`` to standard error; there is nobody to tell if that fails."""
    stream: TextIO | None = sys.stderr
    if stream is None:
        return
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except (OSError, ValueError):
        return


def write_error(error: CdeError, *, structured: bool, color: str | None = None) -> None:
    """``error: MESSAGE: PATH`` and ``hint: HINT``, or one JSON object, to standard error."""
    if structured:
        path = None if error.path is None else safe_path(error.path)
        described = {"code": error.code, "message": error.message, "path": path, "hint": error.hint}
        note(to_json({"error": described}).decode("utf-8", "backslashreplace"))
        return
    style = _style(sys.stderr, color or "auto", decided=color is not None)
    place = "" if error.path is None else f": {safe_path(error.path)}"
    note(f"{style.severity('error')('error')}: {safe_text(error.message)}{place}")
    if error.hint:
        note(f"{style.bold('hint')}: {safe_text(error.hint)}")


def silence_stdout() -> None:
    """Points standard output to nowhere, so that the interpreter's last flush does not complain."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
    except OSError:
        return


def style_for(settings: Settings, stream: TextIO | None = None) -> Style:
    """What ``stream`` (standard output by default) can show: option, then environment, then file, then the terminal."""
    setting = settings["color"]
    return _style(stream or sys.stdout, settings.text("color"), decided=setting.source.startswith("--"))


def _style(stream: TextIO | None, wanted: str, *, decided: bool) -> Style:
    terminal = _is_terminal(stream)
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    if not decided:
        if os.environ.get("NO_COLOR"):
            wanted = "never"
        elif os.environ.get("FORCE_COLOR"):
            wanted = "always"
    color = wanted == "always" or (wanted == "auto" and terminal and os.environ.get("TERM") != "dumb")
    width = shutil.get_terminal_size().columns if terminal else 0
    return Style(color=color, width=width, unicode=encoding.startswith("utf"))


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False
