"""``mkdocs.yml`` and the files of its successors."""

from __future__ import annotations

from ......domain.documents import Json
from .told import Files, Folder, Told, path_of_url, text_at

__all__ = ["told"]

# Plugins that make the navigation, or move what it names.
_NAVIGATING = frozenset(
    ("awesome-nav", "awesome-pages", "i18n", "include_dir_to_nav", "literate-nav", "monorepo", "multirepo")
)
# Plugins that make no pages which a navigation would name.
_PAGELESS = frozenset(
    (
        "autorefs",
        "blog",
        "callouts",
        "exclude",
        "git-authors",
        "git-committers",
        "git-committers-2",
        "git-revision-date",
        "git-revision-date-localized",
        "glightbox",
        "group",
        "include-markdown",
        "info",
        "llmstxt",
        "macros",
        "mermaid2",
        "meta",
        "mike",
        "minify",
        "mkdocs-jupyter",
        "mkdocstrings",
        "offline",
        "open-in-new-tab",
        "optimize",
        "panzoom",
        "print-site",
        "privacy",
        "redirects",
        "rss",
        "search",
        "section-index",
        "social",
        "table-reader",
        "tags",
        "termynal",
        "typeset",
    )
)
# How many places are looked at in vain before the entries left stand at the line of the one before.
_MOST_MISSES = 200
_PART_OF_PATH = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./")


def told(value: Json, text: str, *, toml: bool) -> Told:
    """What ``value``, which ``text`` spells, tells. In TOML the table ``project`` holds what is a file of YAML else."""
    if toml and isinstance(value, dict):
        value = value.get("project")
    value = value if isinstance(value, dict) else {}
    plugins = _names(value.get("plugins"))
    content = text_at(value, "docs_dir")
    alone = "INHERIT" not in value and not toml
    return Told(
        content=[] if content is None else [Folder("docs_dir", content)],
        base_url=path_of_url(text_at(value, "site_url")),
        slugs=("mkdocs", alone and not _has_other_slugs(value.get("markdown_extensions"))),
        navigation=_navigation(value, text, plugins),
        links_items=not {"mkdocstrings", "autorefs"}.isdisjoint(plugins),
        hooks="hooks" in value,
    )


def _names(value: Json) -> list[str]:
    """The names in a list of names and of mappings from a name to its settings, or in such a mapping."""
    names: list[str] = []
    for item in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
        if isinstance(item, dict):
            names += item
        elif isinstance(item, str):
            names.append(item)
    return [name.removeprefix("material/") for name in names]


def _settings(value: Json, name: str) -> tuple[Json] | None:
    """The settings of ``name`` in such a list or mapping, if it stands there."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and name in item:
            return (item[name],)
    return None


def _has_other_slugs(extensions: Json) -> bool:
    """Whether the anchors of headings are made in another way than the usual one."""
    settings = _settings(extensions, "toc")
    if settings is None or settings[0] is None:
        return False
    toc = settings[0]
    return not isinstance(toc, dict) or "slugify" in toc or "separator" in toc


def _navigation(value: dict[str, Json], text: str, plugins: list[str]) -> Files | None:
    nav = value.get("nav")
    if not isinstance(nav, list) or not _NAVIGATING.isdisjoint(plugins):
        return None
    written: list[str] = []
    left: list[Json] = [nav]
    while left:
        item = left.pop()
        if isinstance(item, list):
            left += reversed(item)
        elif isinstance(item, dict):
            left += reversed(item.values())
        elif isinstance(item, str):
            if "*" in item:
                return None
            if _is_path(item):
                written.append(item)
    places = _Places(text)
    entries = [(path, places.line_of(path)) for path in written]
    excluded = [patterns for key in ("exclude_docs", "not_in_nav", "draft_docs") if (patterns := text_at(value, key))]
    settings = _settings(value.get("plugins"), "exclude")
    globs = settings[0].get("glob") if settings is not None and isinstance(settings[0], dict) else None
    listed = globs if isinstance(globs, list) else [globs]
    excluded.append("".join(f"/{glob}\n" for glob in listed if isinstance(glob, str)))
    if "blog" in plugins:
        excluded.append("posts/\n")
    sure = "hooks" not in value and "INHERIT" not in value and _PAGELESS.issuperset(plugins)
    return Files(entries, excluded, sure)


def _is_path(entry: str) -> bool:
    """Whether an entry names a file or folder below the content, and is no address."""
    return bool(entry) and "://" not in entry and not entry.startswith(("/", "#", "!", "mailto:"))


class _Places:
    """Finds the lines of the entries of ``nav``."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start, self._line, self._misses = 0, 1, 0
        start = 0
        for number, written in enumerate(text.split("\n"), 1):
            if written.lstrip(" \t").startswith("nav"):
                self._start, self._line = start, number
                break
            start += len(written) + 1

    def line_of(self, entry: str) -> int:
        """The first line behind the entry before on which ``entry`` stands by itself, or the line of that one."""
        text = self._text
        start = self._start
        while self._misses < _MOST_MISSES:
            place = text.find(entry, start)
            if place < 0:
                self._misses += 1
                break
            end = place + len(entry)
            if text[max(place - 1, 0) : place] not in _PART_OF_PATH and text[end : end + 1] not in _PART_OF_PATH:
                self._line += text.count("\n", self._start, place)
                self._start = place
                break
            self._misses += 1
            start = end
        return self._line
