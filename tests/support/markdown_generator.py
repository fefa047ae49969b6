"""Documents from a grammar of Markdown's pieces, put together so that blocks and inlines meet in every way."""

from __future__ import annotations

import random

__all__ = ["document"]

# Pieces that mean something to a Markdown parser, next to plain words.
PIECES = [
    "a",
    "b c",
    "word word",
    "1",
    "é",
    "中文",
    "\xa0",
    "\u2028",
    "…",
    "ß",
    "ẞ",
    "\x0b",
    "\x0c",
    '"',
    "'",
    "!",
    "x y z",
    "lazy",
    "TODO",
    "FIXME:",
    "$x$",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "[",
    "]",
    "(",
    ")",
    "![",
    "\\",
    "\\*",
    "\\[",
    "\\`",
    "\\\\",
    "&amp;",
    "&#35;",
    "&bogus;",
    "[a]",
    "[b][a]",
    "[c][]",
    "[d](e)",
    "[f](<g h> 'i')",
    '![j](k "l")',
    "[^1]",
    "[[wiki]]",
    "![[i]]",
    "(a(b)c)",
    "<m>",
    "</m>",
    "<n o='p'>",
    "<!-- q -->",
    "<!-- cde-x y -->",
    "<http://r.s>",
    "<t@u.v>",
    "<div>",
    "</div>",
    "<div",
    "<pre>",
    "</pre>",
    "<script>",
    '<a href="h#i">',
    "</a>",
    "<img src=j alt='k'>",
    "<?php",
    "?>",
    "<!X",
    ">",
    "<![CDATA[",
    "]]>",
    "<b id=c>",
    "http://w.x/y_z",
    "www.a.b",
    "c@d.ee",
    "{#id}",
    "{ #x .y }",
    "import y",
    "export z",
    "{e}",
    "{f: '}'}",
    "<G h={i}>",
    "</G>",
    "[^n]: ",
    "[^1]: ",
    "[a]: /u",
    "[c]: <v w> 'x'",
    "[A]: y (z)",
    "-",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "2) ",
    "10. ",
    "0. ",
    "> ",
    ">",
    "#",
    "# ",
    "## ",
    "###### ",
    "####### ",
    " #",
    " ##\t",
    "[ ] ",
    "[x] ",
    "===",
    "---",
    "***",
    "___",
    "~~~",
    "~~~ py",
    "``` rust,x",
    "-- ",
    ":---",
    "|",
    "\\|",
    "|a|b|",
    "|-|-|",
    "|:-:|",
    ":---|",
    "[[w|x]]",
]
SPACES = ["    ", "\t", " ", "  ", "   ", " \t"]
BREAKS = [
    "\n",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\n    ",
    "\n  ",
    "\n> ",
    "\n>",
    "\n- ",
    "\n   ",
    "\\\n",
    "  \n",
    "\r\n",
    "\r",
]
PREFIXES = ["", "> ", "> > ", "- ", "  ", "    ", "1. ", "   ", "\t", "- - ", "> - ", "[^1]: ", "* ", ">"]
BLOCKS = [
    "# h *e* {#k}\n",
    "para one\ntwo\n",
    "> q\n> r\n",
    "- i\n- j\n\n",
    "1. k\n   l\n",
    "```x\ncode\n```\n",
    "    code\n",
    "|a|b|\n|-|-|\n|c|d|\n",
    "[a]: /u 't'\n",
    "[^1]: note\n    more\n",
    "<div>\nx\n</div>\n",
    "---\n",
    "h\n===\n",
    "- [ ] t\n- [x] u\n",
    "* a\n\n  b\n",
    "> - c\n>   d\n",
    "\n",
    "a | b\n--|--\n1 | 2\n",
    "import A from 'b'\n\n",
    "<A b={{c: 1}}>\n\ntext\n\n</A>\n",
]
CHARACTERS = "*_`[]()!<>#-+=|~\\\n\n \t&;:/'\"a1.^{}é@w"


def _pieces(chance: random.Random) -> str:
    return "".join(
        chance.choice(chance.choice((PIECES, PIECES, PIECES, SPACES, BREAKS))) for _ in range(chance.randint(1, 30))
    )


def _blocks(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(1, 8)):
        block = chance.choice(BLOCKS)
        if chance.random() < 0.5:
            lines = block.splitlines(keepends=True)
            block = "".join((chance.choice(PREFIXES) if chance.random() < 0.5 else "") + line for line in lines)
        if chance.random() < 0.4:
            place = chance.randrange(len(block))
            block = block[:place] + chance.choice(PIECES) + block[place:]
        parts.append(block)
    return "".join(parts)


def _lines(chance: random.Random) -> str:
    lines = []
    for _ in range(chance.randint(1, 12)):
        pieces = [chance.choice(chance.choice((PIECES, SPACES))) for _ in range(chance.randint(0, 4))]
        lines.append(chance.choice(PREFIXES) + "".join(pieces) + "\n")
    return "".join(lines)


def _characters(chance: random.Random) -> str:
    return "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(1, 40)))


def document(chance: random.Random) -> str:
    """One document, of up to some hundred characters."""
    return chance.choice((_pieces, _pieces, _blocks, _lines, _characters))(chance)
