"""Writes ``crates/cde-python/cde_rust_core.pyi`` from the signatures in the core (``make stubs``).

maturin reads them from a build with the feature ``inspect``. An exception made by a macro has no signature there, so it
is added here, with ``__all__``; ``stubtest``, run by ``make lint``, compares the result with the module as it is.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CRATE = ROOT / "crates/cde-python"
STUB = CRATE / "cde_rust_core.pyi"
EXCEPTION = '''
class CoreError(Exception):
    """
    A failure of the core; its args are (code, message, path or None, hint or None).
    """
'''


def main() -> None:
    """Builds, collects and completes the stub."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["maturin", "generate-stubs", "--quiet", "--features", "inspect,extension-module", "--out", folder]
        subprocess.run([sys.executable, "-m", *command], cwd=CRATE, check=True)
        (generated,) = Path(folder).rglob("*.pyi")
        text = generated.read_text()
    names = sorted({*re.findall(r"^(?:class|def) (\w+)", text, re.MULTILINE), "CoreError"} - {"__getattr__"})
    exported = ",\n".join(f'    "{name}"' for name in names)
    text = text.replace("\n@final", f"\n__all__ = [\n{exported},\n]\n\n@final", 1)
    text = text.replace("classes: dict)", "classes: dict[str, type])")
    text = text.replace("from _typeshed import Incomplete, SupportsGetItem", "from _typeshed import SupportsGetItem")
    text = text.replace("\ndef __getattr__(name: str) -> Incomplete: ...\n", EXCEPTION)
    STUB.write_text(text)


if __name__ == "__main__":
    main()
