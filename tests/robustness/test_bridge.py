"""The one door: threads, forks, signals, tokens, panics, and results that do not depend on any of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
import types
from pathlib import Path

import pytest

import cde_orchestrator.engines.select as selection
from cde_orchestrator.domain.options import (
    CheckOptions,
    FileFilter,
    GraphOptions,
    MetricsOptions,
    ScanOptions,
    SymbolOptions,
    TreeOptions,
)
from cde_orchestrator.errors import InternalError, InvalidArgumentError, OperationCancelledError
from conftest import TreeMaker, require_core

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _core() -> None:
    require_core()


def call_everything(root: str) -> list[object]:
    """Every operation of the Rust engine on ``root``, as JSON, and what the core exports beside them."""
    import cde_rust_core

    engines = selection.select_engine("rust")
    files, documents = engines.filesystem, engines.documentation
    tree = files.open_tree(root, TreeOptions())
    scan = documents.scan(tree, ScanOptions())
    snapshot = files.snapshot(tree)
    return [
        files.list_files(tree, FileFilter(hash=True)).to_json(),
        files.tree_summary(tree).to_json(),
        files.read_text(os.path.join(root, "README.md"), max_bytes=1 << 20).to_json(),
        files.duplicates(tree, min_size=1).to_json(),
        files.changes_since(tree, snapshot.items, taken_ns=0).to_json(),
        scan.to_json(),
        documents.check(tree, scan, CheckOptions()).to_json(),
        documents.graph(tree, scan, GraphOptions()).to_json(),
        documents.outline(os.path.join(root, "README.md"), ScanOptions()).to_json(),
        engines.code.symbols(tree, SymbolOptions()).to_json(),
        engines.code.metrics(tree, MetricsOptions()).to_json(),
        cde_rust_core._front_matter("---\na: 1\n---\n"),
        cde_rust_core._parse_markdown("# One\n", "markdown"),
        cde_rust_core._slugs("github", ["One"]),
        cde_rust_core._error_codes(),
        cde_rust_core.bridge_version(),
        cde_rust_core.version(),
    ]


EXPORTED = {
    *("open_tree", "list_files", "tree_summary", "read_text", "duplicates", "snapshot", "changes_since"),
    *("scan_documentation", "check_documentation", "link_graph", "outline_document", "code_symbols", "code_metrics"),
    *("_front_matter", "_parse_markdown", "_slugs", "_error_codes", "bridge_version", "version"),
}
"""What ``call_everything`` calls."""
ELSEWHERE = {"_panic", "_work", "register_records", "thread_count"}
"""What has tests of its own below, what runs once at load, and what answers with the threads of the moment."""


@pytest.fixture
def some_tree(make_tree: TreeMaker) -> str:
    return str(
        make_tree(
            {
                "README.md": "# Title\n\n[a](docs/a.md#one) and [gone](gone.md)\n",
                **{f"docs/{name}.md": f"# One\n\n[up](../README.md)\n\n## {name}\n" for name in "abcdefgh"},
                "src/code.py": "print(1)\n",
                "src/copy.py": "print(1)\n",
            }
        )
    )


def test_every_exported_function_is_called() -> None:
    import cde_rust_core

    exported = {name for name, value in vars(cde_rust_core).items() if isinstance(value, types.BuiltinFunctionType)}
    assert exported == EXPORTED | ELSEWHERE


def test_a_forked_child_can_call_everything(some_tree: str) -> None:
    before = call_everything(some_tree)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if call_everything(some_tree) == before else 2
        except BaseException:
            os.write(writer, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(writer)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        finished, status = os.waitpid(child, os.WNOHANG)
        if finished:
            break
        time.sleep(0.02)
    else:
        os.kill(child, signal.SIGKILL)
        pytest.fail("the child hangs")
    message = os.read(reader, 65536).decode()
    assert os.waitstatus_to_exitcode(status) == 0, message
    assert call_everything(some_tree) == before


@pytest.mark.parametrize("threads", ["1", "2", "7"])
def test_the_number_of_threads_changes_no_byte(some_tree: str, threads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = call_everything(some_tree)
    monkeypatch.setenv("CDE_THREADS", threads)
    assert call_everything(some_tree) == expected


def test_a_wrong_number_of_threads_is_refused(some_tree: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDE_THREADS", "many")
    with pytest.raises(InvalidArgumentError, match="CDE_THREADS"):
        call_everything(some_tree)


def test_many_threads_may_call_at_once(some_tree: str) -> None:
    expected = call_everything(some_tree)
    answers: list[list[object]] = []
    threads = [threading.Thread(target=lambda: answers.append(call_everything(some_tree))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [expected] * 8


def test_a_panic_is_an_internal_error() -> None:
    import cde_rust_core

    from cde_orchestrator.engines.rust.answer import translated

    with pytest.raises(InternalError, match="the core panicked: out of cheese") as caught:
        translated(cde_rust_core._panic)("out of cheese")
    assert caught.value.code == "internal"
    assert caught.value.hint
    assert cde_rust_core._work(1) >= 0


def test_a_token_set_by_another_thread_ends_the_call_within_100_ms() -> None:
    import cde_rust_core

    from cde_orchestrator.engines.rust.answer import translated

    token = cde_rust_core.CancelToken()
    cancelled_at: list[float] = []

    def cancel() -> None:
        time.sleep(0.2)
        cancelled_at.append(time.monotonic())
        token.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(OperationCancelledError):
        translated(cde_rust_core._work)(60_000, cancel=token)
    answered = time.monotonic() - cancelled_at[0]
    thread.join()
    assert answered < 5, "the call did not hear the token at all"


def test_the_interpreter_runs_on_while_the_core_works() -> None:
    import cde_rust_core

    worker = threading.Thread(target=cde_rust_core._work, args=(400,))
    worker.start()
    turns = 0
    while worker.is_alive():
        turns += 1
        time.sleep(0.001)
    assert turns > 20


def test_progress_is_reported_and_its_exception_stops_the_call() -> None:
    import cde_rust_core

    seen: list[tuple[str, int, int | None]] = []
    cde_rust_core._work(350, progress=lambda *state: seen.append(state))
    assert len(seen) >= 2
    assert seen[-1][0] == "walk"
    assert seen[-1][1] > 0

    def refuse(*_state: object) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        cde_rust_core._work(60_000, progress=refuse)


INTERRUPTED = """
import signal, sys, time, threading, os
import cde_rust_core as core
signal.signal(signal.SIGINT, signal.default_int_handler)
start = None
def interrupt():
    global start
    time.sleep(0.3)
    start = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt).start()
try:
    core._work(60_000)
except KeyboardInterrupt:
    print(f"{(time.monotonic() - start) * 1000:.0f}")
"""


def test_ctrl_c_ends_the_call() -> None:
    process = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=50, check=False
    )
    assert process.returncode == 0, process.stderr
    # The promise is 100 ms; the margin is for a loaded machine. benchmarks/ measures the real figure.
    assert float(process.stdout) < 2000


def test_loading_the_core_starts_no_thread_and_prints_nothing() -> None:
    code = "import cde_rust_core, os; print(len(os.listdir('/proc/self/task')))"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout == "1\n"
    assert process.stderr == ""
