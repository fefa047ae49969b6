"""Repositories with commits, made by git itself under settings that no one else's configuration reaches."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.git_trees import git_environment

__all__ = ["commit_all", "git"]


def git(folder: Path, *words: str, check: bool = True) -> str:
    """What git answers in ``folder``."""
    identity = {f"GIT_{role}_{part}": "a@b" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = git_environment({**identity, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"})
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=check,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def commit_all(folder: Path) -> str:
    """Commits everything below ``folder``, which becomes a repository if it is none, and gives the commit's name."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "a commit")
    return git(folder, "rev-parse", "HEAD")
