"""The ways in: the command line, the Python functions, the configuration file, and the reports that people read.

Adapters translate between a user and the use cases; nothing is decided here that another way in would need too.
"""
