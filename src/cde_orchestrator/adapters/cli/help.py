"""Help that reads well: options in sections, examples at the end, and the nearest name for one that does not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from ..config.nearest import nearest

__all__ = ["CdeCommand", "LazyGroup"]

_GENERAL = "General options"


def _format_sections(
    parameters: Sequence[click.Parameter], context: click.Context, formatter: click.HelpFormatter
) -> None:
    sections: dict[str, list[tuple[str, str]]] = {}
    for parameter in parameters:
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            sections.setdefault(getattr(parameter, "section", _GENERAL), []).append(record)
    general = sections.pop(_GENERAL, [])
    for section, records in (*sections.items(), (_GENERAL, general)):
        if records:
            with formatter.section(section):
                formatter.write_dl(records, col_max=28)


class CdeCommand(click.Command):
    """A command with sections of options and examples."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options by section."""
        _format_sections(self.get_params(ctx), ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, each with what it is for."""
        if self.examples:
            with formatter.section("Examples"):
                for words, purpose in self.examples:
                    formatter.write_text(f"# {purpose}")
                    formatter.write_text(words)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called. ``lazy`` maps a name to module and summary."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.lazy:
            return None
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command = getattr(import_module(module, __package__), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{attribute} is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, or a usage error with the nearest name."""
        if args and args[0] not in self.lazy and not args[0].startswith("-"):
            error = click.UsageError(f"no such command: {ctx.command_path} {args[0]}", ctx)
            near = nearest(args[0], self.lazy, least=0.5)
            if near is not None:
                error.advice = f"did you mean `{ctx.command_path} {near}`?"  # type: ignore[attr-defined]
            raise error
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands first, then options by section."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self.lazy.items()])
        _format_sections(self.get_params(ctx), ctx, formatter)
