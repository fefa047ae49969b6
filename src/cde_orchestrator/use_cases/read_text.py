"""Reading one file as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidArgumentError
from .base import PathLike, UseCase, root_of

if TYPE_CHECKING:
    from ..domain.envelope import Answer
    from ..domain.files import TextFile

__all__ = ["DEFAULT_MAX_BYTES", "ReadTextUseCase"]

DEFAULT_MAX_BYTES = 16 * 1024 * 1024


class ReadTextUseCase(UseCase):
    """Reads one file as text and says what was done to decode it."""

    def execute(self, path: PathLike, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Answer[TextFile]:
        """One :class:`TextFile`. A file above ``max_bytes`` raises ``LimitExceededError``."""
        if isinstance(max_bytes, bool) or not isinstance(max_bytes, int) or max_bytes < 1:
            raise InvalidArgumentError(f"max_bytes must be a whole number of at least 1, not {max_bytes!r}")
        return self.engines.filesystem.read_text(root_of(path), max_bytes=max_bytes)
