"""Lines of the list as strips of styled text. Pure: the styles come in, nothing is looked up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from mooring_widgets.machine_list.columns import GAP, NAME_SIGN, Column, ColumnSpan
from mooring_widgets.machine_list.filtering import Highlights
from mooring_widgets.machine_list.outline import GroupLine, Heading, HeadingKind
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import PROBLEM_SIGN, STATE_SIGNS, Condition, RowState, StateSign, Tone
from mooring_widgets.plain_text import fit, plain_text

MARGIN = 4
"""Cells before the name: the machine's colour, mark, sign of its state, space."""

COLOUR_SIGN = "▎"
MARK_SIGN = "✓"
FAVOURITE_SIGN = "★"
GUARD_SIGN = "⚠"
FOLDED_SIGN, UNFOLDED_SIGN = "▸", "▾"
_RIGHT_EDGE = 1


@dataclass(frozen=True, slots=True)
class LineStyles:
    """The styles of one line, all of them on the line's own background."""

    base: Style
    dim: Style
    match: Style
    group: Style
    mark: Style
    favourite: Style
    guard: Style
    tones: Mapping[Tone, Style]


@dataclass(frozen=True, slots=True)
class PaintedMachine:
    """A machine and what is to be seen of it besides its row. `colour` is its own, None where it has none."""

    row: MachineRow
    condition: Condition
    marked: bool = False
    colour: Style | None = None
    highlights: Highlights = field(default_factory=dict)

    @property
    def sign(self) -> StateSign:
        """The sign of its state; of its problem as long as nothing goes on with it."""
        if self.row.problem is not None and self.condition.state is RowState.IDLE:
            return PROBLEM_SIGN
        return STATE_SIGNS[self.condition.state]


class _LineBuilder:
    """A line in the making. Text in one style becomes one segment, since each costs at every stage to the terminal."""

    def __init__(self, base: Style) -> None:
        self._base = base
        self._segments: list[Segment] = []
        self._texts: list[str] = []
        self._style = base
        self._width = 0

    def add(self, text: str, style: Style, width: int) -> None:
        """Add text that is `width` cells wide."""
        if not text:
            return
        if style is not self._style:
            self._flush()
            self._style = style
        self._texts.append(text)
        self._width += width

    def blank(self, width: int) -> None:
        """Add blanks, in the style of what stands before them unless that would show."""
        self.add(" " * width, self._base if self._style.underline else self._style, width)

    def strip(self, width: int) -> Strip:
        """The line, exactly `width` cells wide."""
        self.blank(width - self._width)
        self._flush()
        strip = Strip(self._segments, self._width)
        return strip if self._width == width else strip.adjust_cell_length(width, self._base)

    def _flush(self) -> None:
        if self._texts:
            self._segments.append(Segment("".join(self._texts), self._style))
            self._texts = []


def paint_group(line: GroupLine, width: int, styles: LineStyles) -> Strip:
    """A heading: the fold sign, the group's name, and how many machines it has at the right edge."""
    sign, count = f" {FOLDED_SIGN if line.folded else UNFOLDED_SIGN} ", str(line.count)
    room = width - len(sign) - len(count) - _RIGHT_EDGE
    name = fit(_title(line.heading), room - 1)
    builder = _LineBuilder(styles.base)
    builder.add(sign, styles.dim, len(sign))
    builder.add(name, styles.group, cell_len(name))
    builder.blank(max(1, room - cell_len(name)))
    builder.add(count, styles.dim, len(count))
    return builder.strip(width)


def paint_machine(machine: PaintedMachine, spans: Sequence[ColumnSpan], width: int, styles: LineStyles) -> Strip:
    """A machine: its colour, mark and state, then its columns, or its name and what is wrong with it."""
    row = machine.row
    sign, tone = machine.sign
    mark = MARK_SIGN if machine.marked else FAVOURITE_SIGN if row.favourite else " "
    builder = _LineBuilder(styles.base)
    if machine.colour is None:
        builder.add(" ", styles.base, 1)
    else:
        builder.add(COLOUR_SIGN, machine.colour, 1)
    builder.add(mark, styles.mark if machine.marked else styles.favourite, 1)
    builder.add(sign, styles.tones[tone], 1)
    builder.blank(1)
    if row.problem is not None:
        _paint_name_and_problem(builder, machine, spans, styles)
    elif len(spans) == 1:
        _paint_name_and_state(builder, machine, spans[0].width, styles)
    else:
        for index, span in enumerate(spans):
            if index:
                builder.blank(GAP)
            _paint_cell(builder, machine, span, styles)
    return builder.strip(width)


