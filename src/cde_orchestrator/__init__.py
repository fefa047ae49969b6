"""Repository answers with receipts."""
