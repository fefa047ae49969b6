"""Line-based formats (reStructuredText, AsciiDoc, plain text) to the records of a document's body.

The twin of the Rust core's ``markup`` module, with the same names: one shared scanner classifies lines (``lines``),
joins those of a paragraph (``joined``) and keeps what is found (``recorder``); on top of it each format has its own
small recognisers. There is no full grammar: what is nested is told by its indentation or its delimiters, and each line
is looked at once.
"""
