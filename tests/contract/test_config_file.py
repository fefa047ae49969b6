"""Finding and reading the configuration file, and which value is in effect."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cde_orchestrator.adapters.config.effective import resolve_settings
from cde_orchestrator.adapters.config.load import MOST_BYTES, find_config, read_config
from cde_orchestrator.adapters.config.schema import SETTINGS, Setting
from cde_orchestrator.adapters.config.values import example_of, value_from_file
from cde_orchestrator.errors import CdeError, InvalidArgumentError, InvalidConfigError, PathNotFoundError


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository as the current folder, without variables of the environment."""
    for name in ("CDE_ENGINE", "CDE_THREADS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(text: str, name: str = "cde.toml") -> CdeError:
    Path(name).write_text(text)
    with pytest.raises(InvalidConfigError) as caught:
        read_config(name)
    return caught.value


def test_no_file_no_configuration() -> None:
    assert find_config(".") is None


def test_the_nearest_file_counts(repository: Path) -> None:
    (repository / "a" / "b").mkdir(parents=True)
    (repository / "cde.toml").write_text("threads = 1\n")
    (repository / "a" / "cde.toml").write_text("threads = 2\n")
    assert find_config("a/b").values == {"threads": 2}
    assert find_config("a/b").path == "a/cde.toml"
    assert find_config(".").values == {"threads": 1}


def test_the_search_ends_at_the_top_of_the_repository(repository: Path) -> None:
    inner = repository / "inner"
    (inner / ".git").mkdir(parents=True)
    (repository / "cde.toml").write_text("threads = 1\n")
    assert find_config("inner") is None


def test_a_path_that_does_not_exist_is_searched_from_above(repository: Path) -> None:
    (repository / "cde.toml").write_text("threads = 1\n")
    assert find_config("no/such/folder").values == {"threads": 1}


def test_pyproject_needs_our_table(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert find_config(".") is None
    (repository / "pyproject.toml").write_text("[tool.cde]\nengine = 'python'\n[tool.cde.files]\nhidden = true\n")
    assert find_config(".").values == {"engine": "python", "files.hidden": True}


def test_cde_toml_counts_before_pyproject(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[tool.cde]\nthreads = 1\n")
    (repository / "cde.toml").write_text("threads = 2\n")
    assert find_config(".").path == "cde.toml"


def test_a_broken_pyproject_of_others_is_not_our_concern(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[broken\n# cde is mentioned\n")
    assert find_config(".") is None
    (repository / "pyproject.toml").write_text("[broken\n[tool.cde]\n")
    with pytest.raises(InvalidConfigError):
        find_config(".")


def test_an_unknown_key_names_the_nearest_and_its_line() -> None:
    error = refused("[files]\nhidden = true\nhiden = true\n")
    assert (error.message, error.path, error.hint) == (
        "unknown key files.hiden",
        "cde.toml:3",
        "did you mean files.hidden?",
    )


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("colour = 'never'\n", "unknown key colour", "cde.toml:1"),
        ("\n[fils]\nhidden = true\n", "unknown key fils", "cde.toml:2"),
        ("[files]\nhidden = 'yes'\n", "files.hidden: must be true or false, not a text", "cde.toml:2"),
        ("files.hidden = 3\n", "files.hidden: must be true or false, not a whole number", "cde.toml:1"),
        ("[files]\nmax_depth = 0\n", "files.max_depth: must be at least 1, not 0", "cde.toml:2"),
        ("engine = 'gpu'\n", "engine: must be auto, rust or python, not 'gpu'", "cde.toml:1"),
        ("files = 3\n", "files must be a table", None),
    ],
)
def test_mistakes_are_named_with_their_place(text: str, message: str, place: str | None) -> None:
    error = refused(text)
    assert error.message == message
    assert error.path == place


def test_what_is_not_toml_is_said_with_its_line() -> None:
    error = refused("threads = 1\nthreads = \n")
    assert error.path == "cde.toml:2"
    assert error.message.startswith("the configuration is not TOML: ")


def test_places_in_pyproject_count_in_its_lines() -> None:
    error = refused("[project]\nname = 'x'\n\n[tool.cde.docs]\nselec = ['links']\n", "pyproject.toml")
    assert (error.path, error.hint) == ("pyproject.toml:5", "did you mean docs.select?")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe", "is not UTF-8"),
        (b"#" * (MOST_BYTES + 1), "is larger than"),
        (b"a = " + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_hostile_files_are_refused(content: bytes, complaint: str) -> None:
    Path("cde.toml").write_bytes(content)
    with pytest.raises(InvalidConfigError, match=complaint):
        find_config(".")


def test_a_fifo_is_not_waited_for() -> None:
    os.mkfifo("cde.toml")
    assert find_config(".") is None
    with pytest.raises(InvalidConfigError, match=r"^the configuration is not a regular file: cde"):
        read_config("cde.toml")


def test_a_missing_named_file_is_an_error() -> None:
    with pytest.raises(PathNotFoundError, match="no such configuration file: absent"):
        read_config("absent.toml")


def test_option_before_environment_before_file_before_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve_settings({}, ".")["threads"].source == "default"
    Path("cde.toml").write_text("# ours\nthreads = 3\n")
    setting = resolve_settings({}, ".")["threads"]
    assert (setting.value, setting.source) == (3, "cde.toml:2")
    monkeypatch.setenv("CDE_THREADS", "2")
    setting = resolve_settings({}, ".")["threads"]
    assert (setting.value, setting.source) == (2, "CDE_THREADS")
    setting = resolve_settings({"threads": (1, "--threads")}, ".")["threads"]
    assert (setting.value, setting.source) == (1, "--threads")


def test_the_engine_of_the_environment_is_left_to_the_selection(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve_settings({}, ".").engine() is None
    monkeypatch.setenv("CDE_ENGINE", "python")
    assert resolve_settings({}, ".").engine() is None
    assert resolve_settings({"engine": ("auto", "--engine")}, ".").engine() == "auto"


def test_a_wrong_variable_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDE_THREADS", "lots")
    with pytest.raises(InvalidArgumentError, match="CDE_THREADS: 'lots' is not a whole number"):
        resolve_settings({}, ".")


def test_a_lenient_reading_keeps_the_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("cde.toml").write_text("nonsense = 1\n")
    monkeypatch.setenv("CDE_ENGINE", "gpu")
    settings = resolve_settings({}, ".", lenient=True)
    assert [problem.code for problem in settings.problems] == ["invalid-config", "invalid-argument"]
    assert settings["engine"].source == "default"


def test_readers_check_the_type_of_a_setting() -> None:
    settings = resolve_settings({}, ".")
    assert settings.flag("files.hidden") is False
    assert settings.optional_number("files.max_depth") is None
    for wrong in (
        lambda: settings.flag("threads"),
        lambda: settings.number("files.max_depth"),
        lambda: settings.number("engine"),
        lambda: settings.text("threads"),
        lambda: settings.texts("engine"),
    ):
        with pytest.raises(CdeError):
            wrong()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("threads = \n", "in TOML texts stand in quotes"),
        ("threads = 'x'\n", "for example threads = 4"),
        ("quiet = 1\n", "for example quiet = true"),
        ("engine = 'c'\n", 'for example engine = "auto"'),
        ("[files]\nglob = 'x'\n", 'for example glob = ["docs/**"]'),
        ("[files]\nmin_size = true\n", 'for example min_size = "10k"'),
        ("[docs]\nseverity = 1\n", 'for example severity = { missing-file = "error" }'),
        ("[docs]\nper_path_ignore = 1\n", 'for example per_path_ignore = { "archive/**" = ["missing-file"] }'),
    ],
)
def test_what_is_wrong_comes_with_advice(tmp_path: Path, text: str, hint: str) -> None:
    (tmp_path / "cde.toml").write_text(text)
    with pytest.raises(InvalidConfigError) as caught:
        read_config(str(tmp_path / "cde.toml"))
    assert (caught.value.hint or "").startswith(hint)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.key)
def test_the_advice_is_good(setting: Setting) -> None:
    import tomllib

    (value,) = tomllib.loads(example_of(setting)).values()
    value_from_file(setting, value)
