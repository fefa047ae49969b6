"""The settings of the code capability."""

from __future__ import annotations

from ...domain.options import SymbolOptions
from .setting import Setting

__all__ = ["CODE"]

_SYMBOLS = SymbolOptions()

CODE = (
    Setting(
        "code.kinds",
        "names",
        _SYMBOLS.kinds,
        "Only definitions of these kinds (class, function, method, constant, ...), with commas between.",
        "--kind",
        short="-k",
        metavar="KIND",
    ),
    Setting(
        "code.exported",
        "flag",
        _SYMBOLS.exported,
        "Only definitions that their file offers to others.",
        "--exported/--no-exported",
    ),
    Setting(
        "code.types",
        "names",
        _SYMBOLS.types,
        "Only files in these languages, by name or extension, with commas between.",
        "--type",
        short="-t",
        metavar="TYPE",
    ),
    Setting(
        "code.max_code_bytes",
        "size",
        _SYMBOLS.max_code_bytes,
        "Larger source files are named in a diagnostic and not analysed.",
        "--max-code-bytes",
        metavar="SIZE",
        least=1,
    ),
    Setting(
        "code.top",
        "number",
        20,
        "Functions that the text of the measures shows, most complex first; 0 means all.",
        "--top",
        metavar="N",
    ),
)
