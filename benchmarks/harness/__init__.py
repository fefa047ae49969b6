"""Runs competing commands side by side and keeps what they cost.

A :class:`~harness.case.Case` is one question put to several contestants over one corpus. The contestants take turns
(A B C, A B C, ...), each turn in a fresh process, after one unmeasured turn each whose answers are compared. What comes
out is a JSON file with every sample; all tables and verdicts are computed from those files alone.
"""
