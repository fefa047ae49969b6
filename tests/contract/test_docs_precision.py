"""What an independent sample of findings showed to be wrong: each cause with what must still be found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cde_orchestrator.domain.options import CheckOptions, ScanOptions, TreeOptions
from cde_orchestrator.engines.select import Engines

MakeTree = Callable[[Mapping[str, str | bytes]], Path]
PUBLISHING = ".openpublishing.publish.config.json"


def found(engines: Engines, root: Path, *rules: str, hidden: bool = False) -> list[tuple[str, int, str]]:
    """Places and rules of all findings, of ``rules`` alone."""
    tree = engines.filesystem.open_tree(str(root), TreeOptions(hidden=hidden))
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, CheckOptions(select=rules))
    return [(finding.path, finding.line, finding.rule) for finding in answer.items]


@pytest.mark.parametrize(
    "text",
    [
        "<Tabs>\n  <Tab>\n    ```js\n    a\n```\n  </Tab>\n</Tabs>\n\n## Then\n",
        "<Tabs>\n  ```js\n  a\n        ```\n</Tabs>\n\n## Then\n",
        "1. One\n\n    - x\n\n    <T>\n      <F>\n      ```sh\n    npm\n      ```\n      </F>\n    </T>\n\n## Then\n",
        "3. Three\n\n   <T>\n      <F>\n        ```json\n        {}\n    ```\n      </F>\n   </T>\n\n## Then\n",
    ],
)
def test_a_fence_in_jsx_may_be_indented(text: str, engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.mdx": f"# A\n\n[then](#then)\n\n{text}"})
    assert found(engines, root, "unclosed-fence", "missing-anchor") == []


@pytest.mark.parametrize(
    "text",
    [
        "1.  ```md\n    a\n    ```\n\n2.  ```md\n    a\n    ```\n",
        "1. One\n   - inner\n\n   ```js\n   a\n   ```\n",
        "1. One\nwhich goes on\n\n   ```js\n   a\n   ```\n\n   <T>\n      ```js\n   a\n        ```\n   </T>\n",
        "    1. One\n\n    :::js\n    ```js\n    a\n```\n",
    ],
)
def test_a_fence_in_an_item_in_jsx(text: str, engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.mdx": f"# A\n\n[then](#then)\n\n<Box>\n\n{text}\n\n</Box>\n\n## Then\n"})
    assert found(engines, root, "unclosed-fence", "missing-anchor") == []


def test_a_fence_in_an_item_needs_its_indentation(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.mdx": "# A\n\n<T>\n\n- x\n  ```js\n  a\n```\n\n</T>\n"})
    assert found(engines, root, "unclosed-fence") == [
        ("a.mdx", 6, "unclosed-fence"),
        ("a.mdx", 8, "unclosed-fence"),
    ]


def test_anchors_of_vitepress(engines: Engines, make_tree: MakeTree) -> None:
    page = "# A\n\n## server.port\n\n## 2. Énd?\n\n[a](#server-port) [b](#_2-end) [c](#server_port)\n"
    root = make_tree({"docs/.vitepress/config.ts": "", "docs/a.md": page, "b.md": page})
    lines = found(engines, root, "missing-anchor")
    assert [path for path, _, _ in lines] == ["b.md", "b.md", "b.md", "docs/a.md"]


def test_anchors_of_signs_alone(engines: Engines, make_tree: MakeTree) -> None:
    page = "# A\n\n## `$$`\n\n## `$?`\n\n[a](#section) [b](#section-1) [c](#section-2)\n"
    root = make_tree({"docfx.json": "{}", "a.md": page})
    assert found(engines, root, "missing-anchor") == [("a.md", 7, "missing-anchor")]


def test_anchors_and_pictures_of_lume(engines: Engines, make_tree: MakeTree) -> None:
    page = '# A\n\n## Deno.stat  now\n\n[a](#deno.stat-now) [b](#stat)\n\n<img src="./index.png">\n'
    root = make_tree({"_config.ts": "", "deno.json": "{}", "a.md": page})
    assert found(engines, root, "missing-anchor", "missing-file") == [("a.md", 5, "missing-anchor")]


def test_what_the_publishing_system_redirects(engines: Engines, make_tree: MakeTree) -> None:
    moved = [{"source_path": "../docs/old.md"}, {"source_path_from_root": "/docs/older.md"}, {"source_path": 1}]
    root = make_tree(
        {
            PUBLISHING: json.dumps({"redirection_files": ["redir/moved.json", "../x.json", "none.json"]}),
            "redir/moved.json": json.dumps({"redirections": moved}),
            "docs/a.md": "# A\n\n[a](old.md) [b](older.md)\n\n[c](oldest.md)\n",
        }
    )
    assert found(engines, root, "missing-file") == [("docs/a.md", 5, "missing-file")]


def test_without_a_list_the_usual_file_of_redirections_counts(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree(
        {
            PUBLISHING: "{}",
            ".openpublishing.redirection.json": '{"redirections": {"old.md": "/new"}}',
            "a.md": "# A\n\n[a](old.md)\n\n[b](other.md)\n",
        }
    )
    assert found(engines, root, "missing-file") == [("a.md", 5, "missing-file")]


def test_what_lies_in_a_folder_of_tests_is_a_hint(engines: Engines, make_tree: MakeTree) -> None:
    severities = {
        "test/source/a.md": "hint",
        "x/tests/gui/b.md": "hint",
        "tests/a.md": "error",
        "tests/gui/README.md": "error",
        "tests/gui/Skill.md": "error",
        "docs/test/gui/a.md": "error",
    }
    root = make_tree(dict.fromkeys(severities, "# A\n\n[a](none.md)\n"))
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, CheckOptions(select=("missing-file",)))
    assert {finding.path: finding.severity for finding in answer.items} == severities


def test_a_variable_is_no_path(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.md": "# A\n\n[a]($BRANCH_URL)\n\n[b]($b.md)\n"})
    assert found(engines, root, "missing-file") == [("a.md", 5, "missing-file")]


@pytest.mark.parametrize(
    ("info", "text"),
    [
        ("json", '{"total": N}'),
        ("json", '{"order": [next free number]}'),
        ("json", '{"a": 1}    → fine'),
        ("json", "{json.dumps(a)}"),
        ("json", '["a", "b"],\n["c", "d"]'),
        ("json title='binding.gyp'", '{"a": [\'OS=="mac"\']}'),
        ('json title="app/tsconfig.json"', '{"a": 1,}'),
        ('json {1} filename=".vscode/settings.json"', '{"a": 1,}'),
    ],
)
def test_forms_and_files_of_other_formats(info: str, text: str, engines: Engines, make_tree: MakeTree) -> None:
    assert found(engines, make_tree({"a.md": f"# A\n\n```{info}\n{text}\n```\n"}), "invalid-data-block") == []


@pytest.mark.parametrize(
    ("info", "text"),
    [
        ("json", '{"a": 1,}'),
        ("json", '{"a": True}'),
        ("json", "{a: 1}"),
        ("json", "{“a”: 1}"),
        ("json", '{0: "a"}'),
        ('json title="package.json"', '{"a": 1,}'),
        ("json title=a.gyp filename='.gemini/settings.json'", '{"a": "→ N",}'),
        ('json title="Version 1.2 (old)"', '{"a": 1,}'),
    ],
)
def test_blocks_that_are_still_wrong(info: str, text: str, engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree({"a.md": f"# A\n\n```{info}\n{text}\n```\n"})
    assert found(engines, root, "invalid-data-block") == [("a.md", 4, "invalid-data-block")]


def test_what_a_skill_may_hold_and_what_it_runs_elsewhere(engines: Engines, make_tree: MakeTree) -> None:
    skill = (
        "---\nname: s\ndescription: d\n---\n# S\n\n"
        "Move details to references/:\n- API → `references/api.md`\n- More:\n  1. `references/more.md`\n\n"
        "Read these:\n\n- `references/gone.md`\n\n"
        "```sh\nnode scripts/run.mjs > scripts/out.md\n```\n\nRead `scripts/out.md`.\n\n"
        "```sh\npytest tests/ -v\npython scripts/train.py\n```\n\n"
        "```sh\npython scripts/gone.py\n```\n"
    )
    root = make_tree({"s/SKILL.md": skill, "s/references/a.md": "# A\n", "s/scripts/run.mjs": ""})
    assert found(engines, root, "agents") == [
        ("s/SKILL.md", 14, "agent-path-missing"),
        ("s/SKILL.md", 28, "agent-command-missing"),
    ]


def test_where_agents_are_kept(engines: Engines, make_tree: MakeTree) -> None:
    page = "# A\n\nProjects keep them in `.claude/agents/`.\n\nSee `.claude/a.json` and `.github/actions/`.\n"
    root = make_tree({"CLAUDE.md": page, ".claude/settings.json": "{}", ".github/x.md": "# X\n"})
    assert [line for _, line, _ in found(engines, root, "agent-path-missing", hidden=True)] == [5, 5]


def test_documents_that_a_program_looks_for_need_no_title(engines: Engines, make_tree: MakeTree) -> None:
    root = make_tree(
        {
            ".changeset/a.md": "---\nb: patch\n---\n\nMended.\n",
            "agents/a.md": "---\nname: a\n---\n\nYou review.\n",
            "b.md": "---\nname: 1\n---\n\nText.\n",
        }
    )
    assert found(engines, root, "no-title", hidden=True) == [("b.md", 1, "no-title")]


@pytest.mark.parametrize(("front_matter", "severity"), [("", "error"), ("---\ntitle: B\n---\n", "warning")])
def test_what_some_program_builds_may_have_more_anchors(
    front_matter: str, severity: str, engines: Engines, make_tree: MakeTree
) -> None:
    root = make_tree({"a.md": "# A\n\n[b](b.md#gone)\n", "b.md": f"{front_matter}# B\n"})
    tree = engines.filesystem.open_tree(str(root), TreeOptions())
    scan = engines.documentation.scan(tree, ScanOptions())
    answer = engines.documentation.check(tree, scan, CheckOptions(select=("missing-anchor",)))
    assert [finding.severity for finding in answer.items] == [severity]
