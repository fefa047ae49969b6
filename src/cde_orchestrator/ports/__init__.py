"""The seams between use cases and engines: one :class:`typing.Protocol` per capability.

Use cases know these protocols only; ``cde_orchestrator.engines`` implements them twice. An operation works on a
:class:`~cde_orchestrator.ports.filesystem.Tree`, which is walked once and remembers what was learnt from each file, so
that several operations over one tree read each file once.
"""
