"""Pictures of the screen that can be read, compared and kept: its text as it stands, and apart from that its colours.

A text in one theme is that in another, so it is kept once; what a theme gives to it is kept in runs of cells:

    a #edf0f4 on #191c1f           a style, by a letter
    0 a130                         line 0: 130 cells of it
    1-4 b63 a1 b66                 lines 1 to 4, which are alike

`svg_of` makes an SVG of both for whoever wants to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from string import ascii_letters

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text
from textual.app import App
from textual.strip import Strip

Run = tuple[str, int]
"""A style, and for how many cells it holds."""

_ATTRIBUTES = ("bold", "dim", "italic", "underline", "underline2", "overline", "reverse", "strike", "blink")
_SEEN_ON_BLANKS = ("underline", "underline2", "overline", "reverse", "strike")


@dataclass(frozen=True, slots=True)
class ScreenPicture:
    """What is on the screen: `text` without blanks at the ends of its lines, `styles` as this module's head says."""

    text: str
    styles: str


def picture_of(app: App[None]) -> ScreenPicture:
    """What an application shows now."""
    strips: list[Strip] = app.screen._compositor.render_strips()
    return ScreenPicture(
        "\n".join(strip.text.rstrip() for strip in strips), "\n".join(_styles([_runs(strip) for strip in strips]))
    )


def svg_of(picture: ScreenPicture, size: tuple[int, int]) -> str:
    """An SVG that shows a picture that was taken at this size in columns and lines."""
    width, height = size
    console = Console(
        width=width, height=height, record=True, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    for line, runs in zip(picture.text.split("\n"), _read_styles(picture.styles, height), strict=True):
        filled = set_cell_size(line, width)
        text = Text(filled)
        start = 0
        for style, count in runs:
            text.stylize(Style.parse(style), _character_at(filled, start), _character_at(filled, start + count))
            start += count
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
    return console.export_svg(title="Mooring", theme=SVG_EXPORT_THEME)


def _runs(strip: Strip) -> tuple[Run, ...]:
    styled = ((_spell(segment), segment.cell_length) for segment in strip if segment.control is None)
    return tuple(
        (style, sum(count for _style, count in runs)) for style, runs in groupby(styled, key=lambda run: run[0])
    )


def _spell(segment: Segment) -> str:
    """The style of a segment in Rich's words, without what nobody sees: the colour of letters that are none."""
    style = segment.style or Style.null()
    seen = _ATTRIBUTES if segment.text.strip() else _SEEN_ON_BLANKS
    words = [name for name in seen if getattr(style, name)]
    if style.color is not None and (segment.text.strip() or words):
        words.append(style.color.name)
    if style.bgcolor is not None:
        words += ["on", style.bgcolor.name]
    return " ".join(words) or "none"


def _styles(lines: Sequence[tuple[Run, ...]]) -> Iterable[str]:
    letters: dict[str, str] = {}
    for runs in lines:
        for style, _count in runs:
            letters.setdefault(style, _letter(len(letters)))
    yield from (f"{letter} {style}" for style, letter in letters.items())
    number = 0
    for runs, alike in groupby(lines):
        last = number + len(list(alike)) - 1
        where = str(number) if last == number else f"{number}-{last}"
        yield " ".join((where, *(f"{letters[style]}{count}" for style, count in runs)))
        number = last + 1


def _letter(number: int) -> str:
    high, low = divmod(number, len(ascii_letters))
    return (ascii_letters[high - 1] if high else "") + ascii_letters[low]


def _read_styles(styles: str, height: int) -> list[tuple[Run, ...]]:
    letters: dict[str, str] = {}
    lines: list[tuple[Run, ...]] = []
    for line in styles.split("\n"):
        head, rest = line.split(" ", 1)
        if head.isalpha():
            letters[head] = rest
            continue
        first, _, last = head.partition("-")
        found = (re.fullmatch(r"([a-zA-Z]+)(\d+)", run) for run in rest.split())
        runs = tuple((letters[run[1]], int(run[2])) for run in found if run is not None)
        lines += [runs] * (int(last or first) - int(first) + 1)
    assert len(lines) == height, styles
    return lines


def _character_at(line: str, cell: int) -> int:
    """The number of the character that begins at a cell: some take two of them, some none."""
    index = width = 0
    while width < cell:
        width += cell_len(line[index])
        index += 1
    return index
