"""Names of targets, and what the references to them lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ......domain.documents import UndefinedReference
from ...markdown_syntax import fold_label, split_fragment
from ...slug_docutils import docutils_id
from ..recorder import NewDefinition, Place, Recorder

__all__ = ["Names"]

# How many names may stand for one another in a row.
_MOST_HOPS = 16
# How much is kept of what is shown for a reference without a target.
_LONGEST_SHOWN = 200


class _Target(NamedTuple):
    """What a name stands for: an address, an anchor of the document, or another name."""

    kind: Literal["external", "internal", "name"]
    value: str


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference that waits for the end of the document. ``index`` is that of its link; ``text`` is what is shown
    where nothing is meant by it."""

    index: int
    label: str
    start: Place
    text: str | None


class Names:
    """The names of one document."""

    __slots__ = (
        "_anonymous_references",
        "_anonymous_targets",
        "_recorder",
        "_references",
        "_targets",
        "_used",
        "_used_footnotes",
        "_waiting",
        "section_ids",
    )

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._targets: dict[str, _Target] = {}
        self._references: list[_Reference] = []
        # Destinations of targets without a name, and the links that they belong to, both in order.
        self._anonymous_targets: list[_Target] = []
        self._anonymous_references: list[int] = []
        # Names that stand for whatever comes next.
        self._waiting: list[str] = []
        self._used: set[str] = set()
        self._used_footnotes: set[str] = set()
        # What `resolve` finds: the id of each section.
        self.section_ids: list[str] = []

    def interrupt(self) -> None:
        """Something else than a target comes: it is what the last targets stand for."""
        self._waiting.clear()

    def label_of_next(self) -> str | None:
        """The id that the section that comes now has from the label before it."""
        identifier = docutils_id(self._waiting[-1]) if self._waiting else ""
        self._waiting.clear()
        return identifier or None

    def internal(self, name: str, line: int) -> None:
        """A target without a destination: it stands for what comes next."""
        self._waiting.append(self._anchor(name, line))

    def inline_target(self, name: str, line: int) -> None:
        """A target in the text of a paragraph."""
        self._anchor(name, line)

    def _anchor(self, name: str, line: int) -> str:
        label = fold_label(name)
        identifier = docutils_id(label)
        self._recorder.anchor(identifier, "explicit", line)
        self._targets.setdefault(label, _Target("internal", identifier))
        return label

    def embedded(self, name: str, destination: str) -> None:
        """A name that a link with an embedded destination gives it."""
        self._targets.setdefault(fold_label(name), _Target("external", destination))

    def external(self, name: str, destination: str, *, is_name: bool, line: int) -> None:
        """A target with a destination, or with another name in its place."""
        target = _Target("name", fold_label(destination)) if is_name else _Target("external", destination)
        for waiting in self._waiting:
            self._targets[waiting] = target
        self._waiting.clear()
        label = fold_label(name)
        if not is_name:
            written, fragment = split_fragment(destination)
            number = self._recorder.source.number(line)
            self._recorder.definitions.append(NewDefinition(label, written, fragment, "link", number))
        self._targets.setdefault(label, target)

    def anonymous(self, destination: str, *, is_name: bool) -> None:
        """A target without a name."""
        target = _Target("name", fold_label(destination)) if is_name else _Target("external", destination)
        self._anonymous_targets.append(target)

    def footnote(self, label: str, line: int) -> None:
        """A footnote or citation."""
        label = fold_label(label)
        name = label.removeprefix("#")
        if name not in {"", "*"}:
            identifier = docutils_id(name) or f"footnote-{name}"
            self._recorder.anchor(identifier, "footnote", line)
            self._targets.setdefault(name, _Target("internal", identifier))
        number = self._recorder.source.number(line)
        self._recorder.definitions.append(NewDefinition(label, "", None, "footnote", number))

    def use_footnote(self, label: str) -> None:
        """A reference to a footnote or citation."""
        self._used_footnotes.add(fold_label(label))

    def refer(self, index: int, label: str, start: Place, text: str | None) -> None:
        """The link ``index`` is a reference to ``label``; ``text`` is given where it must not stay without a target."""
        shown = None if text is None else text[:_LONGEST_SHOWN]
        self._references.append(_Reference(index, fold_label(label), start, shown))

    def refer_anonymous(self, index: int) -> None:
        """The link ``index`` is a reference to the next target without a name."""
        self._anonymous_references.append(index)

    def resolve(self) -> None:
        """Sets what all references lead to. Sections are what a name means where no target has it."""
        recorder = self._recorder
        ids = _SectionIds()
        sections: dict[str, str] = {}
        anchors = recorder.found.anchors
        passed = 0
        for heading in recorder.found.headings:
            while passed < len(anchors) and anchors[passed].line <= heading.line:
                ids.used.add(anchors[passed].id)
                passed += 1
            identifier = ids.next(docutils_id(heading.text))
            sections.setdefault(fold_label(heading.text), identifier)
            self.section_ids.append(identifier)
        for reference in self._references:
            destination = self._destination(reference.label, sections)
            if destination is not None:
                recorder.set_destination(reference.index, destination)
            elif reference.text is not None:
                line, column, _ = recorder.source.position(*reference.start)
                recorder.found.undefined.append(UndefinedReference(reference.label, reference.text, line, column))
        for index, target in zip(self._anonymous_references, self._anonymous_targets, strict=False):
            if target.kind == "name":
                self._used.add(target.value)
                target = self._targets.get(target.value, target)  # noqa: PLW2901 - one step is enough
            if target.kind == "external":
                recorder.set_destination(index, target.value)
            elif target.kind == "internal":
                recorder.set_destination(index, f"#{target.value}")

    def _destination(self, label: str, sections: dict[str, str]) -> str | None:
        for _ in range(_MOST_HOPS):
            self._used.add(label)
            target = self._targets.get(label)
            if target is None:
                section = sections.get(label)
                return None if section is None else f"#{section}"
            if target.kind == "external":
                return target.value
            if target.kind == "internal":
                return f"#{target.value}"
            label = target.value
        return None

    def is_used(self, kind: str, label: str) -> bool:
        """Whether a reference leads to a definition of that kind and label."""
        return label in (self._used if kind == "link" else self._used_footnotes)


class _SectionIds:
    """Gives sections their ids: one that is taken gets a number."""

    __slots__ = ("_last", "used")

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._last: dict[str, int] = {}

    def next(self, identifier: str) -> str:
        """The id of the next section, which is called ``identifier`` by its title."""
        base = identifier or "section"
        while not identifier or identifier in self.used:
            self._last[base] = self._last.get(base, 0) + 1
            identifier = f"{base}-{self._last[base]}"
        self.used.add(identifier)
        return identifier
