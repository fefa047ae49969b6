"""Stands in for the native core on platforms that have no native wheel: importing it raises ``ImportError``."""

_reason = ImportError("no native wheel of cde-rust-core exists for this platform", name="cde_rust_core")
_reason.cde_absent = True  # type: ignore[attr-defined]  # tells absence from a core that is there and does not load
raise _reason
