"""What the package promises to those who import it: names, laziness, documentation, errors."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
import types
from pathlib import Path

import pytest

import cde_orchestrator as cde
from cde_orchestrator.engines.select import Engines
from conftest import TreeMaker

FUNCTIONS = [name for name in cde.__all__ if inspect.isfunction(getattr(cde, name))]
USE_CASES = [name for name in cde.__all__ if name.endswith("UseCase")]
OWN_PACKAGES = ["cde_orchestrator.adapters", "cde_orchestrator.use_cases", "cde_orchestrator.domain"]


def unmeasured() -> dict[str, str]:
    """The environment without what makes a new process import the measurement of coverage."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def own_modules() -> list[types.ModuleType]:
    """The modules of the application, the engines' left out: they are tested by their own examples."""
    names = ["cde_orchestrator", "cde_orchestrator.errors"]
    for package in OWN_PACKAGES:
        module = importlib.import_module(package)
        names += [package, *(info.name for info in pkgutil.walk_packages(module.__path__, package + "."))]
    return [importlib.import_module(name) for name in names]


def test_all_names_are_there_and_listed() -> None:
    assert len(set(cde.__all__)) == len(cde.__all__)
    for name in cde.__all__:
        assert getattr(cde, name) is not None
        assert name in dir(cde)
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        cde.nonsense  # noqa: B018


