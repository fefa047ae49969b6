"""One module a group of commands; each command reads its settings, asks a use case and hands the answer to a report."""
