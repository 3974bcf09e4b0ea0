"""Mooring's style sheets, as package data."""

from __future__ import annotations

from pathlib import Path

TOKENS = "tokens.tcss"
SIXTEEN_COLOURS = "sixteen_colours.tcss"


def read_styles(*, sixteen_colours: bool = False) -> str:
    """Return all style sheets as one, the tokens first: Textual's variables hold only in the source that names them.

    With `sixteen_colours` the application has values of its own for the tokens, and one more sheet comes last.
    """
    # Not by importlib.resources, which loads what reads archives: 30 ms of each start.
    sheets = {sheet.name: sheet for sheet in Path(__file__).parent.glob("*.tcss")}
    tokens, last = sheets.pop(TOKENS), sheets.pop(SIXTEEN_COLOURS)
    rest = [sheets[name] for name in sorted(sheets)]
    wanted = [*rest, last] if sixteen_colours else [tokens, *rest]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in wanted)
