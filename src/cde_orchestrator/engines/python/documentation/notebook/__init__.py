"""Notebooks: the Markdown of their cells, and the way back from its lines to those of the file.

The twin of the Rust core's ``notebook`` module, for versions 3 and 4 of the format. The Markdown cells are read as one
text with a blank line between two cells; each of its lines stands in a string of the file, and the line of that string
is the line of a record. Code cells are code blocks. Columns count in the line of the cell; byte offsets are 0, since
the text is not that of the file.
"""

from .cells import InvalidNotebook, Notebook, read_notebook
from .place import relocated

__all__ = ["InvalidNotebook", "Notebook", "read_notebook", "relocated"]
