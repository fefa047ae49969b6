"""The implementations of the ports, and the choice between them.

``python`` is always there; ``rust`` needs the native core. Both give the same answers and the same errors.

>>> from cde_orchestrator.engines.select import select_engine
>>> select_engine("python").info.name
'python'
"""
