"""Addresses written as plain text: GFM's extended autolinks (GFM 6.9), found in text that is part of nothing else.

The same function as the Rust core's ``bare_urls`` module. It knows ASCII only: a character beyond counts as a letter,
except that full-width punctuation (U+3000 to U+303F, U+FF00 to U+FF7F) ends an address. Beyond GFM, ``<``, ``>``, ``"``
and a backtick end an address, and a closing square bracket without its opening one is not part of it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["find_urls"]

_TRIGGER = re.compile("[:@.]")
_STOP = re.compile('[\t-\r <>"`\u3000-\u303f\uff00-\uff7f]')
_HOST = re.compile(r"[A-Za-z0-9_.\x80-\U0010ffff-]+")
_EMAIL_DOMAIN = re.compile(r"[A-Za-z0-9_.-]+")
_SCHEMES: Final = ("https", "http", "ftp")
_LOCAL: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+_-")
_ALNUM: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_TRAILING: Final = frozenset("?!.,:*_~'")


def find_urls(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Where addresses are in ``text[start:end]``, and their destinations.

    ``www.`` gets ``http://`` and a mail address ``mailto:`` in front, so that a destination always has its scheme.
    """
    found: list[tuple[int, int, str]] = []
    low = place = start
    while True:
        trigger = _TRIGGER.search(text, place, end)
        if trigger is None:
            return found
        at = trigger.start()
        character = text[at]
        place = at + 1
        if character == ":":
            url = _scheme_url(text, low, at, end)
        elif character == ".":
            url = _www_url(text, low, at, end)
        else:
            url = _email(text, low, at, end)
        if url is not None:
            found.append(url)
            low = place = url[1]


def _scheme_url(text: str, low: int, at: int, end: int) -> tuple[int, int, str] | None:
    if not text.startswith("//", at + 1, end):
        return None
    for scheme in _SCHEMES:
        start = at - len(scheme)
        if start < low or not text.startswith(scheme, start):
            continue
        if start > low and text[start - 1] in _ALNUM:
            continue
        stop = _url_end(text, at + 3, end)
        return None if stop is None else (start, stop, text[start:stop])
    return None


def _www_url(text: str, low: int, at: int, end: int) -> tuple[int, int, str] | None:
    start = at - 3
    if start < low or not text.startswith("www", start):
        return None
    if start > low and (text[start - 1] in _ALNUM or text[start - 1] in "/.-_@:" or text[start - 1] >= "\x80"):
        return None
    stop = _url_end(text, at + 1, end)
    return None if stop is None else (start, stop, "http://" + text[start:stop])


def _url_end(text: str, host: int, end: int) -> int | None:
    """The end of the address whose host begins at ``host``, without trailing punctuation."""
    stopped = _STOP.search(text, host, end)
    stop = end if stopped is None else stopped.start()
    if _HOST.match(text, host, stop) is None:
        return None
    # How many more of each bracket close than open.
    surplus = {
        ")": text.count(")", host, stop) - text.count("(", host, stop),
        "]": text.count("]", host, stop) - text.count("[", host, stop),
    }
    while stop > host:
        last = text[stop - 1]
        if last in _TRAILING:
            stop -= 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            stop -= 1
        elif last == ";":
            name = stop - 1
            while name > host and text[name - 1] in _ALNUM:
                name -= 1
            entity = host < name < stop - 1 and text[name - 1] == "&"
            stop = name - 1 if entity else stop - 1
        else:
            return stop
    return None


def _email(text: str, low: int, at: int, end: int) -> tuple[int, int, str] | None:
    start = at
    while start > low and text[start - 1] in _LOCAL:
        start -= 1
    if start == at or (start > low and (text[start - 1] in "/:@" or text[start - 1] >= "\x80")):
        return None
    domain = _EMAIL_DOMAIN.match(text, at + 1, end)
    if domain is None:
        return None
    name = domain[0].rstrip(".")
    dot = name.rfind(".")
    if dot <= 0 or name[-1] in "-_" or name[dot + 1] not in _ALNUM or name[dot + 1].isdigit():
        return None
    stop = at + 1 + len(name)
    return start, stop, "mailto:" + text[start:stop]
