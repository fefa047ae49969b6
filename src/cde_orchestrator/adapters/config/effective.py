"""Which value of each setting is in effect, and why."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from ...domain.configuration import EffectiveSetting, SettingValue
from ...errors import CdeError, InternalError, InvalidArgumentError
from .load import ConfigFile, find_config, read_config
from .schema import SETTINGS, Setting
from .values import table_of, value_from_text

__all__ = ["Settings", "resolve_settings"]


class Settings:
    """Every setting's value in effect and its source. The readers check the type, so a typo in a key shows at once."""

    def __init__(
        self, effective: Mapping[str, EffectiveSetting], file: str | None, problems: tuple[CdeError, ...] = ()
    ) -> None:
        self._effective = effective
        self.file = file
        self.problems = problems

    def __iter__(self) -> Iterator[EffectiveSetting]:
        return iter(self._effective.values())

    def __getitem__(self, key: str) -> EffectiveSetting:
        return self._effective[key]

    def flag(self, key: str) -> bool:
        """A flag."""
        value = self._effective[key].value
        if not isinstance(value, bool):
            raise InternalError(f"{key} is not a flag")
        return value

    def number(self, key: str) -> int:
        """A number, size or duration that has a default."""
        value = self.optional_number(key)
        if value is None:
            raise InternalError(f"{key} has no value")
        return value

    def optional_number(self, key: str) -> int | None:
        """A number, size or duration."""
        value = self._effective[key].value
        if isinstance(value, bool) or not isinstance(value, (int, type(None))):
            raise InternalError(f"{key} is not a number")
        return value

    def text(self, key: str) -> str:
        """A text or choice that has a default."""
        value = self._effective[key].value
        if not isinstance(value, str):
            raise InternalError(f"{key} is not a text")
        return value

    def optional_text(self, key: str) -> str | None:
        """A text."""
        return None if self._effective[key].value is None else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list."""
        value = self._effective[key].value
        if not isinstance(value, tuple):
            raise InternalError(f"{key} is not a list")
        return value

    def table(self, key: str) -> tuple[tuple[str, str], ...]:
        """A table, as pairs in the order in which they were given."""
        return table_of(SETTINGS[key], self.texts(key))

    def engine(self) -> str | None:
        """What to hand to the engine selection, which reads the environment and knows the default by itself."""
        setting = self._effective["engine"]
        return None if setting.source in ("default", "CDE_ENGINE") else self.text("engine")


def resolve_settings(
    given: Mapping[str, tuple[SettingValue, str]], start: str, config: str | None = None, *, lenient: bool = False
) -> Settings:
    """The settings in effect for work on ``start``.

    ``given`` holds what the options say, with the option's name; ``config`` is the file of ``--config``, without which
    the file is looked for. Raises ``InvalidConfigError``, ``InvalidArgumentError`` and ``PathNotFoundError``; if
    ``lenient``, such errors are kept in ``problems`` instead, and what they concern is passed over.
    """
    problems: list[CdeError] = []
    try:
        file = find_config(start) if config is None else read_config(config)
    except CdeError as error:
        if not lenient:
            raise
        file = None
        problems.append(error)
    effective = {}
    for key, setting in SETTINGS.items():
        try:
            value, source = _value(setting, given.get(key), file)
        except InvalidArgumentError as error:
            if not lenient:
                raise
            problems.append(error)
            value, source = setting.default, "default"
        effective[key] = EffectiveSetting(key, value, source)
    return Settings(effective, None if file is None else file.path, tuple(problems))


def _value(
    setting: Setting, given: tuple[SettingValue, str] | None, file: ConfigFile | None
) -> tuple[SettingValue, str]:
    if given is not None:
        return given
    variable = setting.environment
    if variable and (text := os.environ.get(variable)):
        try:
            return value_from_text(setting, text), variable
        except ValueError as error:
            raise InvalidArgumentError(f"{variable}: {error}", hint=f"unset {variable} or give it a value") from None
    if file is not None and setting.key in file.values:
        return file.values[setting.key], file.place(setting.key)
    return setting.default, "default"
