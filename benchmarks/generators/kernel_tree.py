"""A source tree in the shape of a large C project: 80,000 small files in about 5,000 folders.

The shares of the top folders, the mix of extensions, the few very large folders and the style of the ignore files
follow what such trees have: a root ``.gitignore`` that hides dot files and build products and takes some back, and
small ones below. About one file in thirteen is ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from .words import WORDS, source_text

__all__ = ["make_kernel_tree"]

_TOP = {
    "drivers": 420, "arch": 170, "Documentation": 120, "include": 90, "tools": 75, "sound": 40, "fs": 32, "net": 26,
    "lib": 10, "kernel": 8, "scripts": 5, "security": 5, "samples": 4, "mm": 3, "crypto": 3, "block": 2, "rust": 2,
}  # fmt: skip
_EXTENSIONS = {
    "Documentation": (".rst", ".rst", ".rst", ".txt", ".yaml", ".yaml", ".yaml"),
    "include": (".h",),
    "arch": (".c", ".c", ".h", ".h", ".S", ".dts", ".dts", ".dtsi"),
    "tools": (".c", ".c", ".c", ".h", ".sh", ".py", ".json", ".json"),
}
_COMMON = (".c", ".c", ".c", ".c", ".c", ".h", ".h", ".h")

_ROOT_IGNORE = """\
# Normal rules
.*
*.a
*.asn1.[ch]
*.bin
*.ko
*.ll
*.lst
*.mod
*.mod.c
*.o
*.o.*
*.patch
*.so
*.tab.[ch]
*.xz
Module.symvers
modules.order

# Top level
/build/
/linux
/tags
/TAGS
/vmlinux*

# Taken back
!.clang-format
!.gitattributes
!.gitignore
!.mailmap

*.orig
*~
\\#*#
include/config/
include/generated/
/tools/**/out/
"""


class _Tree:
    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = Random(seed)
        self.pool = source_text(self.random, 256 * 1024)

    def write(self, path: Path) -> None:
        # Sizes spread over three orders of magnitude, most of them below 2 KiB.
        size = 40 << self.random.randrange(8)
        size += self.random.randrange(size)
        start = self.random.randrange(len(self.pool) - size)
        path.write_bytes(self.pool[start : start + size])

    def name(self, used: set[str], words: int, suffix: str) -> str:
        name = "_".join(WORDS[self.random.randrange(len(WORDS))] for _ in range(words)) + suffix
        if name in used:
            return self.name(used, words + 1, suffix)
        used.add(name)
        return name

    def folder(self, path: Path, files: int, extensions: tuple[str, ...], depth: int) -> None:
        path.mkdir(parents=True)
        own = files
        if files > 28 and depth < 7:
            # One folder in a hundred is very large, as those of headers and of device trees are.
            limit = 1200 if depth > 0 and self.random.randrange(100) == 0 else 28
            own = min(files, 2 + self.random.randrange(limit))
        used = {"Makefile", "Kconfig"}
        for place in range(own):
            if place == 0 and depth > 0:
                self.write(path / "Makefile")
            elif place == 1 and depth > 0 and own > 4:
                self.write(path / "Kconfig")
            else:
                suffix = extensions[self.random.randrange(len(extensions))]
                self.write(path / self.name(used, 1 + self.random.randrange(3), suffix))
        if own > 6 and depth > 0:
            self.ignored(path, used)
        for share in self.shares(files - own):
            self.folder(path / self.name(used, 1, ""), share, extensions, depth + 1)

    def shares(self, files: int) -> Iterator[int]:
        while files > 0:
            share = min(files, 6 + self.random.randrange(max(1, files // 2)))
            yield share
            files -= share

    def ignored(self, path: Path, used: set[str]) -> None:
        """In some folders: objects beside their sources, and a small ignore file with a name, a glob, a negation."""
        dice = self.random.randrange(100)
        if dice < 20:
            for source in sorted(name for name in used if name.endswith(".c"))[:8]:
                self.write(path / f"{source[:-2]}.o")
        if dice < 5:
            tool, table = self.name(used, 2, ""), self.name(used, 2, "_table.h")
            (path / ".gitignore").write_text(f"/{tool}\n*_table.h\n!keep_table.h\n", encoding="utf-8")
            for name in (tool, table, "keep_table.h"):
                self.write(path / name)


def make_kernel_tree(root: Path, *, files: int = 80_000, seed: int = 20260731) -> None:
    """Writes the tree below ``root``, which must not exist. ``files`` is met within a few per cent."""
    tree = _Tree(root, seed)
    root.mkdir(parents=True)
    (root / ".gitignore").write_text(_ROOT_IGNORE, encoding="utf-8")
    (root / ".mailmap").write_text("A Developer <developer@example.org>\n", encoding="utf-8")
    built = files // 40
    sources = files - built - files // 20
    total = sum(_TOP.values())
    for name, weight in _TOP.items():
        tree.folder(root / name, max(1, sources * weight // total), _EXTENSIONS.get(name, _COMMON), 0)
    tree.folder(root / "build", built, (".o", ".cmd", ".d"), 1)
