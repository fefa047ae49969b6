"""From the words of the command line to an exit code; every failure ends here in the words of the contract.

0 fine; 1 findings; 2 wrong usage or a call that cannot be answered; 3 internal error; 130 interrupted. A closed pipe is
no failure.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import click

from ...errors import CdeError, InternalError, InvalidArgumentError, IoError, OperationCancelledError
from ..config.nearest import nearest
from .app import app
from .output import flush, note, silence_stdout, write_error

__all__ = ["run"]

_OPTIONS_END = "--"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How errors and warnings are to be told; looked for before parsing, because parsing is what may fail."""

    structured: bool
    quiet: bool
    trace: bool
    color: str | None

    @classmethod
    def of(cls, words: Sequence[str]) -> Wishes:
        """What ``words`` wish for."""
        before = words[: words.index(_OPTIONS_END)] if _OPTIONS_END in words else words
        color = "never" if "--no-color" in before else _argument(before, "--color")
        return cls(
            structured=_argument(before, "--format") in ("json", "jsonl"),
            quiet="--quiet" in before or "-q" in before,
            trace="--verbose" in before or "-v" in before,
            color=color,
        )


def _argument(words: Sequence[str], option: str) -> str | None:
    """The last argument of ``option``, in either form."""
    found = None
    for word, following in pairwise([*words, ""]):
        if word == option:
            found = following
        elif word.startswith(option + "="):
            found = word.removeprefix(option + "=")
    return found


def run(words: Sequence[str]) -> int:
    """Runs one command."""
    wishes = Wishes.of(words)
    warnings.showwarning = _hide_warning if wishes.quiet else _show_warning
    try:
        code = app.main(args=list(words), prog_name="cde", standalone_mode=False)
        flush()
    except (KeyboardInterrupt, click.Abort, OperationCancelledError):
        return 130
    except BrokenPipeError:
        silence_stdout()
        return 0
    except click.exceptions.NoArgsIsHelpError as error:
        note(error.ctx.get_help() if error.ctx else error.format_message())
        return 2
    except click.ClickException as error:
        _write(_from_click(error), wishes)
        return 2
    except InternalError as error:
        return _internal(error, wishes)
    except CdeError as error:
        _write(error, wishes)
        return 2
    except OSError as error:
        # What an engine meets in the tree is an error of its own; this is about the process: no folder to work in, no
        # descriptors left.
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        path = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else None
        _write(IoError(f"the operating system refused ({reason})", path=path), wishes)
        return 2
    except Exception as error:
        described = InternalError(f"{type(error).__name__}: {error}", hint="this is a defect of CDE; please report it")
        described.__cause__ = error
        return _internal(described, wishes)
    return code if isinstance(code, int) else 0


def _write(error: CdeError, wishes: Wishes) -> None:
    write_error(error, structured=wishes.structured, color=wishes.color)


def _internal(error: InternalError, wishes: Wishes) -> int:
    _write(error, wishes)
    if wishes.trace:
        import traceback  # noqa: PLC0415 - needed for a defect only

        note("".join(traceback.format_exception(error)).rstrip())
    return 3


def _from_click(error: click.ClickException) -> CdeError:
    """Click's complaint as one of ours: no capital, no full stop, advice apart."""
    message, hint = error.format_message(), None
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.NoSuchOption):
        message = f"no such option: {error.option_name}"
        names = [name for parameter in _options(context) for name in (*parameter.opts, *parameter.secondary_opts)]
        near = nearest(error.option_name, names, least=0.6)
        hint = near and f"did you mean {near}?"
    elif isinstance(error, click.MissingParameter) and error.param is not None:
        message = f"{error.param.human_readable_name} is missing"
    elif isinstance(error, click.BadParameter):
        message = error.message
        if error.param is not None:
            message = f"{'/'.join(error.param.opts)}: {message}"
    if message[1:2].islower():
        message = message[:1].lower() + message[1:]
    message = message.rstrip(".")
    if hint is None:
        command = "cde" if context is None else context.command_path
        hint = getattr(error, "advice", None) or f"see `{command} --help`"
    return InvalidArgumentError(message, hint=hint)


def _options(context: click.Context | None) -> list[click.Parameter]:
    return [] if context is None else context.command.get_params(context)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    note(f"warning: {message}")


def _hide_warning(*_: object, **__: object) -> None:
    """What ``--quiet`` asks for."""
