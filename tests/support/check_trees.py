"""Trees of documents that link to one another, to files and to nothing, with configurations of sites and of git."""

from __future__ import annotations

import json

from hypothesis import strategies as st

__all__ = ["trees"]

NAMES = (
    "a",
    "A",
    "b",
    "_b",
    "CHANGES",
    "SUMMARY",
    "Includes",
    "index",
    "Index",
    "README",
    "x y",
    "é",
    "100%",
    "c\\d",
    "include",
    "none",
    "a.b",
    "docs",
    "src",
)
EXTENSIONS = (".md", ".MD", ".mdx", ".html", ".png", "", ".rst", ".adoc", ".txt", ".toolongtobe")
MARKERS = (
    "mkdocs.yml",
    "docusaurus.config.ts",
    "docfx.json",
    "book.toml",
    "hugo.toml",
    "conf.py",
    ".vitepress/config.ts",
    "docs/conf.py",
    ".obsidian/app.json",
    "docs/.gitbook.yaml",
    "src/docusaurus.config.js",
    ".gitignore",
    "Cargo.toml",
)
FRAGMENTS = (
    "",
    "one",
    "One",
    "two",
    "tow",
    "nope",
    "top",
    "L3",
    "L3-L9",
    "fn-n",
    "%6Fne",
    "%zz",
    "é",
    "tab/x",
    "a:~:text=b",
)
ODD = (
    "",
    "//host/x",
    "file:///x",
    "C:\\x",
    "\\\\\\\\u\\x",
    "mailto:x",
    "{{ x }}",
    "~/a.md",
    "@site/a.md",
    "../../pulls",
    "https://h/o/r/blob/main/a/b.md",
)
DRAWN_IN = ("{{#include x.md}}", "--8<-- 'x'", "import X from './x.md'", "[!INCLUDE [x](include/a.md)]")
VAGUE = ("here", "Here.", "click here", "HERE..", "this link", "lin\u212a", "more", "[more]", "*Read more*", "")
AGENT_FILES = ("AGENTS.md", "src/CLAUDE.md", "a/SKILL.md", "SKILL.md", "docs/b/SKILL.md", "README.md")
MANIFESTS = {
    "Makefile": "CC := gcc\n.PHONY: lint a.b\ntest docs: x ; echo\n\tmake y\nbuild-%.o:: z\r\nX ?= 1\n",
    "src/makefile": "all:\n%: y\n",
    "b/x.mk": "-include $(wildcard *.d)\n",
    "package.json": '{\n "name": "x", "scripts": {"test": "x", "a:b": "y", "\\u00e9": ""}\n}\n',
    "a/package.json": "{",
    "justfile": "set shell := ['x']\n@fmt arg='x:y': build\n  cargo\nalias f := fmt\nx := '1'\nbuild:\n",
}
COMMANDS = (
    "make test lint",
    "$ make tests && make build-x.o docs; just fmt | just f",
    "just nope",
    "sudo make CC=clang nope.o",
    "npm run test -- -x",
    "pnpm run a:c; npm run-script b",
    "npm run c --workspace=x",
    "python3 src/none.py",
    "bash ./src/x.sh | ./a/none.sh:3",
    "make -C src nope",
    "make \u212aest",
    "cd src && make gone",
    "# make comment",
)
SPANS = (
    "src/none.py",
    "docs/none/",
    "./a/none.md:12",
    "a/none.md:12:x",
    "src/.env",
    "src/foo.py",
    "a/b.c/d.toolongtobe",
    "src//x.py",
    "src/../x.py",
    "src/*.py",
    "@a/b.md",
    "docs/none.md/",
    "none/none.md",
    "make nope",
    "npm run nope",
)
SKILLS = (
    "",
    "---\nname: a\ndescription: x\n---\n",
    "---\nname: A-b\n---\n",
    "---\nname: b--c\ndescription: ' '\n---\n",
    "---\nname: \u00e9\ndescription: 1\n---\n",
    "+++\nname = 'b'\ndescription = '" + "x" * 1025 + "'\n+++\n",
    "---\nname: " + "a" * 65 + "\n---\n",
    "---\nname: [\n---\n",
)
FRONT_MATTER = (
    *("", "", ""),
    "---\ntitle: A\n---\n",
    "---\na: [\n---\n",
    "---\na: 1\nb:\n  c: 1\n  c: 2\na: 2\n---\n",
    "+++\na = 1\na = 2\n+++\n",
    '{"a": 1, "a": 2}\n',
    "---\nreview_by: 2024-02-29\n'next_review': 2024-03-01\n---\n",
    "---\r\na: |\r\n  review_by: x\r\nreview_by : 2023-02-29\r\n---\r\n",
    "+++\n a = 1\n review_by = 2020-01-01T10:00:00Z\n[b]\nreview_by = 1\n+++\n",
    '{"x": {"review_by": 1},\n "review_by" : "soon", "next_review": ["2020-01-01"]}\n',
    '---\nreview_by: \u0662\u0660\u0662\u0660-01-01\nnext_review:\n"review\\x5fby": 9999-99-99\n---\n',
)
# Addresses of remotes, and the beginnings of addresses of files that may be theirs.
ADDRESSES = (
    "git@github.com:Owner/repo.git",
    "https://u:p@WWW.github.com:443/owner/repo/",
    "ssh://git@host.example/a/b/c",
    "owner/repo",
    "file:///owner/repo",
    "https://github.com/\u212aner/repo",
    'git@github.com:owner/repo.git"',
)
OWN = (
    "https://github.com/owner/repo/blob/main/",
    "https://GitHub.com/OWNER/repo/tree/x/y/",
    "HTTPS://github.com/owner/repo/raw/refs/heads/x/",
    "https://raw.githubusercontent.com/owner/repo/HEAD/",
    "https://host.example/a/b/c/-/blob/master/",
    "https://host.example/a/b/c/src/branch/x%2Fy/",
    "https://github.com/\u212aner/repo/blob/main/",
    "https://github.com/owner/repo/blob/main/%2e%2e/",
    "https://github.com/owner/repo/blob/v1/",
)
BRANCHES = ("main", "x", "x/y", "../x", "\u212a")
SUFFIXES = ("", "/", "?q", "?", "%20", "%00", ".", "%2Fb")
NESTED = st.lists(st.sampled_from(NAMES), max_size=2)


