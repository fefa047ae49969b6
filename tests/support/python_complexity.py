"""The complexity of Python functions by CPython's own syntax tree: the oracle of the scanner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Complexity", "complexities"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Complexity:
    """The measures of the function that begins on ``line``."""

    line: int
    name: str
    parameters: int
    nesting: int
    cyclomatic: int
    cognitive: int


def complexities(source: str) -> list[Complexity]:
    """The measures of every function of ``source``, by line and name."""
    lines = source.encode().split(b"\n")
    tree = ast.parse(source)
    methods = {id(child) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for child in _defined_in(node)}
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    found = []
    for node in functions:
        visitor = _Visitor(lines, methods)
        cognitive = visitor.function(node)
        found.append(
            Complexity(node.lineno, node.name, _parameters(node), visitor.deepest, 1 + _conditions(node), cognitive)
        )
    return sorted(found, key=lambda one: (one.line, one.name))


def _defined_in(node: ast.AST) -> Iterator[ast.AST]:
    """Functions whose innermost definition around is ``node``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        elif not isinstance(child, ast.ClassDef):
            yield from _defined_in(child)


def _parameters(node: Function) -> int:
    given = node.args
    return (
        len(given.posonlyargs)
        + len(given.args)
        + len(given.kwonlyargs)
        + (given.vararg is not None)
        + (given.kwarg is not None)
    )


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below that belong to no function inside."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            for decorator in child.decorator_list:
                yield decorator
                yield from _own(decorator)
        else:
            yield child
            yield from _own(child)


def _conditions(function: Function) -> int:
    count = 0
    decorators = {id(part) for decorator in function.decorator_list for part in ast.walk(decorator)}
    for node in _own(function):
        if id(node) in decorators:
            continue
        if isinstance(node, (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler)):
            count += 1
        elif isinstance(node, (ast.Try, ast.TryStar)):
            count += bool(node.finalbody)
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.match_case):
            count += 1 + (node.guard is not None)
    return count


class _Visitor:
    def __init__(self, lines: list[bytes], methods: set[int]) -> None:
        self.lines = lines
        self.methods = methods
        self.deepest = 0

    def function(self, node: Function) -> int:
        shallow = _Visitor(self.lines, self.methods)
        body = [node.args, *([node.returns] if node.returns else []), *node.body]
        is_decorator = [type(part) for part in node.body] in (
            [ast.FunctionDef, ast.Return],
            [ast.AsyncFunctionDef, ast.Return],
        )
        if is_decorator and isinstance(node.body[0], ast.FunctionDef):
            inner = shallow.function(node.body[0])
            total = inner + shallow.all(node.body[0].decorator_list, 0)
            total += self.all([part for part in body if part is not node.body[0]], 0)
            return total + self.recursion(node)
        return self.all(body, 0) + self.recursion(node)

    def recursion(self, node: Function) -> int:
        is_method = id(node) in self.methods
        for part in _own(node):
            if not isinstance(part, ast.Call):
                continue
            called = part.func
            if isinstance(called, ast.Name) and called.id == node.name and not is_method:
                return 1
            is_own = isinstance(called, ast.Attribute) and called.attr == node.name and is_method
            if is_own and isinstance(called.value, ast.Name) and called.value.id in ("self", "cls"):
                return 1
        return 0

    def all(self, nodes: list[ast.AST], nesting: int) -> int:
        return sum(self.visit(node, nesting) for node in nodes)

    def children(self, node: ast.AST, nesting: int) -> int:
        return self.all(list(ast.iter_child_nodes(node)), nesting)

    def suite(self, nodes: list[ast.AST], nesting: int) -> int:
        self.deepest = max(self.deepest, nesting)
        return self.all(nodes, nesting)

    def visit(self, node: ast.AST, nesting: int) -> int:
        if isinstance(node, Function):
            inner = _Visitor(self.lines, self.methods)
            total = inner.function(node)
            # Each structure inside stands deeper by this much.
            total += self.structures(node) * (nesting + 1)
            return total + self.all(node.decorator_list, nesting)
        if isinstance(node, ast.If):
            return 1 + nesting + self.branch(node, nesting)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            head = [node.test] if isinstance(node, ast.While) else [node.target, node.iter]
            total = 1 + nesting + self.all(head, nesting) + self.suite(node.body, nesting + 1)
            return total + (1 + self.suite(node.orelse, nesting + 1) if node.orelse else 0)
        if isinstance(node, (ast.Try, ast.TryStar)):
            total = self.all(node.body, nesting) + self.all(node.finalbody, nesting)
            for handler in node.handlers:
                total += 1 + nesting + (self.visit(handler.type, nesting) if handler.type else 0)
                total += self.suite(handler.body, nesting + 1)
            return total + (1 + self.suite(node.orelse, nesting + 1) if node.orelse else 0)
        if isinstance(node, ast.Match):
            total = 1 + nesting + self.visit(node.subject, nesting)
            self.deepest = max(self.deepest, nesting + 1)
            return total + sum(self.children(case, nesting + 1) for case in node.cases)
        if isinstance(node, ast.IfExp):
            return 1 + nesting + self.children(node, nesting + 1)
        if isinstance(node, ast.Lambda):
            return self.children(node, nesting + 1)
        if isinstance(node, ast.BoolOp):
            operators: list[type] = []
            rest: list[ast.AST] = []
            self.flatten(node, operators, rest)
            changes = sum(one is not other for one, other in pairwise(operators))
            return 1 + changes + self.all(rest, nesting)
        return self.children(node, nesting)

    def branch(self, node: ast.If, nesting: int) -> int:
        total = self.visit(node.test, nesting) + self.suite(node.body, nesting + 1)
        if not node.orelse:
            return total
        first = node.orelse[0]
        if isinstance(first, ast.If) and len(node.orelse) == 1 and self.begins_with(first, b"elif"):
            return total + 1 + self.branch(first, nesting)
        return total + 1 + self.suite(node.orelse, nesting + 1)

    def begins_with(self, node: ast.AST, word: bytes) -> bool:
        return self.lines[node.lineno - 1][node.col_offset :].startswith(word)

    def flatten(self, node: ast.BoolOp, operators: list[type], rest: list[ast.AST]) -> None:
        for place, value in enumerate(node.values):
            if place:
                operators.append(type(node.op))
            if isinstance(value, ast.BoolOp) and not self.in_brackets(value):
                self.flatten(value, operators, rest)
            else:
                rest.append(value)

    def in_brackets(self, node: ast.BoolOp) -> bool:
        # Only an `and` inside of an `or` needs none.
        before = self.text_before(node.lineno - 1, node.col_offset)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        after = self.text_after(node.end_lineno - 1, node.end_col_offset)
        return before == b"(" and after == b")"

    def text_before(self, line: int, column: int) -> bytes:
        text = self.lines[line][:column].rstrip()
        while not text and line:
            line -= 1
            text = self.lines[line].split(b"#")[0].rstrip(b" \t\r\\")
        return text[-1:]

    def text_after(self, line: int, column: int) -> bytes:
        text = self.lines[line][column:].split(b"#")[0].strip(b" \t\r\\")
        while not text and line + 1 < len(self.lines):
            line += 1
            text = self.lines[line].split(b"#")[0].strip(b" \t\r\\")
        return text[:1]

    def structures(self, node: Function) -> int:
        """How many structures stand in the function, those of functions inside included."""
        flat = _Visitor(self.lines, self.methods)
        deep = _Visitor(self.lines, self.methods)
        body = [node.args, *([node.returns] if node.returns else []), *node.body]
        return deep.all(body, 1) - flat.all(body, 0)
