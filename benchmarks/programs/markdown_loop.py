"""The loop that a Python script would have: ``python-frontmatter`` and ``markdown-it-py`` over every document.

It collects metadata, headings and link targets, and checks nothing.
"""

import os

import frontmatter
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from timed import measure, root

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def document(path: str) -> tuple[object, list[str], list[str]]:
    """Metadata, headings and links of one file."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    try:
        post = frontmatter.loads(text)
        metadata, body = post.metadata, post.content
    except Exception:  # A broken front matter: YAML raises many classes.
        metadata, body = None, text
    headings, links = [], []
    tokens = PARSER.parse(body)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            headings.append(tokens[place + 1].content)
        links += [str(child.attrGet("href")) for child in token.children or () if child.type == "link_open"]
    return metadata, headings, links


def scan() -> list[tuple[object, list[str], list[str]]]:
    """Every Markdown file outside hidden folders."""
    found = []
    for folder, folders, names in os.walk(root()):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            document(os.path.join(folder, name))
            for name in names
            if name.endswith((".md", ".markdown", ".mdx")) and not name.startswith(".")
        ]
    return found


measure(scan)
