"""Options made from the table of settings, so that help, checks and defaults cannot drift apart.

An option stores what was given under its setting's key. Options stand on every level (``cde --engine python files
list``); the innermost one wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import click

from ...domain.configuration import SettingValue
from ...errors import InternalError
from ..config.schema import SETTINGS, Setting
from ..config.values import value_from_text

__all__ = ["CONFIG_FILE", "GENERAL", "ActionOption", "SettingOption", "general_options", "given_in", "options_for"]

GENERAL = ("format", "engine", "threads", "quiet", "verbose", "color")
FORMATS = ("text", "json", "jsonl")
_GIVEN = "cde.given"
CONFIG_FILE = "cde.config"


def given_in(context: click.Context) -> dict[str, tuple[SettingValue, str]]:
    """What the options said: key to value and option name; one dictionary for the whole command line."""
    given: dict[str, tuple[SettingValue, str]] = context.meta.setdefault(_GIVEN, {})
    return given


class SettingType(click.ParamType[SettingValue]):
    """Reads an option's argument by the rules of its setting."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.name = setting.kind

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The choices, where the setting has them."""
        choices = self.setting.choices
        return f"[{'|'.join(choices)}]" if choices and self.setting.kind == "choice" else None

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> SettingValue:
        """The value, or a usage error that says what is accepted."""
        if not isinstance(value, str):
            converted: SettingValue = value
            return converted
        try:
            return value_from_text(self.setting, value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx=ctx, param=param) from None


class SettingOption(click.Option):
    """An option that stands for a setting. ``section`` groups it in the help."""

    def __init__(self, setting: Setting, declarations: list[str], section: str, **attributes: Any) -> None:
        super().__init__(declarations, expose_value=False, callback=_store, **attributes)
        self.setting = setting
        self.section = section


class ActionOption(click.Option):
    """An option that asks for an action in this one call, so that no configuration can ask for it unseen."""

    def __init__(self, name: str, section: str, text: str, metavar: str | None = None) -> None:
        super().__init__([name], is_flag=metavar is None, metavar=metavar, help=text)
        self.section = section


def _store(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is None or value == () or not isinstance(parameter, SettingOption):
        return
    if parameter.setting.is_list:
        value = tuple(item for part in value for item in part)
    given_in(context)[parameter.setting.key] = (value, parameter.opts[-1])


def options_for(keys: Iterable[str], section: str) -> list[click.Parameter]:
    """The options of the settings ``keys``."""
    return [option for key in keys for option in _options(SETTINGS[key], section)]


def general_options(formats: tuple[str, ...] = FORMATS) -> list[click.Parameter]:
    """The options that every command has."""
    options: list[click.Parameter] = []
    for key in GENERAL:
        setting = SETTINGS[key]
        options += _options(replace(setting, choices=formats) if key == "format" else setting, "General options")
    options.append(
        click.Option(
            ["--config"],
            metavar="FILE",
            expose_value=False,
            callback=_store_config,
            help="Read this configuration file instead of looking for one.",
        )
    )
    return options


def _store_config(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[CONFIG_FILE] = value


def _options(setting: Setting, section: str) -> list[click.Parameter]:
    declarations = [setting.option] if setting.short is None else [setting.short, setting.option]
    if setting.kind == "flag":
        main = SettingOption(setting, declarations, section, default=None, help=_help(setting))
    else:
        main = SettingOption(
            setting,
            declarations,
            section,
            default=None,
            type=SettingType(setting),
            multiple=setting.is_list,
            metavar=setting.metavar if setting.kind == "table" or not setting.choices else None,
            help=_help(setting),
        )
    aliases = [
        SettingOption(setting, [flag], section, is_flag=True, flag_value=value, default=None, help=text, type=str)
        for flag, value, text in setting.aliases
    ]
    return [main, *aliases]


def _help(setting: Setting) -> str:
    default = setting.default
    if setting.kind == "flag" or default is None or default == ():
        return setting.doc
    if not isinstance(default, (str, int, tuple)):
        raise InternalError(f"the default of {setting.key} cannot be shown")
    shown = ",".join(default) if isinstance(default, tuple) else str(default)
    return f"{setting.doc}  [default: {shown}]"
