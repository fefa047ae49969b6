"""Asking git for objects, and for nothing else.

The repository is not trusted. Only ``rev-parse``, ``ls-tree`` and ``cat-file`` are run, which read objects as they are
stored: no index, no filter, no text conversion, no external diff, no hook takes part. What a configuration could still
make them start is turned off: the monitor of the file system, hooks, the pager, and fetching objects that a partial
clone lacks (with every transport forbidden besides, for a git that does not know how to not fetch). Replacement objects
are not looked at. No variable of git's own is handed on, so that nothing points elsewhere, and git itself is looked for
in absolute folders of the search path only, never in the repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import IO

from ...errors import InternalError, InvalidArgumentError, IoError, OperationTimeoutError

__all__ = ["Git", "Repository"]

_SECONDS = 120.0
_MOST_NAMES = 512 * 1024 * 1024
_PIECE = 1 << 20
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.sshCommand": "false",
    "core.askPass": "false",
    "core.alternateRefsCommand": "false",
    "core.commitGraph": "false",
    "credential.helper": "",
    "protocol.allow": "never",
    # A folder that is laid out like a repository is none unless its configuration stands in a folder `.git`.
    "safe.bareRepository": "explicit",
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# The user's own settings stay in reach, since they say whose repositories may be read (`safe.directory`).
_KEPT = ("HOME", "XDG_CONFIG_HOME", "TMPDIR", "SYSTEMROOT")


class Git:
    """The program, and how it is run in the folder ``folder``."""

    def __init__(self, folder: str, seconds: float = _SECONDS) -> None:
        path = os.pathsep.join(entry for entry in os.get_exec_path() if entry.startswith(os.sep))
        program = shutil.which("git", path=path)
        if program is None:
            raise InvalidArgumentError(
                "git is not installed, so what changed cannot be told", hint="install git, or leave out changed-since"
            )
        self._folder = folder
        self._seconds = seconds
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._environment = {**kept, **_ENVIRONMENT, "PATH": path}
        self._command = [program, "--no-pager", "--no-replace-objects"]
        for name, value in _SETTINGS.items():
            self._command += ["-c", f"{name}={value}"]

    def ask(self, *words: str) -> tuple[int, bytes, str]:
        """Exit code, output and complaint of one question whose answer is short."""
        try:
            done = subprocess.run(
                [*self._command, *words],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=self._seconds,
            )
        except subprocess.TimeoutExpired:
            raise self._too_slow() from None
        except OSError as error:
            raise IoError(f"git cannot be run ({os.strerror(error.errno or 0).lower()})", path=self._folder) from None
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "backslashreplace").strip()

    @contextmanager
    def conversation(self, *words: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """The input and output of a question, which is ended at the end of the block, or when its time is over."""
        expired = False
        with subprocess.Popen(
            [*self._command, *words],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise InternalError("a process came without its pipes")

            def end() -> None:
                nonlocal expired
                expired = True
                process.kill()

            timer = Timer(self._seconds, end)
            timer.start()
            try:
                yield process.stdin, process.stdout
            except (BrokenPipeError, EOFError):
                if expired:
                    raise self._too_slow() from None
                raise IoError("git ended before it had answered", path=self._folder) from None
            finally:
                timer.cancel()
                process.kill()
                with suppress(OSError):
                    process.stdin.close()

    def _too_slow(self) -> OperationTimeoutError:
        return OperationTimeoutError(f"git took longer than {self._seconds:.0f} seconds", path=self._folder)


class Repository:
    """The files of one commit of the repository that holds a folder.

    ``prefix`` leads from the top of the repository to the folder, and ends with a slash unless it is empty. ``files``
    maps paths from the top to object names.
    """

    def __init__(self, folder: str, since: str, seconds: float = _SECONDS) -> None:
        if not since or since.startswith("-") or not since.isprintable():
            raise InvalidArgumentError(
                f"changed-since must name a commit, not {since!r}", hint="use a branch, a tag, a hash or HEAD~1"
            )
        self._git = Git(folder, seconds)
        shallow = self._inside(folder)
        self.prefix = os.fsdecode(self._git.ask("rev-parse", "--show-prefix")[1].removesuffix(b"\n"))
        code, out, _ = self._git.ask("rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")
        if code or not out:
            hint = "this clone is shallow; fetch more of its history" if shallow else "`git log` lists the commits"
            raise InvalidArgumentError(f"changed-since: no commit '{since}' in the repository", hint=hint)
        self._commit = out.decode("ascii", "replace").strip()
        self.files = dict(self._files(since))

    def _inside(self, folder: str) -> bool:
        """Whether the clone is shallow; raises where there is no work tree to compare with."""
        code, out, complaint = self._git.ask("rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
        answers = out.split()
        if not code and answers[:1] == [b"true"]:
            return answers[1:] == [b"true"]
        if "dubious ownership" in complaint:
            message = "git does not trust the repository, which belongs to another user"
            hint = "if you do: git config --global --add safe.directory FOLDER"
        elif not code or "safe.bareRepository" in complaint:
            message = "the folder lies in a bare repository, which has no working tree to compare"
            hint = "give a folder of a working tree"
        elif "not a git repository" in complaint:
            message, hint = (
                "the folder is not in a git repository, so what changed cannot be told",
                "leave out changed-since",
            )
        else:
            last = complaint.splitlines()[-1] if complaint else "no reason given"
            message, hint = f"git cannot read the repository ({last})", "see `git status`"
        raise InvalidArgumentError(message, path=folder, hint=hint)

    def _files(self, since: str) -> Iterator[tuple[str, str]]:
        with self._git.conversation("ls-tree", "-r", "-z", "--full-tree", self._commit) as (question, answer):
            question.close()
            listing = answer.read(_MOST_NAMES + 1)
        if len(listing) > _MOST_NAMES:
            raise IoError(f"the commit '{since}' lists more than {_MOST_NAMES} bytes of names")
        if not listing.endswith(b"\0") and listing:
            raise IoError(f"git did not list all files of the commit '{since}'")
        for entry in listing.split(b"\0"):
            facts, _, path = entry.partition(b"\t")
            mode, _, rest = facts.partition(b" ")
            # Regular files only: no links, no submodules.
            if mode.startswith(b"100"):
                yield os.fsdecode(path), rest.rpartition(b" ")[2].decode("ascii")

    @contextmanager
    def contents(self, limit: int) -> Iterator[ContentReader]:
        """Reads objects one by one, each of at most ``limit`` bytes."""
        with self._git.conversation("cat-file", "--batch") as (question, answer):
            yield ContentReader(question, answer, limit)


class ContentReader:
    """Objects of a repository, as stored."""

    def __init__(self, question: IO[bytes], answer: IO[bytes], limit: int) -> None:
        self._question = question
        self._answer = answer
        self._limit = limit

    def read(self, name: str) -> bytes | None:
        """The content of the object, ``None`` if it is not there or larger than the limit."""
        self._question.write(name.encode("ascii") + b"\n")
        self._question.flush()
        heading = self._answer.readline()
        if not heading.endswith(b"\n"):
            raise EOFError
        facts = heading.split()
        if len(facts) != 3:
            return None
        left, kept, wanted = int(facts[2]) + 1, [], int(facts[2]) <= self._limit
        while left:
            piece = self._answer.read(min(left, _PIECE))
            if not piece:
                raise EOFError
            left -= len(piece)
            if wanted:
                kept.append(piece)
        return b"".join(kept)[:-1] if wanted else None
