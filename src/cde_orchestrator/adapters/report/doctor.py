"""The state of the installation, and the configuration in effect, as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...domain.configuration import ConfigurationSummary, EffectiveSetting, SettingValue
from ...domain.diagnosis import DoctorSummary, InstallationCheck
from ...domain.envelope import Answer
from .numbers import plural
from .style import Style, safe_path, safe_text
from .table import table

__all__ = ["configuration_text", "doctor_text"]


def doctor_text(style: Style, answer: Answer[InstallationCheck]) -> Iterator[str]:
    """One line a check, with advice below those that failed, and the verdict."""
    width = max((len(check.name) for check in answer.items), default=0)
    paint: dict[str, Callable[[str], str]] = {
        "ok": style.green,
        "warning": style.severity("warning"),
        "error": style.severity("error"),
    }
    for check in answer.items:
        status = paint[check.status](check.status.ljust(7))
        yield f"{status}  {check.name.ljust(width)}  {safe_path(check.value)}"
        if check.hint:
            yield f"{' ' * (width + 11)}{style.dim('hint:')} {safe_text(check.hint)}"
    summary = answer.summary
    if isinstance(summary, DoctorSummary):
        yield ""
        if summary.errors:
            yield style.severity("error")(plural(summary.errors, "problem"))
        else:
            note = f", {plural(summary.warnings, 'warning')}" if summary.warnings else ""
            yield style.green("everything works") + note


def configuration_text(style: Style, answer: Answer[EffectiveSetting]) -> Iterator[str]:
    """Every setting, its value as TOML and its source."""
    summary = answer.summary
    if isinstance(summary, ConfigurationSummary):
        yield f"file: {safe_path(summary.file)}" if summary.file is not None else "file: none"
        yield ""
    rows = [(setting.key, safe_text(toml_value(setting.value)), safe_path(setting.source)) for setting in answer.items]
    columns = [("Key", "<"), ("Value", "<"), ("Source", "<")]
    yield from table(style, columns, rows, flexible=1, paint={0: style.cyan, 2: lambda text: _source(style, text)})  # type: ignore[arg-type]


def _source(style: Style, text: str) -> str:
    return style.dim(text) if text == "default" else style.bold(text)


def toml_value(value: SettingValue) -> str:
    """``value`` as TOML writes it; ``(unset)`` where there is none."""
    if value is None:
        return "(unset)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
