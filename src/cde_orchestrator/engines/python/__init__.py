"""The pure-Python engine: the same answers as the Rust core, more slowly, wherever Python runs.

>>> from cde_orchestrator.engines.python.control import PythonCancelToken
>>> token = PythonCancelToken()
>>> token.cancel()
>>> token.cancelled
True
"""
