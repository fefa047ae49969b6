"""Answers for people and for other tools: text for a terminal, SARIF 2.1.0, and GitHub's annotations.

Each ``*_text`` function yields lines; nothing here writes. Everything that came out of a repository goes through
:func:`~cde_orchestrator.adapters.report.style.safe_text` first, so that no file can steer the terminal.

>>> from cde_orchestrator.adapters.report.style import safe_text
>>> safe_text("red \\x1b[31m")
'red \\\\x1b[31m'
"""
