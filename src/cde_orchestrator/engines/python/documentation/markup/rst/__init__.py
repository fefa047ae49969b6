"""reStructuredText: sections, links, targets, directives and code by their lines.

The twin of the Rust core's ``markup::rst`` module. Rules are those of docutils as far as lines tell them; what it
reports as an error (a title in a list, an underline of a style that skips a level) is no section here either.

- Levels follow the order in which the styles of adornment appear. A slug is the id that docutils makes of the title.
- A link of kind ``wiki`` names a document or a file as Sphinx does (``:doc:``, ``:download:``, ``toctree``,
  ``include``), and one of kind ``reference`` or ``collapsed`` a target of the document (```text <name_>`_``,
  ``name_``).
- What a directive that is not known here holds counts as text.
"""

from .blocks import parse_rst

__all__ = ["parse_rst"]
