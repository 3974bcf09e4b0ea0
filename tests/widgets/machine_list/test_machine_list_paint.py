"""Columns and painted lines, without any widget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from mooring_widgets.machine_list.columns import Column, lay_out, natural_widths
from mooring_widgets.machine_list.outline import GroupLine, Heading, HeadingKind
from mooring_widgets.machine_list.paint import LineStyles, PaintedMachine, paint_group, paint_machine
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import STATE_SIGNS, Condition, RowState, Tone
from mooring_widgets.machine_list.work import finish
from mooring_widgets.plain_text import fit, fit_end, plain_text

PLAIN = Style()
STYLES = LineStyles(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, dict.fromkeys(Tone, PLAIN))
ROW = MachineRow(
    "web-1", "web-1", "10.0.0.1", "ops", "amazonec2", ("nginx",), ("production",), ("ansible",), "2 h ago", guard=True
)
ALL_BUT_GROUPS = [column for column in Column if column is not Column.GROUPS]


def columns(width: int, *rows: MachineRow, with_groups: bool = False) -> list[Column]:
    """The columns that there is room for."""
    natural = finish(natural_widths(rows or (ROW,)))
    return [span.column for span in lay_out(width, natural, with_groups=with_groups)]


def painted(
    row: MachineRow, width: int, state: RowState = RowState.IDLE, detail: str = "", *, marked: bool = False
) -> str:
    """A painted line, as text."""
    spans = lay_out(max(1, width - 4), finish(natural_widths([row])), with_groups=True)
    return paint_machine(PaintedMachine(row, Condition(state, detail), marked=marked), spans, width, STYLES).text


def test_columns_come_one_by_one_as_there_is_room() -> None:
    assert columns(16) == [Column.NAME]
    assert columns(24) == [Column.NAME, Column.STATE]
    assert columns(34) == [Column.NAME, Column.STATE, Column.ADDRESS]
    assert columns(120) == ALL_BUT_GROUPS
    assert columns(120, with_groups=True) == list(Column)


def test_a_column_that_nobody_fills_is_left_out() -> None:
    assert columns(80, MachineRow("a", "a", "10.0.0.1")) == [Column.NAME, Column.STATE, Column.ADDRESS]


@given(st.integers(1, 200), st.booleans())
def test_columns_never_take_more_than_there_is(width: int, with_groups: bool) -> None:
    spans = lay_out(width, finish(natural_widths([ROW])), with_groups=with_groups)
    assert sum(span.width for span in spans) + 2 * (len(spans) - 1) == max(width, spans[0].width)


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.booleans(),
    st.integers(8, 160),
    st.sampled_from(RowState),
    st.booleans(),
)
def test_a_painted_line_is_exactly_as_wide_as_asked_whatever_the_names(
    name: str, told: str, is_problem: bool, width: int, state: RowState, guard: bool
) -> None:
    row = MachineRow(name, name, address=name, tags=(told,), problem=told if is_problem else None, guard=guard)
    assert cell_len(painted(row, width, state, told, marked=True)) == width


@given(st.text(max_size=60), st.integers(8, 60))
def test_a_heading_is_exactly_as_wide_as_asked(name: str, width: int) -> None:
    line = GroupLine(Heading(HeadingKind.GROUP, name), 12, folded=False)
    strip = paint_group(line, width, STYLES)
    assert cell_len(strip.text) == strip.cell_length == width


def test_a_heading_shows_its_count_at_the_edge() -> None:
    line = GroupLine(Heading(HeadingKind.GROUP, "staging"), 9, folded=True)
    assert paint_group(line, 20, STYLES).text == " ▸ staging        9 "


def test_hostile_names_are_shown_as_text() -> None:
    hostile = "[red]\x1b[31mroot\x07\u202eevil\u2028\n"
    assert "[red]␛[31mroot␇\ufffdevil\ufffd␊" in painted(MachineRow("x", hostile), 64)


def test_a_guarded_machine_keeps_its_sign_however_narrow_it_gets() -> None:
    row = MachineRow("x", "database-frankfurt-01", guard=True)
    for width in range(12, 60):
        assert "⚠" in painted(row, width)


def test_the_state_is_told_beside_a_name_that_leaves_room_for_it() -> None:
    assert painted(ROW, 22, RowState.REFUSED) == "  ✕ web-1 ⚠   refused "
    assert painted(ROW, 20, RowState.KEY_UNKNOWN) == "  ? web-1 ⚠         "
    assert painted(ROW, 20, RowState.UP, "3 ms") == "  • web-1 ⚠    3 ms "


def test_a_problem_takes_the_place_of_the_other_columns() -> None:
    row = MachineRow("broken", "broken", "10.0.0.1", problem="config.json is no JSON")
    assert painted(row, 60).startswith("  ! broken  config.json is no JSON")
    assert painted(row, 24).startswith("  ! broken  config.jso… ")


@pytest.mark.parametrize(("marked", "sign"), [(True, "✓"), (False, "★")])
def test_marks_and_favourites_have_signs(marked: bool, sign: str) -> None:
    assert painted(MachineRow("x", "x", favourite=True), 20, marked=marked)[1] == sign


def test_states_of_one_colour_have_signs_or_words_of_their_own() -> None:
    told = [(sign, "" if state is RowState.IDLE else state.value) for state, (sign, _tone) in STATE_SIGNS.items()]
    assert len(set(told)) == len(RowState)


def test_matched_letters_and_nothing_else_are_shown_as_such() -> None:
    match = Style(underline=True)
    styles = LineStyles(PLAIN, PLAIN, match, PLAIN, PLAIN, PLAIN, PLAIN, dict.fromkeys(Tone, PLAIN))
    machine = PaintedMachine(ROW, Condition(RowState.IDLE), highlights={Column.NAME: frozenset({0, 4})})
    spans = lay_out(56, finish(natural_widths([ROW])), with_groups=False)
    strip = paint_machine(machine, spans, 60, styles)
    assert "".join(segment.text for segment in strip if segment.style and segment.style.underline) == "w1"


@given(st.text(max_size=50), st.integers(0, 30))
def test_fitting_never_exceeds_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= width
    assert cell_len(fit_end(text, width)) <= width


@given(st.text())
def test_plain_text_holds_nothing_that_moves_a_cursor_or_reorders(text: str) -> None:
    shown = plain_text(text)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029") & set(shown)
