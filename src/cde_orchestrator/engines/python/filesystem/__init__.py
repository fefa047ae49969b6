"""The filesystem capability in pure Python: walking, ignore rules, finding, reading and comparing files.

>>> from cde_orchestrator.domain.options import TreeOptions
>>> from cde_orchestrator.engines.python.filesystem.tree import open_tree
>>> tree = open_tree(".", TreeOptions(max_depth=1))
>>> tree.find(b"no such file") is None
True
"""
