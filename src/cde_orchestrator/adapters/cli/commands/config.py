"""``cde config``: which settings are in effect, and why."""

from __future__ import annotations

import click

from ....domain.configuration import ConfigurationSummary
from ....domain.envelope import Completeness, EngineInfo, Result
from ....version import __version__
from ...report.doctor import configuration_text
from ..command import Call, command

__all__ = ["CONFIG_SCHEMA", "show"]

CONFIG_SCHEMA = "cde.config.show/1"


@command(
    "show",
    arguments=[click.Argument(["path"], default=".")],
    examples=[("cde config show", "what applies here"), ("cde config show --config ci.toml", "what a file would do")],
)
def show(call: Call, path: str) -> int:
    """Show every setting that applies to work on PATH, its value and where the value comes from."""
    settings = call.settings
    items = tuple(settings)
    answer = Result(
        schema=CONFIG_SCHEMA,
        engine=EngineInfo("none", __version__, "no engine was needed"),
        root=path,
        snapshot=None,
        completeness=Completeness("complete", 0 if settings.file is None else 1),
        summary=ConfigurationSummary(settings.file, sum(item.source != "default" for item in items)),
        items=items,
    )
    call.write(answer, lambda style: configuration_text(style, answer))
    return 0
