"""Proving on the user's own tree that both engines give the same answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..domain.encoding import to_json
from ..domain.envelope import Completeness, EngineInfo, Result
from ..domain.options import (
    CheckOptions,
    DetailLevel,
    FileFilter,
    GraphOptions,
    MetricsOptions,
    ScanOptions,
    SymbolOptions,
    TreeOptions,
)
from ..domain.verification import ComparedOperation, Difference, VerificationSummary
from ..errors import CdeError, InvalidArgumentError
from ..version import __version__
from .base import PathLike, UseCase, check_rules, check_scan, check_symbols, check_tree, root_of
from .comparing import first_differences

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..engines.select import Engines
    from ..ports.control import CancelToken, Progress
    from ..ports.documentation import Scan

__all__ = ["DEFAULT_SAMPLE", "VERIFY_SCHEMA", "VerifyEnginesUseCase"]

VERIFY_SCHEMA = "cde.verify.run/1"
DEFAULT_SAMPLE = 200
_READ_LIMIT = 16 * 1024 * 1024
_MOST_DIFFERENCES = 10


@dataclass(frozen=True, slots=True)
class _Options:
    tree: TreeOptions
    scan: ScanOptions
    rules: CheckOptions
    symbols: SymbolOptions
    sample: int


class _Side:
    """One engine and the tree that it walked."""

    def __init__(self, engines: Engines, root: str, options: TreeOptions, cancel: CancelToken | None) -> None:
        self.engines = engines
        self.root = root
        self.cancel = cancel
        self.tree = engines.filesystem.open_tree(root, options, cancel=cancel)
        self._full: Scan | None = None

    def full_scan(self, options: ScanOptions) -> Scan:
        """The scan of full detail, made once: it is compared itself, and the check works on it."""
        if self._full is None:
            wanted = replace(options, detail="full")
            self._full = self.engines.documentation.scan(self.tree, wanted, cancel=self.cancel)
        return self._full


_Question = Callable[[_Side], "Answer[Any] | Scan"]


class VerifyEnginesUseCase(UseCase):
    """Puts every operation to both engines and compares the answers as bytes, apart from the ``engine`` field.

    ``engine`` is either ``None`` or a pair of engines; the pair must be the Rust engine and the Python engine in this
    order.
    """

    def __init__(self, pair: tuple[Engines, Engines] | None = None) -> None:
        super().__init__(None)
        self._pair = pair

    def execute(
        self,
        path: PathLike = ".",
        *,
        tree: TreeOptions | None = None,
        options: ScanOptions | None = None,
        rules: CheckOptions | None = None,
        symbols: SymbolOptions | None = None,
        sample: int = DEFAULT_SAMPLE,
        cancel: CancelToken | None = None,
        progress: Progress | None = None,
    ) -> Answer[ComparedOperation]:
        """One item an operation; the engines are equal on this tree if ``summary.differing`` is 0.

        Operations on the whole tree are all compared. Operations on one file are put to at most ``sample`` files,
        spread evenly over the sorted paths (0: to every file), and ``completeness`` says if files were left out.
        Raises ``EngineUnavailableError`` without the Rust core.
        """
        root = root_of(path)
        if isinstance(sample, bool) or not isinstance(sample, int) or sample < 0:
            raise InvalidArgumentError(f"sample must be a whole number of at least 0, not {sample!r}")
        asked = _Options(check_tree(tree), check_scan(options), check_rules(rules), check_symbols(symbols), sample)
        sides = tuple(_Side(engines, root, asked.tree, cancel) for engines in self._engines_pair())
        items, compared, total = _compare_all((sides[0], sides[1]), asked, progress)
        left_out = compared < total
        return Result(
            schema=VERIFY_SCHEMA,
            engine=EngineInfo("both", __version__, "both engines are compared"),
            root=root,
            snapshot=None,
            completeness=Completeness(
                "partial" if left_out else "complete", compared, (), (f"sample of {sample} files",) if left_out else ()
            ),
            summary=VerificationSummary(
                len(items),
                sum(item.calls for item in items),
                sum(item.bytes for item in items),
                sum(item.differing for item in items),
            ),
            items=items,
        )

    def _engines_pair(self) -> tuple[Engines, Engines]:
        if self._pair is None:
            from ..engines.select import select_engine  # noqa: PLC0415 - the one door from use cases to the engines

            self._pair = select_engine("rust"), select_engine("python")
        return self._pair


def _compare_all(
    sides: tuple[_Side, _Side], options: _Options, progress: Progress | None
) -> tuple[tuple[ComparedOperation, ...], int, int]:
    """The operations, and how many of how many files were put to both engines one by one."""
    rust, python = sides
    questions = list(_tree_questions(options))
    files = [item.path for item in rust.engines.filesystem.list_files(rust.tree, FileFilter(details=False)).items]
    names = replace(options.scan, detail="names")
    documents = [item.path for item in rust.engines.documentation.scan(rust.tree, names).items]
    sampled, outlined = _spread(files, options.sample), _spread(documents, options.sample)
    total, done = len(questions) + len(sampled) + len(outlined), 0
    items = []
    for name, question in questions:
        items.append(_compare(name, [(None, question)], rust, python))
        done += 1
        if progress:
            progress("check", done, total)
    for name, paths, ask in (("files.read", sampled, _read), ("docs.outline", outlined, _outline(options.scan))):
        items.append(_compare(name, [(path, ask(path)) for path in paths], rust, python))
        done += len(paths)
        if progress:
            progress("check", done, total)
    return tuple(items), len(sampled) + len(outlined), len(files) + len(documents)


def _tree_questions(options: _Options) -> Iterator[tuple[str, _Question]]:
    def listing(side: _Side) -> Answer[Any]:
        return side.engines.filesystem.list_files(side.tree, FileFilter(hash=True), cancel=side.cancel)

    def finding(side: _Side) -> Answer[Any]:
        query = FileFilter(name=r"\.(md|py|rs|txt)$", name_kind="regex")
        return side.engines.filesystem.list_files(side.tree, query, cancel=side.cancel)

    def duplicates(side: _Side) -> Answer[Any]:
        return side.engines.filesystem.duplicates(side.tree, min_size=1, cancel=side.cancel)

    def scanning(detail: DetailLevel) -> _Question:
        wanted = replace(options.scan, detail=detail)
        return lambda side: side.engines.documentation.scan(side.tree, wanted, cancel=side.cancel)

    def check(side: _Side) -> Answer[Any]:
        scan = side.full_scan(options.scan)
        return side.engines.documentation.check(side.tree, scan, options.rules, cancel=side.cancel)

    def graph(side: _Side) -> Answer[Any]:
        wanted = GraphOptions(site_root=options.rules.site_root, site=options.rules.site)
        scan = side.full_scan(options.scan)
        return side.engines.documentation.graph(side.tree, scan, wanted, cancel=side.cancel)

    def symbols(side: _Side) -> Answer[Any]:
        return side.engines.code.symbols(side.tree, options.symbols, cancel=side.cancel)

    def metrics(side: _Side) -> Answer[Any]:
        wanted = MetricsOptions(options.symbols.types, options.symbols.max_code_bytes)
        return side.engines.code.metrics(side.tree, wanted, cancel=side.cancel)

    yield "files.list", listing
    yield "files.find", finding
    yield "files.tree", lambda side: side.engines.filesystem.tree_summary(side.tree, cancel=side.cancel)
    yield "files.duplicates", duplicates
    yield "files.snapshot", lambda side: side.engines.filesystem.snapshot(side.tree, cancel=side.cancel)
    yield "docs.scan names", scanning("names")
    yield "docs.scan summary", scanning("summary")
    yield "docs.scan full", lambda side: side.full_scan(options.scan)
    yield "docs.check", check
    yield "docs.graph", graph
    yield "code.symbols", symbols
    yield "code.metrics", metrics


def _read(path: str) -> _Question:
    return lambda side: side.engines.filesystem.read_text(os.path.join(side.root, path), max_bytes=_READ_LIMIT)


def _outline(options: ScanOptions) -> Callable[[str], _Question]:
    return lambda path: lambda side: side.engines.documentation.outline(os.path.join(side.root, path), options)


def _spread(paths: Sequence[str], most: int) -> Sequence[str]:
    if most == 0 or len(paths) <= most:
        return paths
    return [paths[index * len(paths) // most] for index in range(most)]


def _compare(name: str, calls: Sequence[tuple[str | None, _Question]], rust: _Side, python: _Side) -> ComparedOperation:
    size = differing = 0
    differences: list[Difference] = []
    for path, question in calls:
        left, right = _asked(question, rust), _asked(question, python)
        size += len(left)
        if left == right:
            continue
        differing += 1
        room = _MOST_DIFFERENCES - len(differences)
        if room > 0:
            differences += first_differences(left, right, path, room)
    return ComparedOperation(name, len(calls), size, differing, tuple(differences))


def _asked(question: _Question, side: _Side) -> bytes:
    """The answer, or the error, as JSON bytes without the engine."""
    try:
        answer = question(side)
    except CdeError as error:
        raised = {"code": error.code, "message": error.message, "path": error.path, "hint": error.hint}
        return to_json({"error": raised})
    return answer.to_json().replace(b'"engine":' + to_json(answer.engine) + b",", b"", 1)
