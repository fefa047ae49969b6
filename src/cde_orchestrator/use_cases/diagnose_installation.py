"""Looking at the installation itself: which engine runs, from where, and why."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from ..domain.diagnosis import DoctorSummary, InstallationCheck
from ..domain.envelope import Completeness, EngineInfo, Result
from ..errors import CdeError
from ..version import BRIDGE_VERSION, __version__
from .base import UseCase

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..engines.select import EngineReport

__all__ = ["DOCTOR_SCHEMA", "DiagnoseInstallationUseCase"]

DOCTOR_SCHEMA = "cde.doctor.run/1"
_MOST_THREADS = 512
_LIBRARIES = ("click", "rich", "PyYAML", "tomli")

Status = Literal["ok", "warning", "error"]


class DiagnoseInstallationUseCase(UseCase):
    """Collects versions, the choice of the engine and its reason; never raises for a broken installation."""

    def execute(self, *, extra: tuple[InstallationCheck, ...] = ()) -> Answer[InstallationCheck]:
        """One item a check, then those of ``extra``, which the caller looked at. Schema ``cde.doctor.run/1``."""
        info = EngineInfo("none", __version__, "no engine could be chosen")
        checks = [
            InstallationCheck("cde-orchestrator", "ok", __version__, None),
            InstallationCheck("python", "ok", f"{platform.python_implementation()} {platform.python_version()}", None),
            InstallationCheck("platform", "ok", f"{sys.platform} {platform.machine()}", None),
        ]
        try:
            report = self._report()
        except CdeError as error:
            checks.append(InstallationCheck("engine", "error", str(error), error.hint))
        except Exception as error:  # whatever is broken, the diagnosis has to say so and go on
            hint = "install cde-orchestrator anew"
            checks.append(InstallationCheck("engine", "error", f"{type(error).__name__}: {error}", hint))
        else:
            info = report.engine
            checks += _engine_checks(report)
        checks.append(_threads())
        checks += _libraries()
        checks += extra
        statuses = [check.status for check in checks]
        return Result(
            schema=DOCTOR_SCHEMA,
            engine=info,
            root=".",
            snapshot=None,
            completeness=Completeness("complete", 0),
            summary=DoctorSummary(statuses.count("ok"), statuses.count("warning"), statuses.count("error")),
            items=tuple(checks),
        )

    def _report(self) -> EngineReport:
        from ..engines.select import engine_info  # noqa: PLC0415 - the one door from use cases to the engines

        return engine_info(self._engine if isinstance(self._engine, str) else None)


def _engine_checks(report: EngineReport) -> Iterator[InstallationCheck]:
    engine, core = report.engine, report.core
    unusable = engine.name == "none"
    yield InstallationCheck(
        "engine",
        "error" if unusable else "ok",
        f"{report.requested} cannot run: {engine.reason}" if unusable else f"{engine.name} ({engine.reason})",
        report.hint if unusable else None,
    )
    yield InstallationCheck(
        "core",
        "ok" if core.state == "usable" else "warning",
        f"cde-rust-core {core.version}" if core.state == "usable" else f"{core.state}: {core.reason}",
        None if core.state == "usable" else report.hint,
    )
    if core.location is not None:
        yield InstallationCheck("core location", "ok", core.location, None)
    if core.bridge_version is not None:
        fits = core.bridge_version == BRIDGE_VERSION
        hint = None if fits else f"this package needs bridge {BRIDGE_VERSION}; install the core of the same version"
        yield InstallationCheck("bridge", "ok" if fits else "warning", str(core.bridge_version), hint)


def _threads() -> InstallationCheck:
    text = os.environ.get("CDE_THREADS") or "0"
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_THREADS:
        hint = f"set it to a whole number from 0 to {_MOST_THREADS}"
        return InstallationCheck("threads", "error", f"CDE_THREADS is {text!r}", hint)
    if int(text) == 0:
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return InstallationCheck("threads", "ok", f"{processors} (one a processor)", None)
    return InstallationCheck("threads", "ok", f"{int(text)} (set by CDE_THREADS or --threads)", None)


def _libraries() -> Iterator[InstallationCheck]:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to import

    for name in _LIBRARIES:
        try:
            yield InstallationCheck(name, "ok", version(name), None)
        except PackageNotFoundError:
            yield InstallationCheck(name, "error", "not installed", f"install it with `pip install {name}`")
