"""Scanning documents and checking their local links, against link checkers, linters and a loop in Python."""

from __future__ import annotations

from harness.case import Case, Contestant, Target

__all__ = ["CASES", "TARGETS"]

RUST = "cde docs check (in process)"
RULES = "cde docs check, every rule (in process)"
WHOLE = "cde docs check (whole process)"
PYTHON = "cde, Python engine (in process)"
FLOOR = "floor: walk, read, parse"
LOOP = "python-frontmatter + markdown-it-py"
LYCHEE = (
    "{lychee}",
    "--config",
    "{programs}/lychee.toml",
    "--offline",
    "--no-progress",
    "--extensions",
    "md,markdown,mdx",
    "--root-dir",
    "{corpus}",
)
IMPORTED = "import cde_orchestrator as cde; cde.engine_info('rust'); cde.check_documentation"
FOUND = frozenset({0, 1, 2})


def _program(name: str, tool: str, *arguments: str, agrees: str | None = "documents") -> Contestant:
    script, *rest = arguments
    command = ("{python}", "{programs}/" + script, *rest, "{corpus}")
    return Contestant(name, tool, command, in_process=True, counts="answer", agrees=agrees)


def _floor() -> Contestant:
    return Contestant(FLOOR, "floor", ("{floor}", "{corpus}"), counts="answer", agrees="documents")


def _checks(name: str, corpus: str, *, slow: bool) -> Case:
    command = ("{cde}", "docs", "check", "{corpus}", "--select", "links", "--format", "json")
    contestants = [
        _program(RUST, "cde", "cde_docs.py", "check", "rust"),
        _program(RULES, "cde", "cde_docs.py", "rules", "rust"),
        Contestant(WHOLE, "cde", command, exit_codes=FOUND),
        _floor(),
        Contestant("lychee --offline", "lychee", (*LYCHEE, "{corpus}"), exit_codes=FOUND),
        Contestant(
            "lychee --offline --include-fragments",
            "lychee",
            (*LYCHEE, "--include-fragments=anchor-only", "{corpus}"),
            exit_codes=FOUND,
        ),
        Contestant(
            "rumdl check", "rumdl", ("{rumdl}", "check", "--no-config", "--no-cache", "{corpus}"), exit_codes=FOUND
        ),
        _program(LOOP, "markdown_it", "markdown_loop.py"),
    ]
    if slow:
        contestants += [
            Contestant("markdownlint-cli2", "markdownlint", ("{markdownlint}", "**/*.md"), exit_codes=FOUND),
            _program(PYTHON, "cde", "cde_docs.py", "check", "python"),
        ]
    return Case(
        name,
        "Scan all documents in full, check local links and anchors",
        corpus,
        "cpu",
        RUST,
        tuple(contestants),
        "lychee checks links without keeping documents; rumdl and markdownlint-cli2 check style as well; the loop "
        "checks nothing.",
    )


def _engines(name: str, corpus: str) -> Case:
    command = ("{cde}", "docs", "scan", "{corpus}", "--detail", "full", "--format", "json", "--engine")
    return Case(
        name,
        "Scan in full and write the JSON, engine against engine: the same bytes",
        corpus,
        "cpu",
        "cde, Rust engine",
        (
            Contestant("cde, Rust engine", "cde", (*command, "rust"), counts="envelope", agrees="bytes"),
            Contestant("cde, Python engine", "cde", (*command, "python"), counts="envelope", agrees="bytes"),
        ),
    )


_MEMORY = Case(
    "docs-memory",
    "Peak memory of the scan with its check",
    "cpp-docs",
    "peak",
    RUST,
    (
        _program(RUST, "cde", "cde_docs.py", "check", "rust"),
        _program("cde docs scan (in process)", "cde", "cde_docs.py", "scan", "rust"),
        Contestant("the interpreter", "python", ("{python}", "-c", "pass")),
        Contestant("CDE imported, nothing asked", "cde", ("{python}", "-c", IMPORTED)),
        _floor(),
        Contestant("lychee --offline", "lychee", (*LYCHEE, "{corpus}"), exit_codes=FOUND),
    ),
)

CASES = (
    _checks("docs-check", "cpp-docs", slow=True),
    _checks("docs-check-made", "markdown", slow=False),
    _checks("docs-check-mdx", "react-native-website", slow=False),
    _engines("docs-engines", "rust-book"),
    _engines("docs-engines-made", "markdown"),
    _MEMORY,
)

TARGETS = (
    Target("docs-check", RUST, "cpu", "at_most_times", 1.5, FLOOR),
    Target("docs-check", RUST, "cpu", "times_faster", 3, "lychee --offline", goal=4),
    Target("docs-check", RUST, "cpu", "times_faster", 5, "lychee --offline --include-fragments", goal=7),
    Target("docs-check", RUST, "cpu", "times_faster", 13, "rumdl check", goal=18),
    Target("docs-check", RUST, "cpu", "times_faster", 40, LOOP, goal=55),
    Target("docs-check", RUST, "cpu", "times_faster", 200, "markdownlint-cli2", goal=300),
    Target("docs-check", RUST, "cpu", "times_faster", 20, PYTHON),
    Target("docs-check", PYTHON, "cpu", "at_most_times", 1, LOOP),
    Target("docs-check", RULES, "cpu", "times_faster", 4, "lychee --offline --include-fragments"),
    Target("docs-check", RULES, "cpu", "times_faster", 10, "rumdl check"),
    Target("docs-memory", RUST, "peak", "above", 40, "the interpreter"),
)
