"""Vocabulary and text shared by the generators."""

from __future__ import annotations

from random import Random

__all__ = ["WORDS", "prose", "source_text"]

_VOCABULARY = (
    "access adapter address audio backend balance barrier battery bitmap block bridge buffer bus cache channel charge "
    "clock codec config console control core counter cpu crypto data debug decode delay device digest disk display "
    "domain driver dump edge encode entry event export fabric fault fence field file filter firmware flash flow frame "
    "gate graph group handle hash heap host hub image index init input interrupt io journal kernel key label layer "
    "lease level link list loader lock log map mask matrix media memory meter mode module monitor mount mutex name net "
    "node notify object offset page panel parser patch path peer phase pin pipe pixel platform policy pool port power "
    "probe process profile proxy queue radio range rate record region register relay remote report request reset "
    "resource ring root route rule sample scan schedule sector sensor serial server session shadow signal slot socket "
    "source spare speed stack state status storage stream string switch symbol sync system table tag target task "
    "temp thermal thread timer token topology trace track transfer tree trigger tunnel unit update user utility value "
    "vector version video virtual voltage volume wait walk watch window wire worker zone"
)
WORDS = _VOCABULARY.split()


def prose(random: Random, words: int) -> str:
    """One sentence of ``words`` words."""
    chosen = [WORDS[random.randrange(len(WORDS))] for _ in range(words)]
    return " ".join(chosen).capitalize() + "."


def source_text(random: Random, size: int) -> bytes:
    """About ``size`` bytes that look like C, to be cut into files."""
    lines = []
    total = 0
    while total < size:
        first, second, third = (WORDS[random.randrange(len(WORDS))] for _ in range(3))
        body = f"return {first}_{third}({third[0]}->{second});"
        line = f"static int {first}_{second}(struct {third} *{third[0]}) {{ {body} }}\n"
        lines.append(line)
        total += len(line)
    return "".join(lines).encode()
