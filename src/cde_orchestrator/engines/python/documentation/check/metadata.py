"""The rules of group ``metadata``: front matter that does not say what it seems to say, or not what it should."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .....domain.documents import Json
from .....domain.options import CheckOptions
from .front_lines import key_line
from .index import TreeIndex
from .origin import shown
from .report import Report

__all__ = ["check_metadata", "day_of"]

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?=[Tt ]|\Z)")


def check_metadata(index: TreeIndex, number: int, options: CheckOptions, report: Report) -> None:
    """Reports front matter that cannot be parsed, keys given twice or not at all, and reviews that are due."""
    document = index.documents[number]
    front_matter = document.front_matter
    if front_matter is not None:
        error = front_matter.error
        if error is not None:
            report.add("invalid-front-matter", error.line, error.column or 1, error.message, "")
            return
        for duplicate in front_matter.duplicate_keys:
            key = _shown(duplicate.key)
            report.add("duplicate-key", duplicate.line, 1, f"an earlier line has the key '{key}'", duplicate.key)
    if not options.required_metadata and options.today is None:
        return
    # Of a document that was not parsed it is not known what it has.
    if not index.is_parsed(number):
        return
    data: Mapping[str, Json] = (front_matter.data or {}) if front_matter is not None else {}
    for key in options.required_metadata:
        if key not in data:
            report.add("missing-metadata-key", 1, 1, f"the front matter has no key '{_shown(key)}'", key)
    _check_reviews(index, number, options, report)


def _check_reviews(index: TreeIndex, number: int, options: CheckOptions, report: Report) -> None:
    front_matter, today = index.documents[number].front_matter, options.today
    if front_matter is None or front_matter.data is None or today is None:
        return
    data = front_matter.data
    for key in options.review_keys:
        value = data.get(key)
        if value is None:
            continue
        day = day_of(value) if isinstance(value, str) else None
        if day is None:
            rule, message = "invalid-review-date", f"'{_shown(key)}' is no date of the form YYYY-MM-DD"
            evidence = f"{key}: {value}" if isinstance(value, str) else key
        elif day < today:
            rule, message = "stale-review-date", f"'{_shown(key)}' is {day}, which is before {today}"
            evidence = f"{key}: {day}"
        else:
            continue
        if report.wants(rule):
            report.add(rule, key_line(index.content(number), front_matter, key), 1, message, evidence)


def _shown(key: str) -> str:
    return shown(key.encode("utf-8", "surrogatepass"))


def day_of(text: str) -> str | None:
    """The day that ``text`` begins with, if nothing or a time follows.

    >>> day_of("2024-02-29T10:00:00Z"), day_of("2023-02-29"), day_of("2024-1-1")
    ('2024-02-29', None, None)
    """
    found = _DAY.match(text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 28 + is_leap if month == 2 else 30 if month in {4, 6, 9, 11} else 31
    return found[0] if year > 0 and 1 <= month <= 12 and 1 <= day <= longest else None
