"""One recogniser for each language, by the language's name in ``data/languages.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..model import Found
from ..syntax import Syntax
from ..syntax_table import SYNTAXES
from ..tokens import Tokens
from . import python

__all__ = ["RECOGNISERS", "Recogniser"]


class Recognise(Protocol):
    """Finds the definitions among the tokens of a file, and measures its functions if that is wanted."""

    def __call__(self, tokens: Tokens, *, measured: bool = False) -> Found:
        """Linear in the tokens."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """How a language is written, and what finds its definitions."""

    syntax: Syntax
    recognise: Recognise


RECOGNISERS: dict[str, Recogniser] = {
    "Python": Recogniser(SYNTAXES["Python"], python.recognise),
}
