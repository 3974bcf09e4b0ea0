"""Reading Alacritty's ref tests: the grid that it expects, as text and styles that compare with ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from mooring_widgets.emulator import Color, Rgb, Row, Style, Underline

_NAMED = ("Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White")
_UNDERLINES = {
    "UNDERLINE": Underline.SINGLE,
    "DOUBLE_UNDERLINE": Underline.DOUBLE,
    "UNDERCURL": Underline.CURLY,
    "DOTTED_UNDERLINE": Underline.DOTTED,
    "DASHED_UNDERLINE": Underline.DASHED,
}


@dataclass(frozen=True)
class Recording:
    """One ref test: the size, the bytes, and the rows expected on the screen, top first, and above it, oldest first."""

    columns: int
    lines: int
    history_size: int
    data: bytes
    screen: list[list[tuple[str, Style]]]
    history: list[list[tuple[str, Style]]]


def load_recording(folder: Path) -> Recording:
    """Read a ref test's folder."""
    size = json.loads((folder / "size.json").read_text())
    config = json.loads((folder / "config.json").read_text())
    grid = json.loads((folder / "grid.json").read_text())
    lines = size["screen_lines"]
    rows = [_read_row(row["inner"]) for row in grid["raw"]["inner"]]
    return Recording(
        columns=size["columns"],
        lines=lines,
        history_size=config["history_size"],
        data=(folder / "alacritty.recording").read_bytes(),
        screen=rows[:lines][::-1],
        history=rows[lines:][::-1],
    )


def cells_of(row: Row) -> list[tuple[str, Style]]:
    """Our row in the same form."""
    return [(cell, row.style_at(column)) for column, cell in enumerate(row.cells)]


def _read_row(cells: list[dict[str, object]]) -> list[tuple[str, Style]]:
    return [_read_cell(cell) for cell in cells]


def _read_cell(cell: dict[str, object]) -> tuple[str, Style]:
    flags = {flag.strip() for flag in str(cell["flags"]).split("|")}
    extra = cell["extra"]
    details = extra if isinstance(extra, dict) else {}
    # A tab is kept in the cell where it was written; everybody else leaves a blank there.
    character = str(cell["c"]).replace("\t", " ") + "".join(details.get("zerowidth", ()))
    if "WIDE_CHAR_SPACER" in flags:
        character = ""
    elif "LEADING_WIDE_CHAR_SPACER" in flags:
        character = " "
    hyperlink = details.get("hyperlink")
    link = hyperlink.get("inner", hyperlink) if isinstance(hyperlink, dict) else None
    style = Style(
        foreground=_read_color(cell["fg"]),
        background=_read_color(cell["bg"]),
        underline_color=_read_color(details.get("underline_color")),
        underline=next((kind for flag, kind in _UNDERLINES.items() if flag in flags), Underline.NONE),
        bold="BOLD" in flags,
        dim="DIM" in flags,
        italic="ITALIC" in flags,
        inverse="INVERSE" in flags,
        conceal="HIDDEN" in flags,
        strike="STRIKEOUT" in flags,
        link=link["uri"] if isinstance(link, dict) else None,
    )
    return character, style


def _read_color(color: object) -> Color:
    if not isinstance(color, dict):
        return None
    if "Spec" in color:
        return Rgb(color["Spec"]["r"], color["Spec"]["g"], color["Spec"]["b"])
    if "Indexed" in color:
        return int(color["Indexed"])
    name = str(color["Named"])
    if name in ("Foreground", "Background"):
        return None
    bright = name.startswith("Bright")
    return _NAMED.index(name.removeprefix("Bright")) + (8 if bright else 0)
