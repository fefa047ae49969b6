"""
The native core of CDE Orchestrator.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from typing import Any, SupportsIndex, final

__all__ = [
    "Answer",
    "CancelToken",
    "CoreError",
    "Items",
    "Listing",
    "Scan",
    "Snapshot",
    "Tree",
    "_error_codes",
    "_front_matter",
    "_panic",
    "_parse_markdown",
    "_slugs",
    "_work",
    "bridge_version",
    "changes_since",
    "check_documentation",
    "code_metrics",
    "code_symbols",
    "duplicates",
    "link_graph",
    "list_files",
    "open_tree",
    "outline_document",
    "read_text",
    "register_records",
    "scan_documentation",
    "snapshot",
    "thread_count",
    "tree_summary",
    "version",
]

@final
class Answer:
    """
    An answer held by the core.
    """
    @property
    def completeness(self, /) -> Any:
        """
        How completely the question was answered.
        """
    @property
    def diagnostics(self, /) -> Any:
        """
        Files that could not be read or parsed as asked.
        """
    @property
    def items(self, /) -> Items:
        """
        The records, made one at a time when they are asked for.
        """
    @property
    def root(self, /) -> Any:
        """
        The path that was asked about, as given.
        """
    @property
    def schema(self, /) -> str:
        """
        `cde.<capability>.<verb>/1`.
        """
    @property
    def snapshot(self, /) -> str | None:
        """
        `sha256:` and the digest over the contents in scope, or `None`.
        """
    @property
    def summary(self, /) -> Any:
        """
        Counts over all items.
        """
    def to_json(self, /, engine_name: str, engine_version: str, engine_reason: str) -> bytes:
        """
        The envelope as JSON bytes; no Python object is made of the records.
        """

@final
class CancelToken:
    """
    A flag that any thread may set; the calls that were given it end with an error of code `cancelled`.
    """
    def __new__(cls, /) -> CancelToken: ...
    def cancel(self, /) -> None:
        """
        Asks the calls that hold the token to stop; they do within 100 ms.
        """
    @property
    def cancelled(self, /) -> bool:
        """
        Whether `cancel` was called.
        """

@final
class Items:
    """
    The records of an answer: an immutable sequence.
    """
    def __getitem__(self, index: Any, /) -> Any: ...
    def __iter__(self, /) -> Any: ...
    def __len__(self, /) -> int: ...

@final
class Listing:
    """
    A listing: an answer whose paths can also be had as one piece.
    """
    @property
    def answer(self, /) -> Answer:
        """
        The answer over the files.
        """
    def write_paths(self, /, raw: bool) -> bytes:
        """
        Every path in escaped form, each followed by a newline; or as raw bytes followed by NUL.
        """

@final
class Scan:
    """
    A scan, which the checks judge without reading anything again.
    """
    @property
    def answer(self, /) -> Answer:
        """
        The answer over the documents.
        """

@final
class Snapshot:
    """
    What to remember of a tree, kept in the core.
    """
    @property
    def answer(self, /) -> Answer:
        """
        The answer over the entries.
        """

@final
class Tree:
    """
    A walked tree, which remembers what was learnt from each file that was read.
    """
    def __len__(self, /) -> int: ...
    @property
    def root(self, /) -> Any:
        """
        The path that was opened, as given.
        """

def _error_codes() -> list[str]:
    """
    Every code that an error of the core can carry.
    """

def _front_matter(text: str) -> bytes:
    """
    The front matter of `text` as JSON, for the differential tests.
    """

def _panic(message: str) -> None:
    """
    Panics inside of the core, on a worker thread.
    """

def _parse_markdown(text: str, format: str) -> bytes:
    """
    One parsed document as JSON, for the differential tests.
    """

def _slugs(flavour: str, texts: SupportsGetItem[int, str]) -> list[str]:
    """
    The slugs of each of `texts` by itself, for the differential tests.
    """

def _work(milliseconds: SupportsIndex, *, cancel: CancelToken | None = None, progress: Any | None = None) -> int:
    """
    Works until it is cancelled or `milliseconds` have passed; gives the number of times the flag was tested.
    """

def bridge_version() -> int:
    """
    The number of the bridge that this core speaks.
    """

def changes_since(tree: Tree, before: Any, *, taken_ns: SupportsIndex, cancel: CancelToken | None = None) -> Answer:
    """
    What differs from `before`: a `Snapshot` of this process, or a list of entries' fields kept elsewhere.
    """

def check_documentation(tree: Tree, scan: Scan, *, select: SupportsGetItem[int, str], ignore: SupportsGetItem[int, str], site_root: str | None, per_path: SupportsGetItem[int, tuple[str | PathLike[str], SupportsGetItem[int, str]]], severity: SupportsGetItem[int, tuple[str, str]], required_metadata: SupportsGetItem[int, str], review_keys: SupportsGetItem[int, str], today: str | None, site: str | None, scanned_slugs: bool, cancel: CancelToken | None = None) -> Answer:
    """
    Findings over a scan of full detail.
    """

def code_metrics(tree: Tree, *, types: SupportsGetItem[int, str], max_code_bytes: SupportsIndex, cancel: CancelToken | None = None, progress: Any | None = None) -> Answer:
    """
    How large and complex every source file of `tree` is.
    """

def code_symbols(tree: Tree, *, kinds: SupportsGetItem[int, str], exported: bool, types: SupportsGetItem[int, str], max_code_bytes: SupportsIndex, cancel: CancelToken | None = None, progress: Any | None = None) -> Answer:
    """
    The definitions of every source file of `tree`.
    """

def duplicates(tree: Tree, *, min_size: SupportsIndex, cancel: CancelToken | None = None, progress: Any | None = None) -> Answer:
    """
    Groups of equal content.
    """

def link_graph(tree: Tree, scan: Scan, *, entries: SupportsGetItem[int, SupportsGetItem[int, SupportsIndex]], site_root: str | None, site: str | None, cancel: CancelToken | None = None) -> Answer:
    """
    Who links to whom among the documents of a scan of full detail.
    """

def list_files(tree: Tree, *, globs: SupportsGetItem[int, str], excludes: SupportsGetItem[int, str], types: SupportsGetItem[int, str], min_size: SupportsIndex | None, max_size: SupportsIndex | None, changed_after_ns: SupportsIndex | None, name: str | None, name_kind: str, details: bool, hash: bool, cancel: CancelToken | None = None) -> Listing:
    """
    The files of `tree` that pass the filter.
    """

def open_tree(root: str | PathLike[str], *, hidden: bool, ignore: bool, vendored: bool, follow: bool, max_depth: SupportsIndex | None, cancel: CancelToken | None = None, progress: Any | None = None) -> Tree:
    """
    Walks `root` once.
    """

def outline_document(path: str | PathLike[str], *, slug_flavour: str, max_document_bytes: SupportsIndex, max_nesting: SupportsIndex) -> Answer:
    """
    The sections of one document.
    """

def read_text(path: str | PathLike[str], *, max_bytes: SupportsIndex) -> Answer:
    """
    One file as text.
    """

def register_records(classes: dict[str, type]) -> None:
    """
    Names the Python class of each record. Called once by the Rust engine when it loads the core; a later call
    replaces the earlier.
    """

def scan_documentation(tree: Tree, *, detail: str, slug_flavour: str, required_metadata: SupportsGetItem[int, str], max_document_bytes: SupportsIndex, max_nesting: SupportsIndex, check: tuple[SupportsGetItem[int, str], SupportsGetItem[int, str]] | None = None, cancel: CancelToken | None = None, progress: Any | None = None) -> Scan:
    """
    Every document of `tree`; `check` is what a check that follows will select and ignore.
    """

def snapshot(tree: Tree, *, cancel: CancelToken | None = None, progress: Any | None = None) -> Snapshot:
    """
    What to remember to tell later what changed.
    """

def thread_count() -> int:
    """
    How many threads the core works with.
    """

def tree_summary(tree: Tree, *, cancel: CancelToken | None = None, progress: Any | None = None) -> Answer:
    """
    Counts by language and folder.
    """

def version() -> str:
    """
    The version of the core.
    """

class CoreError(Exception):
    """
    A failure of the core; its args are (code, message, path or None, hint or None).
    """
