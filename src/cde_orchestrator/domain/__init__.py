"""The nouns of CDE: frozen records and value objects, without input, output or third-party imports.

Both engines produce exactly these classes. The order of a class's fields is the order of the keys in its JSON form.
In Python a path is a ``str`` in the form of :func:`os.fsdecode`, so it can be opened; in JSON and on a terminal it is
escaped by :mod:`cde_orchestrator.domain.paths`.

>>> from cde_orchestrator.domain.envelope import Diagnostic
>>> from cde_orchestrator.domain.encoding import to_json
>>> to_json(Diagnostic("a.md", 1, 1, "frontmatter-invalid", "warning", "no closing fence"))
b'{"path":"a.md","line":1,"column":1,"code":"frontmatter-invalid","severity":"warning","message":"no closing fence"}'
"""
