"""What every command shares: its options, its help, and the way from its arguments to an answer on a stream."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ...domain.encoding import to_json
from ...domain.envelope import Result
from ...domain.options import CheckOptions, MetricsOptions, ScanOptions, SymbolOptions, TreeOptions
from ..config.effective import Settings, resolve_settings
from ..config.values import pair_of
from ..report.notes import completeness_text, diagnostics_text, footer_text
from ..report.style import Style
from .help import CdeCommand
from .options import CONFIG_FILE, FORMATS, general_options, given_in, options_for
from .output import lines_out, note, style_for, write_bytes

if TYPE_CHECKING:
    from ...domain.envelope import Answer, EngineInfo
    from ...ports.documentation import Scan
    from .progress import ProgressLine

__all__ = ["CHECK_KEYS", "SCAN_KEYS", "SYMBOL_KEYS", "TREE_KEYS", "Call", "command"]

TREE_KEYS = ("files.hidden", "files.ignore", "files.vendored", "files.follow", "files.max_depth")
SCAN_KEYS = ("docs.slug_flavour", "docs.required_metadata", "docs.max_document_bytes", "docs.max_nesting")
SYMBOL_KEYS = ("code.kinds", "code.exported", "code.types")
CHECK_KEYS = (
    "docs.select",
    "docs.ignore",
    "docs.per_path_ignore",
    "docs.severity",
    "docs.site_root",
    "docs.review_keys",
    "docs.today",
    "docs.schemas",
    "docs.site",
)


class Call:
    """One call of a command: the settings in effect, and the ways to write."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.format = settings.text("format")
        self.quiet = settings.flag("quiet")
        self.verbose = settings.flag("verbose")
        self.style = style_for(settings)
        self.started = time.perf_counter()

    @property
    def engine(self) -> str | None:
        """What to hand to a use case."""
        return self.settings.engine()

    def tree(self) -> TreeOptions:
        """The options of the walk."""
        settings = self.settings
        return TreeOptions(
            hidden=settings.flag("files.hidden"),
            ignore=settings.flag("files.ignore"),
            vendored=settings.flag("files.vendored"),
            follow=settings.flag("files.follow"),
            max_depth=settings.optional_number("files.max_depth"),
        )

    def scan(self) -> ScanOptions:
        """The options of the scan; the detail is the command's to choose."""
        settings = self.settings
        return ScanOptions(
            slug_flavour=settings.text("docs.slug_flavour"),  # type: ignore[arg-type] # one of the choices
            required_metadata=settings.texts("docs.required_metadata"),
            max_document_bytes=settings.number("docs.max_document_bytes"),
            max_nesting=settings.number("docs.max_nesting"),
        )

    def rules(self) -> CheckOptions:
        """What is checked."""
        settings = self.settings
        # The keys that a summary looks for by default are no demand; those that somebody wrote down are.
        is_demanded = settings["docs.required_metadata"].source != "default"
        return CheckOptions(
            select=settings.texts("docs.select"),
            ignore=settings.texts("docs.ignore"),
            site_root=settings.optional_text("docs.site_root"),
            per_path=tuple((glob, tuple(names.split(","))) for glob, names in settings.table("docs.per_path_ignore")),
            severity=settings.table("docs.severity"),
            required_metadata=settings.texts("docs.required_metadata") if is_demanded else (),
            review_keys=settings.texts("docs.review_keys"),
            today=settings.optional_text("docs.today"),
            schemas=tuple(pair_of(text) for text in settings.texts("docs.schemas")),
            site=settings.optional_text("docs.site"),
            scanned_slugs=settings["docs.slug_flavour"].source != "default",
        )

    def symbols(self) -> SymbolOptions:
        """Which definitions are answered."""
        settings = self.settings
        return SymbolOptions(
            kinds=settings.texts("code.kinds"),
            exported=settings.flag("code.exported"),
            types=settings.texts("code.types"),
            max_code_bytes=settings.number("code.max_code_bytes"),
        )

    def metrics(self) -> MetricsOptions:
        """Which source files are measured."""
        settings = self.settings
        return MetricsOptions(settings.texts("code.types"), settings.number("code.max_code_bytes"))

    def baseline_file(self) -> str | None:
        """The file of the baseline. A configuration names it from its own folder, an option from the current one."""
        name, file = self.settings.optional_text("docs.baseline"), self.settings.file
        if not name or self.settings["docs.baseline"].source.startswith("-") or file is None:
            return name or None
        return os.path.join(os.path.dirname(file), name)

    def progress(self) -> ProgressLine:
        """A progress line on standard error, silent unless that is a terminal."""
        from .progress import ProgressLine  # noqa: PLC0415 - not every command takes long

        return ProgressLine(enabled=not self.quiet and _is_terminal())

    def write(self, answer: Answer[Any] | Scan, text: Callable[[Style], Iterable[str]]) -> None:
        """The answer in the form that was asked for; ``text`` makes the lines for people."""
        if self.format == "json":
            write_bytes(answer.to_json(), b"\n")
        elif self.format == "jsonl":
            write_bytes(b"".join(to_json(item) + b"\n" for item in answer.items))
            self._note_envelope(answer)
        else:
            lines_out(text(self.style))

    def note_gaps(self, answer: Answer[Any] | Scan) -> None:
        """What was not looked at, to standard error; for text whose lines are data and not a report."""
        if self.format != "text" or self.quiet:
            return
        style = style_for(self.settings, sys.stderr)
        for line in diagnostics_text(style, answer.diagnostics, verbose=self.verbose):
            note(line)
        if self.verbose or answer.completeness.state != "complete":
            for line in completeness_text(style, answer.completeness, verbose=self.verbose):
                note(line)

    def note_footer(self, done: str, engine: EngineInfo | None = None) -> None:
        """What was done in which time and on which engine, to standard error."""
        if self.format == "text" and not self.quiet:
            style = style_for(self.settings, sys.stderr)
            note(footer_text(style, done, time.perf_counter() - self.started, engine))

    def _note_envelope(self, answer: Answer[Any] | Scan) -> None:
        """The envelope without its items: a line of JSON beside the lines of items, so that no receipt is lost."""
        if self.quiet:
            return
        envelope: Result[Any] = Result(
            schema=answer.schema,
            engine=answer.engine,
            root=answer.root,
            snapshot=answer.snapshot,
            completeness=answer.completeness,
            summary=answer.summary,
            items=(),
            diagnostics=answer.diagnostics,
        )
        note(envelope.to_json().replace(b'"items":[],', b"", 1).decode("utf-8", "backslashreplace"))


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


