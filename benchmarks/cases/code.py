"""Definitions and measures of Python sources, against parsers, a tagger and programs that measure complexity."""

from __future__ import annotations

from harness.case import Case, Contestant, Target

__all__ = ["CASES", "TARGETS"]

RUST = "cde code metrics (in process)"
SYMBOLS = "cde code symbols (in process)"
PYTHON = "cde code metrics, Python engine (in process)"
CTAGS = "ctags"
TREE_SITTER = "py-tree-sitter loop"
LIZARD = "lizard loop"
RADON = "radon loop"
COMPLEXIPY = "complexipy"


def _program(name: str, tool: str, *arguments: str, agrees: str | None = None) -> Contestant:
    script, *rest = arguments
    command = ("{python}", "{programs}/" + script, *rest, "{corpus}")
    return Contestant(name, tool, command, in_process=True, counts="answer", agrees=agrees)


CASES = (
    Case(
        "code-python",
        "Definitions, lines and complexity of every function of Python sources",
        "django",
        "cpu",
        RUST,
        (
            _program(RUST, "cde", "cde_code.py", "metrics", "rust", agrees="files"),
            _program(SYMBOLS, "cde", "cde_code.py", "symbols", "rust", agrees="files"),
            _program(PYTHON, "cde", "cde_code.py", "metrics", "python", agrees="files"),
            Contestant(CTAGS, "ctags", ("{ctags}", "-R", "--languages=Python", "-f", "-", "{corpus}")),
            _program(TREE_SITTER, "tree_sitter", "code_loops.py", "tree-sitter"),
            _program("ast loop", "python", "code_loops.py", "ast"),
            _program(LIZARD, "lizard", "code_loops.py", "lizard"),
            _program(RADON, "radon", "code_loops.py", "radon"),
            Contestant(COMPLEXIPY, "complexipy", ("{complexipy}", "--quiet", "{corpus}"), exit_codes=frozenset({0, 1})),
        ),
        "ctags, py-tree-sitter and ast tell definitions only; lizard, radon and complexipy measure without docstrings, "
        "signatures and places in bytes.",
    ),
)

TARGETS = (
    Target("code-python", RUST, "cpu", "times_faster", 8, CTAGS),
    Target("code-python", RUST, "cpu", "times_faster", 40, TREE_SITTER),
    Target("code-python", RUST, "cpu", "times_faster", 80, LIZARD),
    Target("code-python", RUST, "cpu", "times_faster", 100, RADON),
    Target("code-python", RUST, "cpu", "times_faster", 4, COMPLEXIPY),
    Target("code-python", RUST, "cpu", "times_faster", 25, PYTHON),
    Target("code-python", RUST, "cpu", "at_most", 0.5),
)
