"""Listing with ignore rules by ``os.walk`` and ``pathspec``: nested ``.gitignore`` files, pruning, no hidden names."""

import os

from pathspec import GitIgnoreSpec
from timed import measure, root


def listing() -> list[str]:
    """Every file that no ``.gitignore`` on its way down ignores; deeper files have the last word."""
    specs: dict[str, list[tuple[str, GitIgnoreSpec]]] = {}
    found = []

    def ignored(chain: list[tuple[str, GitIgnoreSpec]], path: str) -> bool:
        for folder, spec in reversed(chain):
            verdict = spec.check_file(os.path.relpath(path, folder)).include
            if verdict is not None:
                return verdict
        return False

    for folder, folders, names in os.walk(root()):
        chain = specs.get(os.path.dirname(folder), [])
        if ".gitignore" in names:
            with open(os.path.join(folder, ".gitignore"), encoding="utf-8") as lines:
                chain = [*chain, (folder, GitIgnoreSpec.from_lines(lines))]
        specs[folder] = chain
        folders[:] = [
            name for name in folders if name[0] != "." and not ignored(chain, os.path.join(folder, name) + "/")
        ]
        for name in names:
            path = os.path.join(folder, name)
            if name[0] != "." and not ignored(chain, path):
                found.append(path)
    return found


measure(listing)