Body = Callable[..., int]


def command(
    name: str,
    *,
    arguments: Sequence[click.Parameter] = (),
    options: Sequence[tuple[str, Sequence[str]]] = (),
    formats: tuple[str, ...] = FORMATS,
    lenient: bool = False,
    examples: Sequence[tuple[str, str]],
) -> Callable[[Body], click.Command]:
    """Makes a command of a function that takes a :class:`Call` and the arguments, and gives the exit code.

    ``arguments`` are handed to the function by name; ``options`` are sections of the help and the keys of their
    settings; the docstring is the help. A ``lenient`` command runs in spite of a
    configuration that cannot be used, and finds what is wrong with it in the settings.
    """

    def make(body: Body) -> click.Command:
        parameters: list[click.Parameter] = list(arguments)
        for section, keys in options:
            parameters += options_for(keys, section)
        parameters += general_options(formats)

        def callback(**values: Any) -> int:
            return _invoke(body, formats, values, lenient=lenient)

        return CdeCommand(name, params=parameters, callback=callback, help=body.__doc__, examples=examples)

    return make


def _invoke(body: Body, formats: tuple[str, ...], values: dict[str, Any], *, lenient: bool) -> int:
    context = click.get_current_context()
    start = values.get("path") or os.path.dirname(values.get("file") or "") or "."
    settings = resolve_settings(given_in(context), start, context.meta.get(CONFIG_FILE), lenient=lenient)
    if settings.text("format") not in formats:
        raise click.UsageError(
            f"--format must be {', '.join(formats[:-1])} or {formats[-1]} here, not {settings.text('format')!r}",
            context,
        )
    threads = settings["threads"]
    if threads.source not in ("default", "CDE_THREADS"):
        # The core reads the variable when it starts its threads, which is later than this.
        os.environ["CDE_THREADS"] = str(threads.value)
    return body(Call(settings), **values)
