"""reStructuredText against docutils: headings with their levels, ids of sections, and what references lead to.

`tools/compare_with_docutils.py` does the same over the documents of a tree.
"""

from __future__ import annotations

import json

import pytest

from support.docutils_oracle import facts_of_docutils, facts_of_record
from support.markdown_examples import record_on

# ruff: noqa: E501 - a case is one line
CASES = {
    "levels by order of appearance": "Title\n=====\n\nA\n-\n\nB\n~~~~\n\nC\n----\n\nD\n====\n\ntext\n",
    "over and under are styles of their own": "===\nOne\n===\n\nTwo\n===\n\nThree\n-----\n\n=====\n Four\n=====\n",
    "an underline that skips a level": "A\n==\n\nB\n--\n\nC\n~~\n\nD\n==\n\nE\n~~\n\nF\n--\n",
    "an underline that is too short": "A long title\n=====\n\ntext\n\nAnother\n--\n\nAb\n--\n",
    "an overline alone": "=====\nTitle\n\ntext\n\n======\nOther\n=====\n\nReal\n====\n",
    "transitions": "A\n==\n\ntext\n\n----\n\ntext\n\n---\n\nmore\n",
    "a paragraph of two lines is no title": "one\ntwo\n===\n\nTitle\n=====\n",
    "titles in lists, quotes and directives": "- A\n  ==\n\n   B\n   ==\n\n.. note::\n\n   C\n   ==\n\nD\n==\n",
    "numbers that are titles": "1. One\n======\n\n2. Two\n======\n\n1. item\n2. item\n\nA. B\n====\n",
    "markup in titles": "A ``code`` *em* `link <u>`_ :func:`~a.b` \\*x\n=============================\n",
    "literal blocks": "text::\n\n  Title\n  =====\n\n  `x`_ name_\n\ntext ::\n\n> q_\n> r_\n\nTitle\n=====\n",
    "comments": ".. Title\n   =====\n\n   `x <u>`_\n\n..\n\n   `y <v>`_\n\n.. [not a footnote`\n\nTitle\n=====\n",
    "targets": (
        "A_ b_ `C d`_ e_ f__ `g`__ |h|_\n\n.. _a: http://a\n.. _B: http://b/\n   c\n.. _`C d`: x.html#y\n.. _e: a_\n"
        "__ http://f\n.. __: b_\n.. _h: http://h\n.. |h| replace:: i\n"
    ),
    "internal targets": "Title\n=====\n\ntitle_ one_ two_ `in line`_ three_\n\n.. _one:\n.. _two:\n\n_`in line`\n\n.. _three:\n\nMore\n----\n",
    "labels before sections": ".. _l a b:\n\nTitle\n=====\n\n`l a b`_ Title_\n\n.. _more:\n\nMore\n----\n\n.. _x: http://x\n\nEnd\n---\n\nx_\n",
    "embedded destinations": "`a <b>`_ `c d <e f>`_ `<g>`_ `h <i_>`_ `j <k l_>`_ `m <n@o.pq>`__ h_\n\n.. _i: http://i\n.. _k l: http://k\n",
    "addresses": "http://a.b/c_d, (https://e.f). <http://g> x@y.zz ``http://no`` *http://no*\n",
    "what is no reference": 'a_b _c d\\_ ``e_`` *f_* "g_h" i_j_k __init__ (l_m) *n o_ p* `q_`\n',
    "what stands around": "(a_) \"b_\" 'c_', d_/e_ f_-g_ x:h_ «i_» j_. k_… l_\n\n"
    + "".join(f".. _{one}: http://{one}\n" for one in "abcdefghijkl"),
    "images": ".. image:: a b.png\n   :alt: x\n\n.. figure:: c.png\n   :target: http://t\n\n   Caption `d <e>`_\n\n.. |f| image:: g.png\n",
    "tables": "=====  ====\nA      `b <c>`_\n=====  ====\nd      `e <f>`_\n=====  ====\n\n+---+----------+\n| x | `y <z>`_ |\n+---+----------+\n",
    "lists and fields": "- `a <b>`_\n\n  - c::\n\n      `no <d>`_\n\n  `e <f>`_\n\n:g: `h <i>`_\n    `j <k>`_\n\n1. l\n   `m <n>`_\n\n| `o <p>`_\n",
    "ids": "A & B\n=====\n\nA b\n---\n\na B\n---\n\n???\n---\n\n!!!\n---\n\n2. Größe\n--------\n\nŁódź Æ\n------\n",
    "directives": ".. code-block:: python\n\n   x = `a <b>`_\n\n.. note:: `c <d>`_\n   more\n\n   `e <f>`_\n\n.. math::\n\n   `g <h>`_\n",
    "line endings": "A\r\n==\r\n\r\nB\r--\r\rC\n--\n",
    "footnotes": "[1]_ [#]_ [#a]_ [*]_ [CIT]_\n\n.. [1] `a <b>`_\n.. [#] c\n.. [#a] d\n   `e <f>`_\n.. [*] g\n.. [CIT] h\n",
    "doctests": ">>> x = '`a <b>`_'\nTitle\n=====\n\nB\n==\n",
}


@pytest.mark.parametrize("name", CASES)
def test_what_docutils_finds(engine: str, name: str) -> None:
    text = CASES[name]
    record = record_on(engine, text, "restructuredtext")
    ours, theirs = facts_of_record(record), facts_of_docutils(text)
    assert ours.headings == theirs.headings
    for mine, other in zip(ours.ids, theirs.ids, strict=True):
        assert mine <= other
    assert (ours.external, ours.internal, ours.images) == (theirs.external, theirs.internal, theirs.images)


def test_the_comparison_can_fail() -> None:
    text = "A\n==\n\n`b <c>`_\n"
    assert facts_of_docutils(text) != facts_of_docutils(text.replace("c", "d"))
    assert json.dumps(facts_of_docutils(text).headings) == '[[1, "A"]]'
