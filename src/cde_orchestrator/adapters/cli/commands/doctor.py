"""``cde doctor``: is this installation in order?"""

from __future__ import annotations

from collections.abc import Iterator

from ....domain.diagnosis import DoctorSummary, InstallationCheck
from ....domain.paths import escape_path
from ....use_cases.diagnose_installation import DiagnoseInstallationUseCase
from ...config.effective import Settings
from ...report.doctor import doctor_text
from ..command import Call, command

__all__ = ["doctor"]


@command(
    "doctor",
    lenient=True,
    examples=[("cde doctor", "which engine runs, and why"), ("cde doctor --format json", "for a bug report")],
)
def doctor(call: Call) -> int:
    """Check this installation: versions, the choice of the engine and its reason, the configuration in effect.

    The exit code is 1 if something does not work.
    """
    answer = DiagnoseInstallationUseCase(call.engine).execute(extra=tuple(_configuration(call.settings)))
    call.write(answer, lambda style: doctor_text(style, answer))
    return 1 if isinstance(answer.summary, DoctorSummary) and answer.summary.errors else 0


def _configuration(settings: Settings) -> Iterator[InstallationCheck]:
    for problem in settings.problems:
        yield InstallationCheck("configuration", "error", escape_path(str(problem)), problem.hint)
    if not settings.problems:
        file = "no file applies here" if settings.file is None else escape_path(settings.file)
        yield InstallationCheck("configuration", "ok", file, None)
