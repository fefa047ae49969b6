"""Which engine runs, and why: argument, then ``CDE_ENGINE``, then ``auto``.

``auto`` takes the Rust core if it is there and fits. Where it is absent, the Python engine runs quietly and the
reason is kept; where it is broken or of another version, one ``RuntimeWarning`` says so. There is no fallback for a
single call: a failure of the core is a defect to see, not a reason to switch.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from ..domain.envelope import EngineInfo
from ..errors import EngineUnavailableError, InvalidArgumentError
from ..version import BRIDGE_VERSION, __version__

if TYPE_CHECKING:
    from types import ModuleType

    from ..ports.code import CodeEngine
    from ..ports.control import CancelToken
    from ..ports.documentation import DocumentationEngine
    from ..ports.filesystem import FilesystemEngine

__all__ = ["CoreState", "EngineReport", "Engines", "engine_info", "inspect_core", "new_cancel_token", "select_engine"]

ENGINE_NAMES = ("auto", "rust", "python")
CORE_HINT = "install the core with `pip install cde-rust-core`, or run with `--engine python`"


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine: who it is, and its capabilities."""

    info: EngineInfo
    filesystem: FilesystemEngine
    documentation: DocumentationEngine
    code: CodeEngine


@dataclass(frozen=True, slots=True)
class CoreState:
    """What is known of the native core: usable or not, and why."""

    state: Literal["usable", "absent", "broken", "mismatch"]
    reason: str
    version: str | None
    bridge_version: int | None
    location: str | None


@dataclass(frozen=True, slots=True)
class EngineReport:
    """The engine that would run now, and the state of the core behind the choice."""

    engine: EngineInfo
    requested: str
    requested_by: Literal["argument", "environment", "default"]
    core: CoreState
    hint: str | None


def _load_core() -> tuple[ModuleType | None, CoreState]:
    try:
        import cde_rust_core as core  # noqa: PLC0415 - importing it is the question
    except ImportError as error:
        # A missing distribution and the pure wheel, which says why it is empty, are absence; a library that is there
        # and does not load is a defect that the user should see.
        absent = isinstance(error, ModuleNotFoundError) or getattr(error, "cde_absent", False)
        state: Literal["absent", "broken"] = "absent" if absent else "broken"
        return None, CoreState(state, f"{type(error).__name__}: {error}", None, None, None)
    except Exception as error:
        return None, CoreState("broken", f"{type(error).__name__}: {error}", None, None, None)
    location = getattr(core, "__file__", None)
    try:
        version, bridge = core.version(), core.bridge_version()
    except Exception as error:
        return None, CoreState("broken", f"{type(error).__name__}: {error}", None, None, location)
    if version != __version__ or bridge != BRIDGE_VERSION:
        reason = (
            f"the core is {version} with bridge {bridge}, this package is {__version__} with bridge {BRIDGE_VERSION}"
        )
        return None, CoreState("mismatch", reason, version, bridge, location)
    return core, CoreState("usable", "the core is present and fits", version, bridge, location)


@cache
def _core() -> tuple[ModuleType | None, CoreState]:
    return _load_core()


def inspect_core() -> CoreState:
    """The state of the native core; loads it at the first call."""
    return _core()[1]


@cache
def _python_engine(reason: str) -> Engines:
    from .python.code.engine import PythonCodeEngine  # noqa: PLC0415
    from .python.documentation.engine import PythonDocumentationEngine  # noqa: PLC0415 - not needed by the Rust engine
    from .python.filesystem.engine import PythonFilesystemEngine  # noqa: PLC0415

    info = EngineInfo("python", __version__, reason)
    return Engines(info, PythonFilesystemEngine(info), PythonDocumentationEngine(info), PythonCodeEngine(info))


@cache
def _rust_engine(reason: str) -> Engines:
    from .rust import RustCodeEngine, RustDocumentationEngine, RustFilesystemEngine  # noqa: PLC0415 - loads the core

    info = EngineInfo("rust", __version__, reason)
    return Engines(info, RustFilesystemEngine(info), RustDocumentationEngine(info), RustCodeEngine(info))


@cache
def _warn_once(reason: str) -> None:
    warnings.warn(f"cde-rust-core cannot be used, the Python engine runs: {reason}", RuntimeWarning, stacklevel=4)


def _requested(engine: str | None) -> tuple[str, Literal["argument", "environment", "default"]]:
    if engine is not None:
        name, origin = engine, "argument"
    elif os.environ.get("CDE_ENGINE"):
        name, origin = os.environ["CDE_ENGINE"], "environment"
    else:
        return "auto", "default"
    if name not in ENGINE_NAMES:
        source = "engine" if origin == "argument" else "CDE_ENGINE"
        raise InvalidArgumentError(f"{source} must be auto, rust or python, not {name!r}", hint="auto is the default")
    return name, "argument" if origin == "argument" else "environment"


def select_engine(engine: str | None = None) -> Engines:
    """The engine to use.

    Raises :class:`InvalidArgumentError` for an unknown name and :class:`EngineUnavailableError` if ``rust`` is demanded
    and the core cannot be used.
    """
    name, origin = _requested(engine)
    if name == "python":
        return _python_engine(f"chosen by {origin}")
    state = inspect_core()
    if name == "rust":
        if state.state != "usable":
            raise EngineUnavailableError(f"the Rust engine cannot be used: {state.reason}", hint=CORE_HINT)
        return _rust_engine(f"chosen by {origin}")
    if state.state == "usable":
        return _rust_engine("default")
    if state.state != "absent":
        _warn_once(state.reason)
    return _python_engine(f"the core is {state.state}: {state.reason}")


def engine_info(engine: str | None = None) -> EngineReport:
    """Which engine would run, who asked for it and what the core's state is. Does not raise for an unusable core.

    >>> report = engine_info("python")
    >>> report.engine.name, report.requested_by
    ('python', 'argument')
    """
    requested, origin = _requested(engine)
    core = inspect_core()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            info = select_engine(engine).info
    except EngineUnavailableError as error:
        return EngineReport(EngineInfo("none", __version__, error.message), requested, origin, core, error.hint)
    return EngineReport(info, requested, origin, core, None if core.state == "usable" else CORE_HINT)


def new_cancel_token() -> CancelToken:
    """A token that both engines understand; any thread may set it, and the call that holds it ends within 100 ms.

    >>> token = new_cancel_token()
    >>> token.cancel()
    >>> token.cancelled
    True
    """
    core, _ = _core()
    if core is not None:
        token: CancelToken = core.CancelToken()
        return token
    from .python.control import PythonCancelToken  # noqa: PLC0415 - only where the core is missing

    return PythonCancelToken()