def _title(heading: Heading) -> str:
    match heading.kind:
        case HeadingKind.FAVOURITES:
            return f"{FAVOURITE_SIGN} favourites"
        case HeadingKind.RECENT:
            return "recently used"
        case HeadingKind.UNGROUPED:
            return "no group"
        case HeadingKind.GROUP:
            return plain_text(heading.name)


def _paint_cell(builder: _LineBuilder, machine: PaintedMachine, span: ColumnSpan, styles: LineStyles) -> None:
    """One column: its text, cut where it has to be, and blanks up to its width."""
    column, room = span.column, span.width
    style = styles.dim
    if column is Column.NAME:
        style = styles.guard if machine.row.guard else styles.base
        room -= NAME_SIGN * machine.row.guard
    elif column is Column.STATE:
        style = _told_style(machine.sign.tone, styles)
    text = fit(column.text(machine.row, machine.condition), room)
    width = cell_len(text)
    positions = machine.highlights.get(column)
    if positions:
        _paint_highlighted(builder, text, positions, style, style + styles.match)
    else:
        builder.add(text, style, width)
    if column is Column.NAME and machine.row.guard:
        builder.add(f" {GUARD_SIGN}", styles.guard, NAME_SIGN)
    builder.blank(room - width)


def _paint_name_and_problem(
    builder: _LineBuilder, machine: PaintedMachine, spans: Sequence[ColumnSpan], styles: LineStyles
) -> None:
    """What is wrong takes the place of all other columns; where the name stands alone, half of the line if need be."""
    room = sum(span.width + GAP for span in spans) - GAP
    problem = plain_text(machine.row.problem or "")
    name_width = spans[0].width
    if len(spans) == 1:
        name_width = max(min(room // 2, _name_width(machine.row)), room - GAP - cell_len(problem) - _RIGHT_EDGE)
    _paint_cell(builder, machine, ColumnSpan(Column.NAME, name_width), styles)
    builder.blank(GAP)
    problem = fit(problem, room - name_width - GAP - _RIGHT_EDGE)
    builder.add(problem, styles.tones[Tone.BAD], cell_len(problem))


def _paint_name_and_state(builder: _LineBuilder, machine: PaintedMachine, width: int, styles: LineStyles) -> None:
    """A name that stands alone, and the state at the right edge if the name leaves room for the whole of it."""
    told = plain_text(machine.condition.text)
    left = width - GAP - cell_len(told) - _RIGHT_EDGE
    if not told or _name_width(machine.row) > left:
        _paint_cell(builder, machine, ColumnSpan(Column.NAME, width), styles)
        return
    _paint_cell(builder, machine, ColumnSpan(Column.NAME, left), styles)
    builder.blank(GAP)
    builder.add(told, _told_style(machine.sign.tone, styles), cell_len(told))


def _name_width(row: MachineRow) -> int:
    return cell_len(plain_text(row.name)) + NAME_SIGN * row.guard


def _paint_highlighted(
    builder: _LineBuilder, text: str, positions: Collection[int], style: Style, match: Style
) -> None:
    """Runs of matched letters and of others, in turn."""
    start = 0
    while start < len(text):
        matched = start in positions
        end = start + 1
        while end < len(text) and (end in positions) is matched:
            end += 1
        run = text[start:end]
        builder.add(run, match if matched else style, cell_len(run))
        start = end


def _told_style(tone: Tone, styles: LineStyles) -> Style:
    """What is well is told quietly: the colour is for what needs a look."""
    return styles.dim if tone in (Tone.QUIET, Tone.GOOD) else styles.tones[tone]
