"""One recogniser for each language, by the language's name in ``data/languages.toml``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model import Found
from ..syntax import Syntax
from ..syntax_table import SYNTAXES
from ..tokens import Tokens
from . import python

__all__ = ["RECOGNISERS", "Recogniser"]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """How a language is written, and what finds its definitions."""

    syntax: Syntax
    recognise: Callable[[Tokens], Found]


RECOGNISERS: dict[str, Recogniser] = {
    "Python": Recogniser(SYNTAXES["Python"], python.recognise),
}
