"""Mooring's style sheets, as package data."""

from __future__ import annotations

from importlib.resources import files

TOKENS = "tokens.tcss"


def read_styles() -> str:
    """Return all style sheets as one, the tokens first: Textual's variables hold only in the source that names them."""
    sheets = {entry.name: entry for entry in files(__name__).iterdir() if entry.name.endswith(".tcss")}
    tokens = sheets.pop(TOKENS)
    return "\n".join(
        sheet.read_text(encoding="utf-8") for sheet in (tokens, *(sheets[name] for name in sorted(sheets)))
    )