def test_the_lazy_names_are_those_that_type_checkers_see() -> None:
    import ast

    tree = ast.parse(Path(cde.__file__).read_text())
    (guarded,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {
        (f".{node.module}", alias.name)
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {(module, name) for module, names in cde._NAMES.items() for name in names}
    assert {name for _, name in seen} | {"__version__"} == set(cde.__all__)


def test_importing_the_package_imports_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import cde_orchestrator; print(sorted(set(sys.modules) - before))"
    found = subprocess.run([sys.executable, "-c", code], env=unmeasured(), capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['__future__', 'cde_orchestrator', 'cde_orchestrator.version']"


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--version"], {"click", "rich", "json", "dataclasses", "cde_orchestrator.use_cases"}),
        (["--help"], {"rich", "cde_orchestrator.use_cases", "cde_orchestrator.engines", "tomli", "yaml"}),
        (["docs", "rules"], {"rich", "tomli", "yaml", "cde_rust_core"}),
        (["config", "show"], {"rich", "tomli", "yaml", "cde_rust_core", "cde_orchestrator.engines"}),
        (["files", "list", "--engine", "rust"], {"rich", "tomli", "yaml"}),
    ],
)
def test_a_command_imports_only_what_it_needs(words: list[str], absent: set[str], tmp_path: Path) -> None:
    code = (
        "import sys\nfrom cde_orchestrator.adapters.cli import main\ntry:\n    main(sys.argv[1:])\n"
        "finally:\n    print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    process = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert absent & set(process.stderr.split()) == set()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_typed_documented_and_take_options_by_keyword(name: str) -> None:
    function = getattr(cde, name)
    assert ">>> " in (inspect.getdoc(function) or "")
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty, parameter
        leading = parameter.name in ("path", "name", "before", "findings", "engine", "text")
        assert leading or parameter.kind is inspect.Parameter.KEYWORD_ONLY, parameter


@pytest.mark.parametrize("name", cde.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    thing = getattr(cde, name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        text = inspect.getdoc(thing) or ""
        generated = dataclasses.is_dataclass(thing) and text.startswith(f"{name}(")
        assert len(text) > 20
        assert not generated


@pytest.mark.parametrize("module", own_modules(), ids=lambda module: module.__name__)
def test_the_examples_run(module: types.ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.failed == 0


def test_the_examples_are_found() -> None:
    assert sum(doctest.testmod(module).attempted for module in own_modules()) > 60


@pytest.mark.parametrize("level", ["name_only", "names", "summary", "full"])
def test_the_use_case_scans_at_each_level(engine: str, make_tree: TreeMaker, level: str) -> None:
    root = make_tree({"a.md": "# A\n\n[b](b.md)\n", "b.md": "# B\n"})
    answer = cde.ScanDocumentationUseCase(engine).execute(root, detail_level=level)
    assert [document.path for document in answer.items] == ["a.md", "b.md"]
    kinds = {
        "names": cde.DocumentName,
        "name_only": cde.DocumentName,
        "summary": cde.DocumentSummary,
        "full": cde.Document,
    }
    assert {type(document) for document in answer.items} == {kinds[level]}
    assert cde.scan_documentation(root, detail=level, engine=engine).to_json() == answer.to_json()


def test_use_cases_take_engines_that_were_chosen_before(engines: Engines, make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": "# A\n"})
    assert cde.ListFilesUseCase(engines).execute(root).engine is engines.info


def test_paths_of_every_kind(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": "# A\n"})
    answers = {cde.list_files(path, engine=engine).to_json() for path in (root, str(root), bytes(root))}
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda root: cde.list_files(""), "the path is empty"),
        (lambda root: cde.list_files("a\0b"), "a path cannot hold a NUL byte"),
        (lambda root: cde.list_files(3), "a path must be text, bytes or path-like, not int"),
        (lambda root: cde.list_files(root, globs="*.md"), "globs must be a sequence of texts, not str"),
        (lambda root: cde.list_files(root, types=[1]), "types must hold texts only"),
        (lambda root: cde.list_files(root, max_depth=0), "max_depth must be a whole number of at least 1, not 0"),
        (lambda root: cde.list_files(root, min_size=5, max_size=4), "min_size 5 is larger than max_size 4"),
        (lambda root: cde.find_files("", root), "the name to find is empty"),
        (lambda root: cde.find_files("a", root, kind="fuzzy"), "name_kind must be glob or regex, not 'fuzzy'"),
        (lambda root: cde.find_files(b"a", root), "the name to find must be text, not bytes"),
        (lambda root: cde.read_text(root, max_bytes=0), "max_bytes must be a whole number of at least 1, not 0"),
        (lambda root: cde.find_duplicates(root, min_size=-1), "min_size must be a whole number of at least 0, not -1"),
        (
            lambda root: cde.changes_since(root, [], taken_ns=-1),
            "taken_ns must be a whole number of at least 0, not -1",
        ),
        (lambda root: cde.scan_documentation(root, detail="all"), "the detail level must be names, summary or full"),
        (lambda root: cde.scan_documentation(root, slug_flavour="x"), "unknown slug flavour 'x'"),
        (lambda root: cde.scan_documentation(root, max_nesting=0), "max_nesting must be a whole number of at least 1"),
        (lambda root: cde.check_documentation(root, select="links"), "select must be a sequence of texts, not str"),
        (lambda root: cde.code_symbols(root, kinds="class"), "kinds must be a sequence of texts, not str"),
        (lambda root: cde.code_symbols(root, max_code_bytes=0), "max_code_bytes must be a whole number of at least 1"),
        (lambda root: cde.code_metrics(root, types="py"), "types must be a sequence of texts, not str"),
        (lambda root: cde.code_metrics(root, max_code_bytes=0), "max_code_bytes must be a whole number of at least 1"),
        (lambda root: cde.audit(root, max_code_bytes=0), "max_code_bytes must be a whole number of at least 1"),
        (lambda root: cde.verify(root, sample=-1), "sample must be a whole number of at least 0, not -1"),
        (lambda root: cde.audit(root, engine="gpu"), "engine must be auto, rust or python, not 'gpu'"),
    ],
)
def test_wrong_arguments(tmp_path: Path, call, message: str) -> None:
    with pytest.raises(cde.InvalidArgumentError) as caught:
        call(tmp_path)
    assert message in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_errors_about_the_path(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree({"a.md": ""})
    with pytest.raises(FileNotFoundError) as missing:
        cde.audit(root / "absent", engine=engine)
    assert (missing.value.code, missing.value.path) == ("path-not-found", str(root / "absent"))
    with pytest.raises(NotADirectoryError):
        cde.audit(root / "a.md", engine=engine)


def test_cancelling_before_the_start(engine: str, make_tree: TreeMaker) -> None:
    token = cde.new_cancel_token()
    token.cancel()
    with pytest.raises(cde.OperationCancelledError):
        cde.audit(make_tree({"a.md": "# A\n"}), engine=engine, cancel=token)


def test_the_audit_puts_the_parts_together(engine: str, make_tree: TreeMaker) -> None:
    root = make_tree(
        {
            "b.md": "# B\n\n[x](gone.md)\n\n[self](b.md)\n",
            "a.md": "# A\n\n[self](a.md)\n\n[y](gone.md)\n",
            "c.py": "x = 1\n",
        }
    )
    answer = cde.audit(root, select=["links"], engine=engine)
    found = [(finding.severity, finding.path, finding.line) for finding in answer.items]
    assert found == [("error", "a.md", 5), ("error", "b.md", 3), ("hint", "a.md", 3), ("hint", "b.md", 5)]
    assert answer.summary.repository == root.name
    assert answer.summary.files == 3
    assert answer.summary.documents == cde.scan_documentation(root, engine=engine).summary
    assert answer.summary.findings == cde.check_documentation(root, select=["links"], engine=engine).summary
    assert answer.summary.languages == tuple(cde.tree_summary(root, engine=engine).items)
    assert answer.summary.code == cde.code_metrics(root, engine=engine).summary
    assert answer.summary.code.code == 1
    assert answer.summary.complex_functions == ()
    assert answer.completeness.state == "complete"
