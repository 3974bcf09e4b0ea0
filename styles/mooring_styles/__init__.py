"""Mooring's style sheets, as package data."""

from __future__ import annotations

from pathlib import Path

TOKENS = "tokens.tcss"


def read_styles(*, tokens: bool = True) -> str:
    """Return all style sheets as one, the tokens first: Textual's variables hold only in the source that names them.

    Without `tokens` they are left out, for an application that has other values for them.
    """
    # Not by importlib.resources, which loads what reads archives: 30 ms of each start.
    sheets = {sheet.name: sheet for sheet in Path(__file__).parent.glob("*.tcss")}
    first = sheets.pop(TOKENS)
    rest = [sheets[name] for name in sorted(sheets)]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in ([first, *rest] if tokens else rest))
