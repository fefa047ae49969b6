"""The code capability in Python: a lexer and a recogniser for each language. The twin of the crate ``cde-code``.

>>> from cde_orchestrator.engines.python.code.symbols import find_symbols
>>> found = find_symbols(b"def f(a,\\n      b=1): pass\\n", "Python")
>>> [(symbol.kind, symbol.name, symbol.signature) for symbol in found]
[('function', b'f', 'def f(a, b=1)')]
"""