@st.composite
def paths(draw: st.DrawFn) -> str:
    """The path of a file of the tree."""
    return "/".join((*draw(NESTED), draw(st.sampled_from(NAMES)) + draw(st.sampled_from(EXTENSIONS))))


@st.composite
def targets(draw: st.DrawFn, known: list[str]) -> str:
    """Something that a link may lead to, most often something like one of the ``known`` paths."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.sampled_from(ODD))
    start = draw(st.sampled_from(("", "", "./", "../", "../../", "/", "/", "/docs/", "..\\", "%2e%2e/")))
    name = draw(paths()) if kind == 1 else draw(st.sampled_from(known))
    if draw(st.integers(0, 5)) == 0:
        start = draw(st.sampled_from(OWN))
    if kind == 2:
        name = name.swapcase()
    elif kind == 3:
        name = name.rpartition(".")[0] + draw(st.sampled_from(("", ".html", ".md", "/")))
    elif kind == 4:
        name = name.rpartition("/")[2]
    end = draw(st.sampled_from(SUFFIXES)) if draw(st.integers(0, 3)) == 0 else ""
    fragment = "#" + draw(st.sampled_from(FRAGMENTS)) if draw(st.booleans()) else ""
    return start + name.replace(" ", "%20") + end + fragment


@st.composite
def lines(draw: st.DrawFn, known: list[str]) -> str:
    """A line of a document."""
    kind = draw(st.integers(0, 18))
    target = targets(known)
    label = draw(st.sampled_from(("r", "R", "rr", "*x*", "s t")))
    if kind < 6:
        return "".join(f"[t]({target}) " for target in draw(st.lists(target, min_size=1, max_size=3)))
    scope = draw(st.sampled_from(("", "-file", "-fille", "-next", "d")))
    rule = draw(
        st.sampled_from(
            (
                "",
                "missing-file",
                "links",
                "x",
                "mising-file, x y z w",
                "unused-directive",
                "structure,self-link",
                "\u00e9\u2003x",
            )
        )
    )
    others = (
        f"# {draw(st.sampled_from(('One', 'Two', 'one', 'É', 'One {#explicit}')))}",
        f"[t][{label}] [{label}][] [{label}] ![i][{label}]",
        f"\n[{label}]: {draw(target) or '<>'}\n"
        + draw(st.sampled_from(("", f"[{label}]: x.md\n[r]: a.md ", "\n[R]:\ty"))),
        f'<a name="two"></a> <img src="{draw(target)}"> <a href="{draw(target)}">x</a>',
        f"<!-- cde-ignore{scope} {rule} -->",
        f"![image]({draw(target)} 'title')",
        draw(st.sampled_from(("x[^n]\n\n[^n]: note\n", "[[b]] [[a/README|x]] [[none#One]]", "[x](b.md) [y](README)"))),
        draw(st.sampled_from(DRAWN_IN)),
        f"{'#' * draw(st.integers(1, 6))} {draw(st.sampled_from(('One', 'Two', '', '*One*', 'CHANGES')))}",
        f"[{draw(st.sampled_from(VAGUE))}]({draw(target)}) ![]({draw(target)}) ![ ](x)",
        draw(st.sampled_from(("```\nx\n```", "~~~ sh\nx\n~~~", "- ```\n  x", "````md\n```", "    x"))),
        draw(
            st.sampled_from(("# One & Two\n# One & Two\n[x](#one--two) [y](#one-two_1) [z](#q) {: #q a=b }", "::: x"))
        ),
        draw(st.sampled_from(("<h1>One</h1>", "<p><H2\n>x", "<hr>", "<h7>"))),
    )
    return others[kind - 6]


FOLDERS = st.sampled_from(
    ("docs", ".", "./src/", "a", "x y", "", "../../..", "/etc", "a/../b", "none", "é", "docs\\\\0", "${x}", "..")
)
YAML_VALUES = (
    *("", " null", " [a, b]", " {a: b}", " 3", " !ENV DOCS", " !ENV [A, docs]", " !!str docs", " &a docs", " *a"),
    *(" !!python/object/apply:os.system [x]", "\n  !!python/name:x.y", " 'docs", " |\n  a.md\n  /b/*\n  !x.md", " [[["),
)
ENTRIES = st.sampled_from(("b.md", "README.md", "nope.md", "b/", "http://x/y", "*.md", "../a.md", "index.md", "docs"))
EXTENSION_LISTS = (
    "[toc]",
    "\n  - toc:\n      slugify: !!python/name:x\n",
    "\n  toc: {permalink: true}\n",
    "[admonition]",
)


@st.composite
def yaml_configurations(draw: st.DrawFn) -> str:
    """Something like ``mkdocs.yml`` or a configuration of Hugo or Jekyll."""
    lines = [draw(st.sampled_from(("", "", "---\n", "# x\n---\n", "%YAML 1.2\n---\n", "\ufeff", "--- \n")))]
    for key in draw(
        st.lists(st.sampled_from(("docs_dir", "contentDir", "source", "staticDir", "site_url")), max_size=3)
    ):
        value = draw(st.sampled_from(YAML_VALUES)) if draw(st.booleans()) else f" '{draw(FOLDERS)}'"
        lines.append(f"{key}:{value}\n")
    if draw(st.booleans()):
        lines.append("nav:\n")
        forms = st.sampled_from(("  - {}\n", "  - T: '{}'\n", "  - T:\n    - {}\n"))
        lines += [draw(forms).format(entry) for entry in draw(st.lists(ENTRIES, max_size=4))]
    lines += draw(
        st.lists(
            st.sampled_from(
                (
                    *("hooks: [x.py]\n", "INHERIT: x.yml\n", "plugins: [search]\n", "plugins: {i18n: {}}\n"),
                    *("plugins:\n  - blog\n  - exclude:\n      glob: [a/*, '*.md']\n", "plugins: [mkdocstrings]\n"),
                    *("not_in_nav: |\n  /b.md\n  x/\n", "exclude_docs: '*.md'\n", "...\n", "---\n", "\tx: 1\n"),
                    *(f"markdown_extensions: {extensions}\n" for extensions in EXTENSION_LISTS),
                )
            ),
            max_size=3,
        )
    )
    return "".join(lines)


@st.composite
def toml_configurations(draw: st.DrawFn) -> str:
    """Something like ``book.toml`` or ``hugo.toml``."""
    return draw(st.sampled_from(("", "x = [", "[book]\n", "[output.html]\nsite-url = '/docs/'\n[book]\n"))) + draw(
        st.builds(
            lambda key, value: f"{key} = {value}\n",
            st.sampled_from(("src", "contentDir", "CONTENTDIR", "staticDir", "baseURL")),
            st.one_of(FOLDERS.map(lambda path: f"'{path}'"), st.sampled_from(("['a', 'docs']", "3", "{}"))),
        )
    )


SCRIPT_PIECES = (
    *(
        "docs: {",
        "'docs': {",
        "path: '../docs',",
        'path: "docs",',
        "path: DOCS,",
        "sidebarPath: './sidebars',",
        "}",
        "]",
    ),
    *(
        "sidebarPath: require.resolve('./sidebars.js'),",
        "staticDirectories: ['static', 'a'],",
        "baseUrl: '/docs/',",
        "[",
    ),
    *(
        "['@docusaurus/plugin-content-docs', {",
        "// x\n",
        "/* { */",
        "/* {",
        "re: /[/{'\"]/g,",
        "x: a / b,",
        "'",
        "`{`,",
    ),
    *(
        "editUrl: () => x,",
        "{",
        "(",
        ")",
        "export default {",
        "module.exports = {",
        "a: `${b}`,",
        "\\",
        "\n",
        "=/[",
        "é,",
    ),
)
SIDEBAR_PIECES = (
    *(
        "module.exports = {",
        "export default {",
        "const x: T = {",
        "{",
        "}",
        "[",
        "]",
        "docs: [",
        "'b',",
        "'README',",
        "],",
    ),
    *(
        "{type: 'doc', id: 'a/b'},",
        "{type: 'autogenerated', dirName: '.'},",
        "...x,",
        "f(),",
        "'T': ['index'],",
        "true,",
    ),
    *("{type: 'category', label: 'x', items: ['docs/b', 'a']},", "// 'c'\n", "dirName: 'a',", "};"),
)
PYTHON_LINES = (
    *("html_static_path = ['docs']", "html_extra_path = [\"a\", 'b',]", "html_static_path = [", "html_extra_path = x"),
    *(
        "html_static_path = ['a' 'b']",
        "html_static_path = ['a\\n']",
        "html_extra_path = []",
        "html_static_path == ['a']",
    ),
    *(" html_static_path = ['a']", "html_extra_path=[\n  'docs',\n  'é',\n]", "html_static_path_x = ['a']"),
)


def joined(pieces: tuple[str, ...], separator: str, most: int) -> st.SearchStrategy[str]:
    """Some of ``pieces``, one after the other."""
    return st.lists(st.sampled_from(pieces), max_size=most).map(separator.join)


CONFIGURATIONS = (
    *((name, yaml_configurations()) for name in ("mkdocs.yml", "mkdocs.yml", "docs/_config.yml", "hugo.yaml")),
    *((name, toml_configurations()) for name in ("book.toml", "hugo.toml", "docs/zensical.toml")),
    ("hugo.json", st.sampled_from(("", "{}", '{"contentDir": "docs"}', '{"contentDir": ["a", 1]}', "[]", "{", " {}"))),
    ("docusaurus.config.ts", joined(SCRIPT_PIECES, " ", 12)),
    ("src/docusaurus.config.js", joined(SCRIPT_PIECES, "\n", 12)),
    ("sidebars.js", joined(SIDEBAR_PIECES, " ", 12)),
    ("src/sidebars.ts", joined(SIDEBAR_PIECES, " ", 12)),
    ("conf.py", joined(PYTHON_LINES, "\n", 4)),
)


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, str]:
    """Configurations of sites and their content."""
    chosen = draw(st.lists(st.sampled_from(CONFIGURATIONS), max_size=3))
    return {name: draw(content) for name, content in chosen}


@st.composite
def git_files(draw: st.DrawFn) -> dict[str, str]:
    """What makes the tree a repository with remotes; often nothing."""
    if draw(st.integers(0, 2)) == 0:
        return {}
    urls = "".join(f'[remote "{address}"]\nurl = {address}\n' for address in draw(st.sets(st.sampled_from(ADDRESSES))))
    files = {
        ".git/HEAD": f"ref: refs/heads/{draw(st.sampled_from(BRANCHES))}\n",
        ".git/config": "[core]\n" + urls,
        ".git/objects/x": "",
        ".git/refs/x": "",
    }
    if draw(st.booleans()):
        files[".git/refs/remotes/origin/HEAD"] = f"ref: refs/remotes/origin/{draw(st.sampled_from(BRANCHES))}\n"
    return files


@st.composite
def agent_files(draw: st.DrawFn) -> dict[str, str]:
    """Files for agents, and what they may speak of; often nothing."""
    if draw(st.booleans()):
        return {}
    files = {name: MANIFESTS[name] for name in draw(st.sets(st.sampled_from(sorted(MANIFESTS))))}
    prefix = st.sampled_from(("", "", "Create ", "\u212aeep ", "1. "))
    for name in draw(st.lists(st.sampled_from(AGENT_FILES), min_size=1, max_size=2)):
        commands = "\n".join(draw(st.lists(st.sampled_from(COMMANDS), max_size=3)))
        fence = f"```{draw(st.sampled_from(('sh', 'BASH', 'console', 'py', '')))}\n{commands}\n```\n"
        spans = [f"{draw(prefix)}`{span}`\r\n" for span in draw(st.lists(st.sampled_from(SPANS), max_size=4))]
        files[name] = draw(st.sampled_from(SKILLS)) + "# A\n\n" + "".join(spans) + "\n" + fence
    return files


@st.composite
def rst_lines(draw: st.DrawFn, known: list[str]) -> str:
    """Lines of reStructuredText."""
    target = draw(targets(known))
    name = draw(st.sampled_from(("r", "R", "rr", "s t", "One", "1")))
    title = draw(st.sampled_from(("One", "Two", "one", "É")))
    return draw(
        st.sampled_from(
            (
                f"`t <{target}>`_ `u <{target}>`__",
                f":doc:`{target.rpartition('.')[0]}` :doc:`/{target}` :download:`t <{target}>`",
                f".. toctree::\n\n   {target}\n   T <{target.rpartition('.')[0]}>\n",
                f"\n{title}\n===\n",
                f"\n{title}\n---\n",
                f"\n.. _{name}: {target}\n",
                f"\n.. _{name}:\n",
                f"`{name}`_ `t <{name}_>`_ r_ [1]_",
                f".. image:: {target}",
                f"\n.. include:: {target}\n",
                "\n.. cde-ignore missing-file\n",
                "\n.. [1] note\n.. [#] note\n.. [#] note\n",
            )
        )
    )


@st.composite
def asciidoc_lines(draw: st.DrawFn, known: list[str]) -> str:
    """Lines of AsciiDoc."""
    target = draw(targets(known))
    name = draw(st.sampled_from(("one", "_one", "One", "Two words", "{x}", "nope", "one-1")))
    return draw(
        st.sampled_from(
            (
                f"link:{target}[t] xref:{target}[u] <<{target}>>",
                f"<<{name}>> <<{target},x>> xref:{name}[]",
                f"\n{'=' * draw(st.integers(1, 5))} {name}\n",
                f"\n[#{name}]\n== Two words\n",
                f"\nimage::{target}[]\n",
                f"\ninclude::{target}[]\n",
                "\n----\ncode\n",
                "\n// cde-ignore links\n",
            )
        )
    )


def notebook_of(text: str) -> str:
    """A notebook with one cell of Markdown, one string a line."""
    source = text.splitlines(keepends=True)
    return json.dumps({"cells": [{"cell_type": "markdown", "source": source}]}, indent=1)


@st.composite
def documents_of(draw: st.DrawFn, paths: list[str], known: list[str]) -> dict[str, str]:
    """The content of each document, in the format that its name tells."""
    contents = {}
    for path in paths:
        strategy = rst_lines if path.endswith(".rst") else asciidoc_lines if path.endswith(".adoc") else lines
        text = "\n".join(draw(st.lists(strategy(known), max_size=6)))
        if strategy is lines:
            text = draw(st.sampled_from(FRONT_MATTER)) + text
        contents[path] = notebook_of(text) if path.endswith(".ipynb") else text
    return contents


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Files and their content; a file may stand where another needs a folder."""
    extension = st.sampled_from((".md", ".md", ".rst", ".adoc", ".ipynb"))
    documents = draw(st.lists(st.builds("{}{}".format, paths(), extension), min_size=1, max_size=4))
    others = draw(st.lists(st.one_of(paths(), st.sampled_from(MARKERS)), max_size=6))
    filling = draw(st.sampled_from(("a.png\n", "a.png\n", "source_suffix = ['.rst', '.txt']\n")))
    return {
        **draw(git_files()),
        **draw(agent_files()),
        **dict.fromkeys(others, filling),
        **draw(configurations()),
        **draw(documents_of(documents, [*documents, *others])),
    }
