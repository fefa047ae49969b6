"""A set of documents that link to each other: front matter, headings, prose, lists, tables, code, references.

Most links are good; every fortieth names a file or a heading that does not exist.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from .words import WORDS, prose

__all__ = ["make_markdown"]


class _Corpus:
    def __init__(self, root: Path, documents: int, seed: int) -> None:
        self.root = root
        self.random = Random(seed)
        # Paths and headings are settled first, so that a link can name a heading of a later document.
        self.paths = [self._path(number) for number in range(documents)]
        self.headings = [self._headings() for _ in range(documents)]

    def _pick(self) -> str:
        return WORDS[self.random.randrange(len(WORDS))]

    def _path(self, number: int) -> str:
        folder = "/".join(WORDS[(number // 25 + level * 7) % len(WORDS)] for level in range(1 + number % 3))
        return f"{folder}/{self._pick()}-{number}.md"

    def _headings(self) -> list[str]:
        count = 3 + self.random.randrange(10)
        return list(dict.fromkeys(f"{self._pick()} {self._pick()} {self._pick()}" for _ in range(count)))

    def _link(self, number: int) -> str:
        other = self.random.randrange(len(self.paths))
        up = "../" * self.paths[number].count("/")
        dice = self.random.randrange(80)
        if dice == 0:
            return f"[{self._pick()}]({up}missing/{self._pick()}.md)"
        if dice == 1:
            return f"[{self._pick()}]({up}{self.paths[other]}#no-such-heading)"
        if dice < 16:
            return f"<https://example.org/{self._pick()}/{self._pick()}>"
        if dice < 26:
            heading = self.headings[number][self.random.randrange(len(self.headings[number]))]
            return f"[{self._pick()}](#{heading.replace(' ', '-')})"
        heading = self.headings[other][self.random.randrange(len(self.headings[other]))]
        return f"[{self._pick()} {self._pick()}]({up}{self.paths[other]}#{heading.replace(' ', '-')})"

    def _sentence(self, number: int) -> str:
        text = prose(self.random, 6 + self.random.randrange(14))
        dice = self.random.randrange(10)
        if dice < 2:
            return f"{text[:-1]}, see {self._link(number)}."
        if dice == 2:
            return f"{text[:-1]} with `{self._pick()}_{self._pick()}()` and **{self._pick()}**."
        return text

    def _block(self, number: int) -> str:
        dice = self.random.randrange(12)
        if dice == 0:
            lines = "\n".join(f"{self._pick()}_{self._pick()}({self._pick()});" for _ in range(8))
            return f"```c\n{lines}\n```"
        if dice == 1:
            rows = "\n".join(f"| {self._pick()} | `{self._pick()}` | {self._link(number)} |" for _ in range(6))
            return f"| name | value | see |\n|---|---|---|\n{rows}"
        if dice == 2:
            return "\n".join(f"- [{'x' if item % 2 else ' '}] {self._sentence(number)}" for item in range(4))
        if dice == 3:
            return "\n".join(f"{item + 1}. {self._sentence(number)}" for item in range(5))
        if dice == 4:
            return f"![{self._pick()} {self._pick()}](images/{self._pick()}.png)"
        if dice == 5:
            label = self._pick()
            target = self.paths[self.random.randrange(len(self.paths))]
            up = "../" * self.paths[number].count("/")
            return f"See [the {label}][{label}-{dice}].\n\n[{label}-{dice}]: {up}{target}"
        return "\n".join(self._sentence(number) for _ in range(2 + self.random.randrange(5)))

    def write(self, number: int) -> None:
        title = self.headings[number][0].capitalize()
        parts = []
        if number % 10 < 7:
            date = f"2026-01-{1 + number % 28:02}"
            parts.append(f'---\ntitle: "{title}"\ndescription: {prose(self.random, 9)}\nms.date: {date}\n---')
        parts.append(f"# {title}")
        for place, heading in enumerate(self.headings[number]):
            parts.append(f"{'##' if place % 3 else '###' if place else '##'} {heading}")
            parts.extend(self._block(number) for _ in range(2 + self.random.randrange(5)))
        path = self.root / self.paths[number]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def make_markdown(root: Path, *, documents: int = 4_000, seed: int = 20260731) -> None:
    """Writes ``documents`` Markdown files below ``root``, which must not exist."""
    root.mkdir(parents=True)
    corpus = _Corpus(root, documents, seed)
    for number in range(documents):
        corpus.write(number)
