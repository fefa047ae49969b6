"""Judging front matter and data files by JSON Schemas, once above both engines."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ..domain.envelope import Diagnostic, Result
from ..domain.findings import Finding, FindingSummary
from ..domain.options import FileFilter
from ..errors import CdeError, InternalError, InvalidArgumentError, InvalidConfigError
from .base import UseCase
from .locating import line_of

if TYPE_CHECKING:
    from ..domain.documents import Document
    from ..domain.envelope import Answer
    from ..domain.options import CheckOptions
    from ..engines.python.documentation.check.rules import ChosenRules
    from ..engines.python.documentation.frontmatter import DataFormat
    from ..engines.select import Engines
    from ..ports.documentation import Scan
    from ..ports.filesystem import Tree
    from ..ports.schemas import CompiledSchema, SchemaValidator, Violation

__all__ = ["CheckingUseCase", "with_schemas"]

_RULE = "schema-violation"
_MOST_VIOLATIONS = 20
_MOST_BYTES = 16 * 1024 * 1024
_FORMATS = {".json": "json", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
_HINT = "paths of schemas start at the root that is checked"


class CheckingUseCase(UseCase):
    """A use case that can validate by schemas, if it is given who does."""

    def __init__(self, engine: str | Engines | None = None, validator: SchemaValidator | None = None) -> None:
        super().__init__(engine)
        self._validator = validator

    def _checked(self, tree: Tree, scan: Scan, answer: Answer[Finding], rules: CheckOptions) -> Answer[Finding]:
        """``answer`` with what the schemas of ``rules`` find."""
        if not rules.schemas:
            return answer
        if self._validator is None:
            raise InvalidConfigError("schemas are configured, and nothing was given that validates by them")
        return with_schemas(self.engines, tree, scan, answer, rules=rules, validator=self._validator)


def with_schemas(
    engines: Engines,
    tree: Tree,
    scan: Scan,
    answer: Answer[Finding],
    *,
    rules: CheckOptions,
    validator: SchemaValidator,
) -> Answer[Finding]:
    """``answer``, which is about ``scan``, with the findings of rule ``schema-violation`` in their places.

    Each pair of ``rules.schemas`` names files by a glob, and the schema that they must fit. Of a document the front
    matter is validated, none being an empty object; of a JSON, YAML or TOML file all of it. Other files and links are
    passed over. Raises ``InvalidConfigError`` for a schema that cannot be used.
    """
    from ..engines.python.documentation.check.rules import ChosenRules  # noqa: PLC0415 - a door, opened late

    chosen = ChosenRules(rules)
    if _RULE not in chosen.names:
        return answer
    work = _Work(engines, tree, scan, chosen)
    for glob, path in rules.schemas:
        work.apply(glob, path, validator)
    summary = answer.summary
    if not isinstance(summary, FindingSummary):
        raise InternalError("a check answered with a summary of another operation")
    items = sorted((*answer.items, *work.findings), key=_order)
    diagnostics = sorted((*answer.diagnostics, *work.diagnostics), key=_diagnostic_order)
    return Result(
        schema=answer.schema,
        engine=answer.engine,
        root=answer.root,
        snapshot=answer.snapshot,
        completeness=answer.completeness,
        summary=FindingSummary.of(
            items,
            checked=summary.links_checked,
            unverified=summary.links_unverified,
            documents=summary.documents,
        ),
        items=tuple(items),
        diagnostics=tuple(diagnostics),
    )


def _order(finding: Finding) -> tuple[bytes, int, int, str]:
    return os.fsencode(finding.path), finding.line, finding.column, finding.rule


def _diagnostic_order(diagnostic: Diagnostic) -> tuple[bytes, int, str]:
    return os.fsencode(diagnostic.path), -1 if diagnostic.line is None else diagnostic.line, diagnostic.code


@dataclass(frozen=True, slots=True)
class _Text:
    lines: list[str]
    text: str
    hash: str


class _Work:
    """The findings so far."""

    def __init__(self, engines: Engines, tree: Tree, scan: Scan, chosen: ChosenRules) -> None:
        self._engines = engines
        self._tree = tree
        self._chosen = chosen
        self._documents = {document.path: document for document in cast("Iterable[Document]", scan.items)}
        about_text = (one for one in scan.diagnostics if not one.code.startswith("frontmatter-"))
        self._unparsed = frozenset(diagnostic.path for diagnostic in about_text)
        self._schemas: dict[str, CompiledSchema] = {}
        self.findings: list[Finding] = []
        self.diagnostics: list[Diagnostic] = []

    def apply(self, glob: str, path: str, validator: SchemaValidator) -> None:
        """Validates the files that ``glob`` names by the schema at ``path``."""
        if path not in self._schemas:
            self._schemas[path] = validator.compile(path, self._schema_at(path), _pattern)
        schema = self._schemas[path]
        query = FileFilter(globs=(glob,), details=False)
        judged = False
        for item in self._engines.filesystem.list_files(self._tree, query).items:
            data = _FORMATS.get(os.path.splitext(item.path)[1].lower())
            document = self._documents.get(item.path)
            if item.kind != "file" or item.path == path or item.path in self._unparsed:
                continue
            if document is not None:
                self._judge_document(document, schema)
            elif data is not None:
                self._judge_file(item.path, data, schema)
            judged |= document is not None or data is not None
        if not judged:
            message = f"no document and no data file of the tree matches '{glob}'"
            self.diagnostics.append(Diagnostic(path, None, None, "schema-unused", "warning", message))

    def _schema_at(self, path: str) -> Any:
        from ..engines.python.documentation.frontmatter import BlockError  # noqa: PLC0415 - a door, opened late

        data = _FORMATS.get(os.path.splitext(path)[1].lower(), "json")
        try:
            return _parsed(data, self._read(path).text)
        except BlockError as error:
            line = error.line + 1
            raise InvalidConfigError(f"the schema cannot be read: {error.message}", path=f"{path}:{line}") from None
        except CdeError as error:
            raise InvalidConfigError(f"the schema cannot be read: {error.message}", path=path, hint=_HINT) from None

    def _read(self, path: str) -> _Text:
        """The text at ``path``, which must lie inside the root. Raises ``CdeError``."""
        root = self._tree.root
        full = os.path.join(root, path)
        inside = os.path.realpath(root)
        if path.startswith("/") or "\0" in path or os.path.commonpath((inside, os.path.realpath(full))) != inside:
            raise InvalidArgumentError("the path leads out of the root", path=path)
        (item,) = self._engines.filesystem.read_text(full, max_bytes=_MOST_BYTES).items
        text = item.text.replace("\r\n", "\n").replace("\r", "\n")
        return _Text(text.split("\n"), text, item.hash)

    def _judge_document(self, document: Document, schema: CompiledSchema) -> None:
        front_matter = document.front_matter
        if front_matter is not None and front_matter.error is not None:
            return
        data = {} if front_matter is None else front_matter.data or {}
        violations = schema.violations(data, _MOST_VIOLATIONS)
        if not violations:
            return
        lines: list[str] = []
        form = "yaml" if front_matter is None else front_matter.format
        if front_matter is not None:
            try:
                read = self._read(document.path)
            except CdeError:
                read = _Text([], "", "")
            if read.hash == document.hash:
                lines = read.lines[: front_matter.line_count]
                if form != "json":
                    # The fences are no part of the data, and a blank line keeps the count.
                    lines = ["", *lines[1:-1]]
        is_off = _turned_off(document)
        for violation in violations:
            line = line_of(form, lines, violation.place)
            if not is_off(line):
                self._add(document.path, document.hash, line, violation)

    def _judge_file(self, path: str, data: str, schema: CompiledSchema) -> None:
        from ..engines.python.documentation.frontmatter import BlockError  # noqa: PLC0415 - a door, opened late

        try:
            read = self._read(path)
            instance = _parsed(data, read.text)
        except BlockError as error:
            self._unreadable(path, error.message, error.line + 1)
            return
        except CdeError as error:
            self._unreadable(path, error.message, None)
            return
        for violation in schema.violations(instance, _MOST_VIOLATIONS):
            self._add(path, read.hash, line_of(data, read.lines, violation.place), violation)

    def _unreadable(self, path: str, message: str, line: int | None) -> None:
        self.diagnostics.append(Diagnostic(path, line, None, "unvalidated-file", "warning", message))

    def _add(self, path: str, digest: str, line: int, violation: Violation) -> None:
        rule = self._chosen.at(path).get(_RULE)
        if rule is None:
            return
        pointer = "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in violation.place)
        self.findings.append(
            Finding(
                rule=_RULE,
                severity=rule.severity,
                path=path,
                line=line,
                column=1,
                end_line=line,
                message=f"{violation.message} ({violation.keyword})",
                evidence=pointer,
                suggestion=None,
                fix=None,
                ref=f"{path}#L{line}-L{line}@{digest.removeprefix('sha256:')[:12]}",
            )
        )


def _parsed(data: str, text: str) -> Any:
    from ..engines.python.documentation.frontmatter import read_data  # noqa: PLC0415 - a door, opened late

    return read_data(cast("DataFormat", data), text)


def _pattern(text: str) -> Callable[[str], bool]:
    """The expression in the dialect that takes time linear in the text, whatever it is."""
    from ..engines.python.filesystem.pattern import Pattern  # noqa: PLC0415 - a door, opened late

    try:
        compiled = Pattern(text)
    except InvalidArgumentError as error:
        raise ValueError(error.message) from None
    return lambda value: compiled.is_match(value.encode("utf-8", "surrogatepass"))


def _turned_off(document: Document) -> Callable[[int], bool]:
    """Whether the document turns the rule off on a line."""
    if not document.directives:
        return lambda _line: False
    from ..engines.python.documentation.check.suppress import Suppressions  # noqa: PLC0415 - a door, opened late

    suppressions = Suppressions(document)
    return lambda line: suppressions.covers(_RULE, line)
