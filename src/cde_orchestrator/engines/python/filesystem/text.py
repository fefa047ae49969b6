"""One file as text. The twin of ``cde_filesystem::text``."""

from __future__ import annotations

import os
import stat

from ....domain.envelope import Completeness, EngineInfo, Result
from ....domain.files import TextFile, TextSummary
from ....errors import InvalidArgumentError, LimitExceededError
from ..digest import hash12, snapshot_id
from ..os_errors import error_from_os
from .decode import decode_legacy
from .facts import facts_of
from .read import read_up_to

__all__ = ["read_text"]


def read_text(path: str, max_bytes: int, engine: EngineInfo) -> Result[TextFile]:
    """One file as text, decoded as :func:`~.decode.decode_legacy` does. Schema ``cde.files.read/1``.

    A link is followed, since the caller named it. Raises ``LimitExceededError`` beyond ``max_bytes``,
    ``InvalidArgumentError`` for a folder, a device and a binary file, and what the operating system reports.
    """
    if "\0" in path:
        raise InvalidArgumentError("a path cannot hold a NUL byte", path=path)
    too_large = LimitExceededError(
        f"the file has more than {max_bytes} bytes", path=path, hint="raise the limit to read it whole"
    )
    raw = os.fsencode(path)
    try:
        descriptor = os.open(raw, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            metadata = os.fstat(descriptor)
            if not stat.S_ISREG(metadata.st_mode):
                raise InvalidArgumentError("not a regular file", path=path, hint="name a file to read")
            if metadata.st_size > max_bytes:
                raise too_large
            content = read_up_to(descriptor, max_bytes + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise error_from_os(error, path) from None
    if len(content) > max_bytes:
        raise too_large
    facts = facts_of(raw, content)
    if facts.binary:
        raise InvalidArgumentError("the file is binary", path=path, hint="only text can be shown")
    decoded = decode_legacy(content)
    item = TextFile(
        path=path,
        size=facts.size,
        hash=facts.sha256,
        encoding=decoded.encoding,
        bom=decoded.bom,
        line_ending=decoded.line_ending,
        invalid_bytes=decoded.invalid_bytes,
        line_count=facts.lines,
        ref=f"{path}#L1-L{max(facts.lines, 1)}@{hash12(facts.sha256)}",
        text=decoded.text,
    )
    return Result(
        schema="cde.files.read/1",
        engine=engine,
        root=path,
        snapshot=snapshot_id([(raw, facts.size, facts.sha256)]),
        completeness=Completeness("complete", 1),
        summary=TextSummary(1, facts.size, facts.lines),
        items=(item,),
    )
