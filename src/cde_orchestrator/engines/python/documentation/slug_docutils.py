"""The ids of docutils and Asciidoctor, whose documents set the rule themselves. The twin of ``slug::docutils``."""

from __future__ import annotations

import re

from .slug import ascii_forms, lower_case, lowered_kept

__all__ = ["asciidoctor_id", "docutils_id"]

# What docutils writes for letters that have no decomposition.
_LETTERS = {
    "ß": "sz",
    "æ": "ae",
    "œ": "oe",
    "ȸ": "db",
    "ȹ": "qp",
    **dict(
        zip(
            "øđħıłŧƀƃƈƌƒƙƚƞƥƫƭƴƶǥȥȴȵȶȷȼȿɀɇɉɋɍɏ",
            "odhiltbbcdfklnpttyzgzlntjcszejqry",
            strict=True,
        )
    ),
}
_OTHERS = re.compile("[^a-z0-9]+")


def docutils_id(name: str) -> str:
    """The id that docutils gives something called ``name``; empty where nothing is left of it. O(length)."""
    if name.isascii():
        lower = name.lower()
    else:
        cases, forms = lower_case(), ascii_forms()
        letters = [cases.get(ord(one), one) for one in name]
        lower = "".join(one if one.isascii() else _LETTERS.get(one) or forms.get(ord(one), "") for one in letters)
    return _OTHERS.sub("-", lower).lstrip("-0123456789").rstrip("-")


def asciidoctor_id(title: str, prefix: str, separator: str) -> str:
    """The id that Asciidoctor gives a section called ``title``; ``separator`` is empty or one character. O(length)."""
    parts = [prefix] if prefix else []
    kept = lowered_kept(title, " .-" + separator)
    if not separator:
        return prefix + kept.replace(" ", "")
    last = prefix[-1:]
    for one in kept:
        sign = separator if one in " .-" else one
        if sign != separator or last != separator:
            parts.append(sign)
            last = sign
    identifier = "".join(parts).removesuffix(separator)
    return identifier if prefix else identifier.removeprefix(separator)
