"""``linguist-vendored`` and ``linguist-generated`` from ``.gitattributes``. The twin of ``cde_filesystem::attributes``.

Lines are patterns, as in gitignore(5) but without negation, followed by attributes: ``name`` and ``name=true`` set one,
``-name`` and ``name=false`` unset it, ``!name`` takes back what weaker lines said. Macros (``[attr]``) that expand to
one of the two are followed. Within a file the last line wins, and a deeper file wins over one above.

>>> rules = parse_attributes(b"dist/** linguist-generated\\n*.min.js -linguist-generated\\n", {}, fold=False)
>>> rules.decide(b"a.js", b"dist/a.js"), rules.decide(b"a.min.js", b"dist/a.min.js")
({'linguist-generated': True}, {'linguist-generated': False})
"""

from __future__ import annotations

from dataclasses import dataclass

from .ignore import Pattern, parse_pattern

__all__ = ["AttributeList", "Macros", "parse_attributes"]

_NAMES = (b"linguist-generated", b"linguist-vendored")
_BLANK = b" \t\r\n"
_MAX_LINE = 2048
_ESCAPES = {0x61: 7, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9, 0x76: 11}

# ``None`` is "unspecified", said on purpose.
Assignments = dict[str, bool | None]
Macros = dict[bytes, Assignments]


@dataclass(slots=True)
class AttributeList:
    """The lines of one file that matter here, in order."""

    lines: list[tuple[Pattern, Assignments]]

    def decide(self, name: bytes, path: bytes) -> Assignments:
        """What the file says about the entry ``name`` at ``path``, which is relative to the file's folder."""
        said: Assignments = {}
        for pattern, assignments in self.lines:
            if not pattern.directory_only and pattern.matches(name, path):
                said.update(assignments)
        return said


def _unquote(line: bytes) -> tuple[bytes, bytes] | None:
    """The text in C-style double quotes at the start of ``line``, and what follows."""
    text = bytearray()
    index = 1
    while index < len(line):
        byte = line[index]
        index += 1
        if byte == 0x22:
            return bytes(text), line[index:]
        if byte != 0x5C:
            text.append(byte)
            continue
        octal = line[index : index + 3]
        if len(octal) == 3 and octal[:1] in b"0123" and all(0x30 <= digit <= 0x37 for digit in octal):
            text.append(int(octal, 8))
            index += 3
        elif index < len(line) and (line[index] in _ESCAPES or line[index] in b'\\"'):
            text.append(_ESCAPES.get(line[index], line[index]))
            index += 1
        else:
            return None
    return None


def _assignments(words: bytes, macros: Macros) -> Assignments:
    said: Assignments = {}
    for word in words.replace(b"\t", b" ").replace(b"\r", b" ").split(b" "):
        name, equals, value = word.partition(b"=")
        setting: bool | None = value != b"false" if equals else True
        if word[:1] == b"-":
            name, setting = name[1:], False
        elif word[:1] == b"!":
            name, setting = name[1:], None
        if name in _NAMES:
            said[name.decode()] = setting
        elif setting and not equals and name in macros:
            said.update(macros[name])
    return said


def parse_attributes(content: bytes, macros: Macros, *, fold: bool, defines: bool = False) -> AttributeList:
    """The lines of a ``.gitattributes`` that assign one of the two attributes.

    Where ``defines``, which git allows at the top of a repository, macros are added to ``macros``.
    """
    lines: list[tuple[Pattern, Assignments]] = []
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        line = raw.strip(_BLANK)
        if not line or line.startswith(b"#") or len(raw) >= _MAX_LINE:
            continue
        quoted = _unquote(line) if line.startswith(b'"') else None
        if quoted is not None:
            text, words = quoted
        else:
            cut = min(
                (at for at in (line.find(b" "), line.find(b"\t"), line.find(b"\r")) if at >= 0), default=len(line)
            )
            text, words = line[:cut], line[cut:]
        if text.startswith(b"[attr]"):
            if defines and text != b"[attr]":
                macros[text[len(b"[attr]") :]] = _assignments(words, macros)
            continue
        if not text or text.startswith(b"!") or b"\0" in text:
            continue
        assignments = _assignments(words, macros)
        if assignments:
            lines.append((parse_pattern(text, number, fold=fold), assignments))
    return AttributeList(lines)
