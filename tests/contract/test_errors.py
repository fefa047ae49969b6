"""The taxonomy of errors: one table on both sides, and the same error for the same bad call."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from cde_orchestrator import errors
from cde_orchestrator.domain.options import CheckOptions, FileFilter, ScanOptions, SymbolOptions, TreeOptions
from cde_orchestrator.engines.select import Engines, new_cancel_token
from conftest import TreeMaker, require_core

BUILTINS = {
    "invalid-argument": ValueError,
    "invalid-config": ValueError,
    "path-not-found": FileNotFoundError,
    "not-a-directory": NotADirectoryError,
    "permission-denied": PermissionError,
    "io": OSError,
    "limit-exceeded": Exception,
    "cancelled": Exception,
    "timeout": TimeoutError,
    "network": ConnectionError,
    "integrity": Exception,
    "engine-unavailable": RuntimeError,
    "internal": RuntimeError,
}


def classes() -> dict[str, type[errors.CdeError]]:
    return {
        cls.code: cls
        for name in errors.__all__
        if isinstance(cls := getattr(errors, name), type) and cls is not errors.CdeError
    }


def test_every_code_has_a_class_that_is_also_the_matching_builtin() -> None:
    assert set(classes()) == set(BUILTINS)
    for code, cls in classes().items():
        assert issubclass(cls, errors.CdeError)
        assert issubclass(cls, BUILTINS[code])


def test_the_core_has_the_same_table() -> None:
    require_core()
    import cde_rust_core

    assert cde_rust_core._error_codes() == list(BUILTINS)


def test_an_error_survives_pickling() -> None:
    for code in BUILTINS:
        before = errors.error_from_code(code, "message", "some/path", "hint")
        after = pickle.loads(pickle.dumps(before))
        assert (type(after), after.code, str(after), after.path, after.hint) == (
            type(before),
            code,
            "message: some/path",
            "some/path",
            "hint",
        )


def test_an_unknown_code_is_an_internal_error() -> None:
    assert isinstance(errors.error_from_code("strange", "message", None, None), errors.InternalError)


def _open(root: str, **options: object) -> Callable[[Engines], object]:
    return lambda engines: engines.filesystem.open_tree(root, TreeOptions(**options))  # type: ignore[arg-type]


def _filtered(root: str, **query: object) -> Callable[[Engines], object]:
    def call(engines: Engines) -> object:
        tree = engines.filesystem.open_tree(root, TreeOptions())
        return engines.filesystem.list_files(tree, FileFilter(**query)).to_json()  # type: ignore[arg-type]

    return call


def _checked(root: str, options: CheckOptions, detail: str = "full") -> Callable[[Engines], object]:
    def call(engines: Engines) -> object:
        tree = engines.filesystem.open_tree(root, TreeOptions())
        scan = engines.documentation.scan(tree, ScanOptions(detail=detail))  # type: ignore[arg-type]
        return engines.documentation.check(tree, scan, options).to_json()

    return call


def _defined(root: str, **options: object) -> Callable[[Engines], object]:
    def call(engines: Engines) -> object:
        tree = engines.filesystem.open_tree(root, TreeOptions())
        return engines.code.symbols(tree, SymbolOptions(**options)).to_json()  # type: ignore[arg-type]

    return call


def _cancelled(root: str) -> Callable[[Engines], object]:
    def call(engines: Engines) -> object:
        token = new_cancel_token()
        token.cancel()
        return engines.filesystem.open_tree(root, TreeOptions(), cancel=token)

    return call


def bad_calls(root: Path) -> dict[str, Callable[[Engines], object]]:
    here, missing, plain = str(root), str(root / "missing"), str(root / "README.md")
    return {
        "a missing root": _open(missing),
        "a file as root": _open(plain),
        "a file in the middle of the root": _open(plain + "/below"),
        "a name that is too long": _open(str(root / ("x" * 300))),
        "a loop of links": _open(str(root / "loop")),
        "a cancelled walk": _cancelled(here),
        "an open class in a glob": _filtered(here, globs=("[a",)),
        "an open brace in a glob": _filtered(here, globs=("{a,b",)),
        "an unknown type": _filtered(here, types=("pythn",)),
        "a bad glob to find": _filtered(here, name="[z"),
        "a bad regex": _filtered(here, name="(", name_kind="regex"),
        "a lookahead": _filtered(here, name="a(?=b)", name_kind="regex"),
        "a back reference": _filtered(here, name=r"(a)\1", name_kind="regex"),
        "an unknown rule": _checked(here, CheckOptions(select=("missing-fil",))),
        "an unknown rule to ignore": _checked(here, CheckOptions(ignore=("lnks",))),
        "a check over names only": _checked(here, CheckOptions(), detail="names"),
        "an unknown type of code": _defined(here, types=("pythn",)),
        "reading what is missing": lambda engines: engines.filesystem.read_text(missing, max_bytes=10),
        "reading a directory": lambda engines: engines.filesystem.read_text(here, max_bytes=10),
        "reading beyond the limit": lambda engines: engines.filesystem.read_text(plain, max_bytes=3),
        "the outline of what is missing": lambda engines: engines.documentation.outline(missing, ScanOptions()),
        "the outline of a directory": lambda engines: engines.documentation.outline(here, ScanOptions()),
        "the outline of a picture": lambda engines: engines.documentation.outline(str(root / "a.png"), ScanOptions()),
    }


CALLS = list(bad_calls(Path()))


@pytest.mark.parametrize("name", CALLS)
def test_both_engines_fail_alike(name: str, both_engines: tuple[Engines, Engines], make_tree: TreeMaker) -> None:
    root = make_tree({"README.md": "# Title\n", "a.png": b"\x89PNG\r\n\x1a\n\0\0"})
    (root / "loop").symlink_to("loop")
    failures = []
    for engines in both_engines:
        with pytest.raises(errors.CdeError) as caught:
            bad_calls(root)[name](engines)
        error = caught.value
        failures.append((type(error).__name__, error.code, error.message, error.path, error.hint))
    assert failures[0] == failures[1]
    assert failures[0][2]
    assert not failures[0][2].endswith(".")
