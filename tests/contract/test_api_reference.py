"""The pages of the reference are those that the code gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cde_orchestrator.adapters.cli.app import app
from cde_orchestrator.adapters.cli.help import CdeCommand, LazyGroup
from cde_orchestrator.adapters.cli.options import SettingOption
from cde_orchestrator.adapters.config import SETTINGS

ROOT = Path(__file__).parents[2]


def commands(group: LazyGroup) -> list[CdeCommand]:
    found = []
    for name in group.lazy:
        member = group.get_command(None, name)  # type: ignore[arg-type]
        found += commands(member) if isinstance(member, LazyGroup) else [member]
    return found


def test_the_reference_is_up_to_date() -> None:
    check = [sys.executable, "tools/generate_reference.py", "--check"]
    process = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr


def test_every_option_has_a_key_and_every_key_an_option() -> None:
    import click

    options = [option for command in commands(app) for option in command.params if isinstance(option, click.Option)]
    without = {option.opts[-1] for option in options if not isinstance(option, SettingOption)}
    # What a configuration must not ask for: another configuration, and writing.
    assert without == {"--config", "--diff", "--fix", "--write-baseline"}
    assert {option.setting.key for option in options if isinstance(option, SettingOption)} == set(SETTINGS)


def test_every_command_has_help_and_examples() -> None:
    for command in commands(app):
        assert command.help, command.name
        assert command.examples, command.name
