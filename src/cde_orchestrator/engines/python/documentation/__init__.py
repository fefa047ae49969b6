"""The documentation capability in pure Python: front matter, Markdown, slugs, links and their checks.

Markdown is read by a parser of this package in two phases (:mod:`.markdown_blocks`, :mod:`.markdown_inline`); see
``docs/decisions/0006-markdown-parsers.md`` for why.

>>> from cde_orchestrator.engines.python.documentation.document import parse_document
>>> document = parse_document("# Guide\\n\\nRead [this](next.md).\\n", "markdown")
>>> document.title, document.links[0].target, document.word_count
('Guide', 'next.md', 3)
"""
