"""AsciiDoc: sections, links, anchors, blocks and code by their lines.

The twin of the Rust core's ``markup::asciidoc`` module. Rules are those of Asciidoctor as far as lines tell them.
Nothing is included and no condition is evaluated: both branches of one are text of the document.

- The title of the document has level 1, ``==`` level 2. A slug is the id that Asciidoctor makes of the title, with the
  document's own ``idprefix`` and ``idseparator``; a section with an id of its own has that one as its slug.
- A link of kind ``reference`` is written ``<<id>>``, one of kind ``inline`` is a macro (``xref:``, ``link:``,
  ``include::``, an address with a text in brackets).
"""

from .blocks import parse_asciidoc

__all__ = ["parse_asciidoc"]
