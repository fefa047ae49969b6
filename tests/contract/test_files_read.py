"""``read_text`` on both engines."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cde_orchestrator.domain.files import TextFile
from cde_orchestrator.engines.select import Engines
from cde_orchestrator.errors import InvalidArgumentError, LimitExceededError, PathNotFoundError


def read(engines: Engines, path: Path, max_bytes: int = 1 << 20) -> TextFile:
    (item,) = engines.filesystem.read_text(str(path), max_bytes=max_bytes).items
    return item


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("", "utf-8", False, "none", 0, 0)),
        (b"a\nb", ("a\nb", "utf-8", False, "lf", 0, 2)),
        (b"\xef\xbb\xbfa\r\n", ("a\r\n", "utf-8", True, "crlf", 0, 1)),
        (b"a\rb\n", ("a\rb\n", "utf-8", False, "mixed", 0, 1)),
        (b"a\rb", ("a\rb", "utf-8", False, "cr", 0, 1)),
        ("é\n".encode("utf-16"), ("é\n", "utf-16-le", True, "lf", 0, 1)),
        (b"\xfe\xff" + "x\r\ny".encode("utf-16-be"), ("x\r\ny", "utf-16-be", True, "crlf", 0, 2)),
        (b"\xff\xfe\x3d\xd8a", ("\ufffd\ufffd", "utf-16-le", True, "none", 3, 1)),
        (b"caf\xe9 \x80", ("café €", "windows-1252", False, "none", 0, 1)),
        (b"caf\xe9 \x81", ("caf\ufffd \ufffd", "utf-8", False, "none", 2, 1)),
        (b"\xc3\xa9\xf0\x9f\x92x", ("é\ufffdx", "utf-8", False, "none", 3, 1)),
    ],
)
def test_text_and_what_was_done(
    engines: Engines, tmp_path: Path, content: bytes, expected: tuple[str, str, bool, str, int, int]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    item = read(engines, path)
    found = (item.text, item.encoding, item.bom, item.line_ending, item.invalid_bytes, item.line_count)
    assert found == expected
    digest = hashlib.sha256(content).hexdigest()
    assert (item.size, item.hash) == (len(content), f"sha256:{digest}")
    assert item.ref == f"{path}#L1-L{max(item.line_count, 1)}@{digest[:12]}"


def test_a_link_is_followed(engines: Engines, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "link").symlink_to("a.txt")
    assert read(engines, tmp_path / "link").text == "text"


def test_refusals(engines: Engines, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"a\0b")
    (tmp_path / "large").write_bytes(b"12345")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidArgumentError, match="the file is binary"):
        read(engines, tmp_path / "binary")
    with pytest.raises(InvalidArgumentError, match="not a regular file"):
        read(engines, tmp_path)
    with pytest.raises(InvalidArgumentError, match="not a regular file"):
        read(engines, tmp_path / "pipe")
    with pytest.raises(PathNotFoundError):
        read(engines, tmp_path / "gone")
    assert read(engines, tmp_path / "large", 5).text == "12345"
    with pytest.raises(LimitExceededError, match="more than 4 bytes"):
        read(engines, tmp_path / "large", 4)
