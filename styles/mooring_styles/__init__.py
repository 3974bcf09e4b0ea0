"""Mooring's style sheets, as package data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_TOKENS = "tokens"
_SIXTEEN_COLOURS = "sixteen_colours"
_FIRST = ("base", "detail_pane", "leader_map", "machine_list", "main_screen", "session_tabs", "status_bar")
"""What the first picture of the main screen is styled by: parsing all sheets would take three times as long."""


def read_styles(*, sixteen_colours: bool = False) -> str:
    """Return all style sheets as one.

    With `sixteen_colours` the application has values of its own for the tokens, and one more sheet comes last.
    """
    return _read((*_FIRST, *_further()), sixteen_colours=sixteen_colours, is_last=True)


def read_first_styles(*, sixteen_colours: bool = False) -> str:
    """Return the sheets of the first picture as one; those of `read_further_styles` have to follow behind it."""
    return _read(_FIRST, sixteen_colours=sixteen_colours, is_last=False)


def read_further_styles(*, sixteen_colours: bool = False) -> str:
    """Return all other sheets as one."""
    return _read(_further(), sixteen_colours=sixteen_colours, is_last=True)


def _further() -> Iterable[str]:
    # Not by importlib.resources, which loads what reads archives: 30 ms of each start.
    names = sorted(sheet.stem for sheet in Path(__file__).parent.glob("*.tcss"))
    return (name for name in names if name not in (_TOKENS, _SIXTEEN_COLOURS, *_FIRST))


def _read(names: Iterable[str], *, sixteen_colours: bool, is_last: bool) -> str:
    """The tokens have to come first: Textual's variables hold only in the source that names them."""
    before = () if sixteen_colours else (_TOKENS,)
    behind = (_SIXTEEN_COLOURS,) if sixteen_colours and is_last else ()
    sheets = (Path(__file__).parent / f"{name}.tcss" for name in (*before, *names, *behind))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
