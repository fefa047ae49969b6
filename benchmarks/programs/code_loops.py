"""Loops over Python sources that a script would have: ``code_loops.py ast|lizard|radon|tree-sitter DIRECTORY``.

Each collects definitions; lizard and radon measure them as well. Files that a peer cannot read are left out.
"""

import ast
import contextlib
import sys

from python_files import sources
from timed import measure, root

PEER = sys.argv[1]


def with_ast() -> list[tuple[str, str, int]]:
    """Definitions by CPython's parser."""
    found = []
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for path, content in sources(root()):
        with contextlib.suppress(SyntaxError, ValueError):
            found += [
                (path, node.name, node.lineno) for node in ast.walk(ast.parse(content)) if isinstance(node, kinds)
            ]
    return found


def with_lizard() -> list[object]:
    """Functions with their complexity, by lizard."""
    import lizard

    found: list[object] = []
    for path, content in sources(root()):
        text = content.decode("utf-8", "replace")
        found += lizard.analyze_file.analyze_source_code(path, text).function_list
    return found


def with_radon() -> list[object]:
    """Functions with their complexity and the lines of each file, by radon."""
    from radon.complexity import cc_visit
    from radon.raw import analyze

    found: list[object] = []
    for _, content in sources(root()):
        text = content.decode("utf-8", "replace")
        with contextlib.suppress(Exception):  # What radon cannot parse raises many classes.
            found += cc_visit(text)
            found.append(analyze(text))
    return found


def with_tree_sitter() -> list[object]:
    """Definitions by the grammar's own query for tags."""
    import tree_sitter
    import tree_sitter_python

    language = tree_sitter.Language(tree_sitter_python.language())
    parser = tree_sitter.Parser(language)
    query = tree_sitter.Query(
        language,
        "(class_definition name: (identifier) @name) @class (function_definition name: (identifier) @name) @function",
    )
    found: list[object] = []
    for path, content in sources(root()):
        cursor = tree_sitter.QueryCursor(query)
        for _, captures in cursor.matches(parser.parse(content).root_node):
            node = captures["name"][0]
            found.append((path, node.text, node.start_point))
    return found


measure({"ast": with_ast, "lizard": with_lizard, "radon": with_radon, "tree-sitter": with_tree_sitter}[PEER])
