"""What the HTML that a specification expects holds of headings, links, images and code blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

__all__ = ["Expected", "expectation_of", "expected_of", "summary_of"]

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def collapsed(text: str) -> str:
    """``text`` with runs of ASCII whitespace as one space, trimmed."""
    return " ".join(text.replace("\xa0", "\0").split()).replace("\0", "\xa0")


@dataclass
class Expected:
    """Headings as level and text; links and images as destination, title and text; languages of code blocks."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str | None, str]] = field(default_factory=list)
    images: list[tuple[str, str | None, str]] = field(default_factory=list)
    code_languages: list[str | None] = field(default_factory=list)
    tables: int = 0
    task_items: list[bool] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Expected()
        self._open: list[tuple[str, dict[str, str | None], list[str], int]] = []
        self._links: list[int] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "img":
            self.found.images.append((unquote(values.get("src") or ""), values.get("title"), values.get("alt") or ""))
            self._text(values.get("alt") or "")
        elif tag == "input" and values.get("type") == "checkbox":
            self.found.task_items.append("checked" in values)
        elif tag == "table":
            self.found.tables += 1
        elif tag == "code" and self._open and self._open[-1][0] == "pre":
            name = (values.get("class") or "").removeprefix("language-")
            self.found.code_languages.append(name or None)
        place = -1
        if tag == "a" and "href" in values:
            place = len(self.found.links)
            self.found.links.append((unquote(values["href"] or ""), values.get("title"), ""))
        if tag not in _VOID:
            self._open.append((tag, values, [], place))

    def handle_endtag(self, tag: str) -> None:
        depth = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i][0] == tag), None)
        if depth is None:
            return
        for name, _, parts, place in reversed(self._open[depth:]):
            text = collapsed("".join(parts))
            if name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                self.found.headings.append((int(name[1]), text))
            if place >= 0:
                self.found.links[place] = (*self.found.links[place][:2], text)
        del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._text(data)

    def _text(self, data: str) -> None:
        for _, _, parts, _ in self._open:
            parts.append(data)


def expected_of(html: str) -> Expected:
    """What ``html`` holds."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def summary_of(record: dict[str, Any]) -> dict[str, Any]:
    """The part of a record that HTML shows, without what is no CommonMark (bare addresses, wiki links)."""
    links = [link for link in record["links"] if link["kind"] not in {"bare", "wiki"}]

    def destination(link: dict[str, Any]) -> str:
        fragment = "" if link["fragment"] is None else f"#{link['fragment']}"
        return unquote(link["target"] + fragment)

    return {
        "headings": [(heading["level"], collapsed(heading["text"])) for heading in record["headings"]],
        # An HTML link's text is text of the document, not part of its record.
        "links": [
            (destination(link), link["title"], None if link["kind"] == "html" else collapsed(link["text"]))
            for link in links
            if not link["image"]
        ],
        "images": [(destination(link), link["title"], collapsed(link["text"])) for link in links if link["image"]],
        "code": len(record["code_blocks"]),
    }


def expectation_of(html: str, record: dict[str, Any]) -> dict[str, Any]:
    """The same of the expected HTML; the text of links that stand in the source as HTML is left out."""
    expected = expected_of(html)
    kinds = [link["kind"] for link in record["links"] if not link["image"] and link["kind"] not in {"bare", "wiki"}]
    kinds += [""] * len(expected.links)
    return {
        "headings": expected.headings,
        "links": [
            (target, title or None, None if kind == "html" else text)
            for (target, title, text), kind in zip(expected.links, kinds, strict=False)
        ],
        "images": [(target, title or None, collapsed(text)) for target, title, text in expected.images],
        "code": len(expected.code_languages),
    }
