"""The trees that the benchmarks run on: made, downloaded or unpacked below ``benchmarks/corpora/``, never committed.

``python benchmarks/corpora.py NAME…`` makes the named corpora, or all that can be had, and prints their digests.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generators.kernel_tree import make_kernel_tree
from generators.markdown import make_markdown
from harness.places import BENCHMARKS, CORPORA, SHARED_CORPORA

__all__ = ["CORPUS_NAMES", "CorpusUnavailableError", "describe_corpus", "prepare_corpus"]


class CorpusUnavailableError(RuntimeError):
    """The corpus cannot be had on this machine; the message says why."""


def _git(root: Path, *command: str) -> None:
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "Developer"), ("EMAIL", "developer@example.org"), ("DATE", "2026-07-31T00:00:00Z"))
    }
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | who
    subprocess.run(["git", *command], cwd=root, check=True, env=environment, stdout=subprocess.DEVNULL)


def _kernel_git(root: Path) -> None:
    """As a developer has it: committed, with the build products lying about untracked."""
    make_kernel_tree(root)
    _git(root, "init", "--quiet")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "Everything")
    _git(root, "status", "--short")  # Refreshes the index.


def _sdist(name: str) -> Callable[[Path], None]:
    def prepare(root: Path) -> None:
        downloads = CORPORA / ".downloads"
        pins = BENCHMARKS / "peers" / "sdists.txt"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += [
            "--no-binary",
            ":all:",
            "--no-build-isolation",
            "--require-hashes",
            "-r",
            str(pins),
            "-d",
            str(downloads),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        archives = sorted(downloads.glob(f"{name}-*.tar.gz"))
        if done.returncode or not archives:
            raise CorpusUnavailableError(
                f"pip download failed: {(done.stderr.strip().splitlines() or ['nothing said'])[-1]}"
            )
        _unpack(archives[-1], root)

    return prepare


def _archive(name: str) -> Callable[[Path], None]:
    def prepare(root: Path) -> None:
        archive = SHARED_CORPORA / f"{name}.tar.xz"
        if not archive.exists():
            raise CorpusUnavailableError(f"no archive {name}.tar.xz in shared/corpora beside the checkout")
        _unpack(archive, root)
        # These archives keep only names of configuration files; an empty one stops markdownlint.
        for configuration in root.rglob(".markdownlint*"):
            if configuration.stat().st_size == 0:
                configuration.unlink()

    return prepare


def _unpack(archive: Path, root: Path) -> None:
    staging = root.with_name(f".{root.name}.unpacking")
    shutil.rmtree(staging, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(staging, filter="data")
    tops = list(staging.iterdir())
    (tops[0] if len(tops) == 1 else staging).rename(root)
    shutil.rmtree(staging, ignore_errors=True)


_MAKERS: dict[str, Callable[[Path], None]] = {
    "kernel-like": make_kernel_tree,
    "kernel-like-git": _kernel_git,
    "markdown": make_markdown,
    "django": _sdist("django"),
    "cpp-docs": _archive("cpp-docs"),
    "react-native-website": _archive("react-native-website"),
    "rust-book": _archive("rust-book"),
}
CORPUS_NAMES = tuple(_MAKERS)


def prepare_corpus(name: str) -> Path:
    """The folder of the corpus ``name``, made now if need be; :class:`CorpusUnavailableError` if it cannot be."""
    root = CORPORA / name
    if not root.exists():
        # Made beside its place and moved there, so that an interrupted run leaves no half corpus.
        making = CORPORA / f".{name}.making"
        shutil.rmtree(making, ignore_errors=True)
        CORPORA.mkdir(parents=True, exist_ok=True)
        _MAKERS[name](making)
        # A repository of its own, or the ignore files of the checkout around it would have a say.
        if name != "kernel-like" and not (making / ".git").exists():
            _git(making, "init", "--quiet")
        making.rename(root)
    return root


def _files(root: Path) -> Iterator[tuple[bytes, Path]]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != ".git"]
        for name in names:
            path = Path(folder, name)
            yield os.fsencode(path.relative_to(root)), path


def describe_corpus(name: str) -> dict[str, Any]:
    """Name, files, bytes, and SHA-256 over the sorted lines ``path NUL size NUL content-digest``; without ``.git``."""
    digest = hashlib.sha256()
    count = total = 0
    for relative, path in sorted(_files(CORPORA / name)):
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        digest.update(b"%s\0%d\0%s\n" % (relative, len(content), hashlib.sha256(content).hexdigest().encode()))
        count += 1
        total += len(content)
    return {"name": name, "files": count, "bytes": total, "sha256": digest.hexdigest()}


def main(names: list[str]) -> int:
    """Prepares and describes the named corpora, or all."""
    for name in names or CORPUS_NAMES:
        try:
            prepare_corpus(name)
        except CorpusUnavailableError as error:
            print(f"{name}: {error}")
            continue
        print("{name}: {files} files, {bytes} bytes, sha256 {sha256}".format(**describe_corpus(name)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
