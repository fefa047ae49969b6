"""Addresses of the repository's own files on the web, read as paths of the tree. Touches no disk."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...filesystem.remotes import Remotes
from .target import escape_target, is_template, percent_decode

__all__ = ["Hosting", "OwnUrl"]

_SCHEMES = frozenset(("https", "http", "ssh", "git", "git+ssh"))
_WEB = frozenset(("https", "http"))
_HOST = re.compile(r"[A-Za-z0-9._-]+")
# Names of the same host for other ways in.
_WAYS = ("www.", "ssh.", "altssh.")
# Pages of a file or folder at a state of the repository; those of its history outlive it.
_PAGES = frozenset(("blob", "tree", "raw", "edit", "blame", "src"))
_RENDERED = frozenset(("blob", "tree", "src"))
_RAW_HOST = "raw.githubusercontent.com"
_USUAL_BRANCHES = (b"main", b"master")
_PLACEHOLDER = re.compile(rb"[{}<>*$]|\.\.\.|" + "…".encode())


@dataclass(frozen=True, slots=True)
class OwnUrl:
    """An address of a file or folder of the tree.

    ``path`` is from the root of the tree; ``certain`` tells whether the branch is surely the one that the tree stands
    for, ``rendered`` whether the page shows a document with its headings. ``around`` is what stands before the path,
    and behind it.
    """

    path: bytes
    certain: bool
    rendered: bool
    around: tuple[str, str]


class Hosting:
    """Where the tree is hosted."""

    def __init__(self, remotes: Remotes | None) -> None:
        self._prefix = remotes.prefix if remotes is not None else b""
        # Host and path of each repository, in lower case.
        self._repositories: list[tuple[str, str]] = []
        # The branches that the tree may stand for, and whether it surely does.
        self._branches: list[tuple[list[bytes], bool]] = []
        if remotes is None:
            return
        for address in remotes.addresses:
            known = _repository(address)
            if known is not None and known not in self._repositories:
                self._repositories.append(known)
        named = [branch for branch in (remotes.current, remotes.default) if branch is not None]
        branches = [(branch, True) for branch in (b"HEAD", *named)]
        if remotes.default is None or any(branch in _USUAL_BRANCHES for branch in named):
            branches += [(branch, False) for branch in _USUAL_BRANCHES]
        self._branches = [(branch.split(b"/"), certain) for branch, certain in branches]

    def locate(self, target: str) -> OwnUrl | None:
        """What ``target`` shows of the tree.

        ``None`` for any other address, another branch, a tag or a commit, a path outside of the tree, and one with a
        placeholder.
        """
        if not self._repositories:
            return None
        scheme, colon, rest = target.partition("://")
        if not colon or not scheme.isascii() or scheme.lower() not in _WEB:
            return None
        authority, slash, rest = rest.partition("/")
        host = _host_of(authority) if slash else None
        if host is None:
            return None
        is_raw = host == _RAW_HOST
        inside = self._inside("github.com" if is_raw else host, rest)
        if inside is None:
            return None
        page, mark, query = inside.partition("?")
        found = ("raw", page) if is_raw else _page_of(page)
        below = None if found is None else self._below_branch(found[1])
        if found is None or below is None:
            return None
        written, certain = below
        decoded = _decoded_path(written)
        if decoded is None or is_template(target) or _PLACEHOLDER.search(decoded):
            return None
        path = self._inside_tree(decoded)
        if path is None:
            return None
        behind = mark + query
        before = target[: len(target) - len(behind) - len(written)]
        return OwnUrl(path, certain, found[0] in _RENDERED, (before, behind))

    def _inside(self, host: str, rest: str) -> str | None:
        """What follows the repository in ``rest``, if it is one of ours."""
        for known_host, path in self._repositories:
            if known_host == host:
                start, end = rest[: len(path)], len(path)
                if start.isascii() and start.lower() == path and rest[end : end + 1] == "/":
                    return rest[end + 1 :]
        return None

    def _below_branch(self, path: str) -> tuple[str, bool] | None:
        """What follows the branch in ``path``, if it is one that the tree stands for."""
        path = path.removeprefix("refs/heads/")
        for branch, certain in self._branches:
            rest = path
            for wanted in branch:
                part, _, rest = rest.partition("/")
                if percent_decode(part) != wanted:
                    break
            else:
                return rest, certain
        return None

    def _inside_tree(self, path: bytes) -> bytes | None:
        if not self._prefix:
            return path
        if path == self._prefix[:-1]:
            return b""
        return path[len(self._prefix) :] if path.startswith(self._prefix) else None

    def address_of(self, own: OwnUrl, path: bytes) -> str:
        """The address if it led to ``path``."""
        before, behind = own.around
        return before + escape_target(self._prefix + path) + behind


def _page_of(page: str) -> tuple[str, str] | None:
    """The kind of page, and what follows it: a reference and a path."""
    kind, slash, path = page.removeprefix("-/").partition("/")
    if not slash or kind not in _PAGES:
        return None
    if kind in {"src", "raw"}:
        # Gitea and Forgejo name the kind of the reference.
        named, slash, behind = path.partition("/")
        if slash and named in {"commit", "tag"}:
            return None
        if slash and named == "branch":
            return kind, behind
    return kind, path


def _decoded_path(path: str) -> bytes | None:
    """``path`` decoded, without empty parts; ``None`` where a part could be read in two ways."""
    parts = [percent_decode(part) for part in path.split("/") if part]
    if any(part in {b".", b".."} or b"/" in part for part in parts):
        return None
    return b"/".join(parts)


def _host_of(authority: str) -> str | None:
    """The host in lower case, without user, port and the names of other ways in; ``None`` if it is empty or no name."""
    host = authority.rpartition("@")[2].partition(":")[0]
    if _HOST.fullmatch(host) is None:
        return None
    host = host.lower()
    for way in _WAYS:
        if host.startswith(way):
            short = host.removeprefix(way)
            return short if "." in short else host
    return host


def _repository(address: bytes) -> tuple[str, str] | None:
    """The host and path of the repository at a remote's ``address``.

    >>> _repository(b"https://Host/owner/name.git"), _repository(b"git@host:owner/name.git"), _repository(b"../name")
    (('host', 'owner/name'), ('host', 'owner/name'), None)
    """
    try:
        text = address.decode("utf-8")
    except UnicodeDecodeError:
        return None
    scheme, colon, rest = text.partition("://")
    if colon:
        authority, colon, path = rest.partition("/")
        if not (scheme.isascii() and scheme.lower() in _SCHEMES):
            return None
    else:
        authority, colon, path = text.partition(":")
        # A letter before the colon is a drive, and a slash makes it a path.
        if len(authority.encode()) < 2 or "/" in authority:
            return None
    path = path.strip("/").removesuffix(".git")
    if not colon or not path.isascii() or "/" not in path or "" in path.split("/"):
        return None
    host = _host_of(authority)
    return None if host is None else (host, path.lower())
