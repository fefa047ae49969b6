"""Documents of the other formats that are made to cost time, memory or stack: both engines answer, and alike.

None of these is timed; what would take more than linear time here would not end within a run of the suite.
"""

from __future__ import annotations

import json

import pytest

from support.markdown_examples import parse_on

SIZE = 30_000

MARKUP = {
    "a long line": "a" * SIZE * 5,
    "a long line of words": "a_ b` c* " * (SIZE // 8),
    "adornments": "=====\n" * (SIZE // 2),
    "adornments of every length": "".join("=" * (4 + number % 90) + "\n" for number in range(SIZE // 20)),
    "titles": "A\n==\n\n" * (SIZE // 8),
    "same styles": "".join(f"{sign * 3}\nA\n{sign * 3}\n\n" for sign in "=-~^+*#\"'`") * (SIZE // 100),
    "borders": "== ==\n" * (SIZE // 8),
    "borders of every length": "".join("= " * (1 + number % 90) + "=\n" for number in range(SIZE // 20)),
    "grids": "+-+\n|a|\n" * (SIZE // 8),
    "cells": "+-+\n" + "|a" * (SIZE // 2) + "|\n",
    "nested bullets": "- " * (SIZE // 2) + "a",
    "nested by indentation": "".join(" " * depth + "- a::\n" for depth in range(600)),
    "literal blocks": "a::\n\n  b\n\n" * (SIZE // 8),
    "literal items": "- a::\n\n" * (SIZE // 8),
    "directives": ".. x::\n" * (SIZE // 8),
    "options": ".. image:: x\n" + "   :alt: y\n" * (SIZE // 10),
    "targets": ".. _a:\n" * (SIZE // 8),
    "aliases": "".join(f".. _a{number}: a{number + 1}_\n" for number in range(SIZE // 20)) + "\na0_ a1_ a2_\n",
    "a target over many lines": ".. _a:\n" + "   b\n" * (SIZE // 4),
    "anonymous references": "a__ " * (SIZE // 4),
    "backticks": "`" * SIZE,
    "open phrases": "`a " * (SIZE // 3),
    "open literals": "``a " * (SIZE // 4),
    "open emphasis": "*a " * (SIZE // 3),
    "open emphasis with one end": "*a " * (SIZE // 3) + "b*",
    "open roles": ":a:`b " * (SIZE // 6),
    "roles without end": ":a" * (SIZE // 2) + "`b`",
    "backslashes": "\\" * SIZE + "`a`",
    "underscores": "_" * SIZE,
    "names without start": "a-_" * (SIZE // 3),
    "long names": "a-" * (SIZE // 2) + "_ ",
    "footnotes": "[1]_ " * (SIZE // 5),
    "open brackets": "[" * SIZE,
    "open references": "<<" * (SIZE // 2),
    "references with one end": "<<a " * (SIZE // 4) + ">>",
    "open anchors": "[[a" * (SIZE // 3),
    "open macros": "link:a[" * (SIZE // 7),
    "macros in a word": "link:" * (SIZE // 5),
    "open attributes": "[a\n" * (SIZE // 3),
    "attributes": "[" + "a," * (SIZE // 2) + "]\n",
    "delimiters": "----\n" * (SIZE // 5) + "a",
    "open blocks": "".join(f"{sign * length}\n" for length in range(4, 300) for sign in "=*_"),
    "open fences": "```a\n" * (SIZE // 5),
    "entries": ":a: b \\\n" * (SIZE // 8),
    "tables": "|===\n" * (SIZE // 5),
    "rows": "|===\n" + "|a" * (SIZE // 2) + "\n|===",
    "terms": "a:: " * (SIZE // 4),
    "colons": ":" * SIZE,
    "line endings": "a\r\r\n\n" * (SIZE // 4),
    "NUL": "\0" * SIZE,
    "beyond ASCII": "é`é <é>`_é_ <<é>> " * (SIZE // 18),
    "a byte order mark within": "\ufeffA\n==\n",
}
NOTEBOOKS = {
    "deep": '{"cells": [{"source": ' + "[" * SIZE,
    "deep and closed": '{"a": ' + "[" * SIZE + "]" * SIZE + ', "cells": []}',
    "deep objects": '{"a":' * (SIZE // 5),
    "deep outputs": '{"cells": [{"cell_type": "code", "outputs": ' + '[{"a":' * 9000 + "1" + "}]" * 9000 + "}]}",
    "cells": '{"cells": [' + ",".join(['{"cell_type": "markdown", "source": "# a"}'] * (SIZE // 40)) + "]}",
    "empty strings": '{"cells": [{"cell_type": "markdown", "source": [' + '"",' * (SIZE // 3) + '"# a"]}]}',
    "strings in a line": '{"cells": [{"cell_type": "markdown", "source": [' + '"a ",' * (SIZE // 5) + '"b"]}]}',
    "sources": '{"cells": [{"cell_type": "markdown"' + ', "source": "# a"' * (SIZE // 15) + "}]}",
    "a long string": '{"cells": [], "a": "' + "A" * SIZE * 5 + '"}',
    "escapes": '{"cells": [{"cell_type": "markdown", "source": "' + "\\u0060\\\\" * (SIZE // 8) + '"}]}',
    "an open string": '{"cells": "' + "a" * SIZE,
    "digits": "1" * SIZE,
    "nested in Markdown": '{"cells": [{"cell_type": "markdown", "source": ["a\\n",\n"' + "> " * 100 + 'a"]}]}',
}


@pytest.mark.parametrize("name", MARKUP)
def test_hostile_markup_is_answered_alike(engine: str, name: str) -> None:
    for syntax in ("restructuredtext", "asciidoc", "text"):
        found = parse_on(engine, MARKUP[name], syntax)
        assert json.loads(found)["size"] == len(MARKUP[name].encode())
        if engine == "rust":
            assert found == parse_on("python", MARKUP[name], syntax)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_hostile_notebooks_are_answered_alike(engine: str, name: str) -> None:
    found = parse_on(engine, NOTEBOOKS[name], "notebook")
    if name == "nested in Markdown":
        assert json.loads(found) == "limit-exceeded"
    else:
        assert json.loads(found)["size"] == len(NOTEBOOKS[name].encode())
    if engine == "rust":
        assert found == parse_on("python", NOTEBOOKS[name], "notebook")
