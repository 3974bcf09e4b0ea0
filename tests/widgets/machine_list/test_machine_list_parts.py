"""The pure parts of the list: filter, outline, columns, painted lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from mooring_widgets.machine_list.columns import Column, lay_out, natural_widths
from mooring_widgets.machine_list.filtering import IndexedRow, RowFilter
from mooring_widgets.machine_list.outline import GroupLine, MachineLine, build_outline
from mooring_widgets.machine_list.paint import LineStyles, paint_group, paint_machine
from mooring_widgets.machine_list.row import MachineRow, RowState
from mooring_widgets.plain_text import fit, fit_end, plain_text

PLAIN = Style()
STYLES = LineStyles(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, dict.fromkeys(RowState, PLAIN))

ROWS = [
    MachineRow("web-1", "web-1", "10.0.0.1", "ops", "amazonec2", ("nginx",), "production"),
    MachineRow("web-2", "web-2", "10.0.0.2", "ops", "amazonec2", ("nginx",), "production"),
    MachineRow("db-1", "db-1", "10.0.0.3", "postgres", "amazonec2", (), "production"),
    MachineRow("stage-web", "stage-web", "10.1.0.1", "ops", "", ("nginx",), "staging"),
]
INDEXED = [IndexedRow.of(row, position) for position, row in enumerate(ROWS)]


def names(pattern: str, folded: frozenset[str] = frozenset(), *, has_groups: bool = True) -> list[str]:
    """The lines that a pattern leaves, headings in brackets."""
    outline = build_outline(INDEXED, RowFilter(pattern), folded, has_groups=has_groups)
    return [f"[{line.name}]" if isinstance(line, GroupLine) else line.row.name for line in outline.lines]


def test_groups_keep_the_order_of_their_rows() -> None:
    assert names("") == ["[production]", "web-1", "web-2", "db-1", "[staging]", "stage-web"]


def test_a_folded_group_keeps_its_heading_and_count() -> None:
    outline = build_outline(INDEXED, RowFilter(""), {"production"}, has_groups=True)
    assert outline.lines[0] == GroupLine("production", 3, folded=True)
    assert len(outline.lines) == 3


def test_filtering_unfolds_and_puts_the_best_group_first() -> None:
    assert names("stage", frozenset({"staging"})) == ["[staging]", "stage-web"]
    assert names("web")[:2] == ["[production]", "web-1"]


def test_every_word_has_to_be_found_in_name_or_other_fields() -> None:
    assert names("web nginx", has_groups=False) == ["web-1", "web-2", "stage-web"]
    assert names("web 10.1", has_groups=False) == ["stage-web"]
    assert names("nowhere") == []


def test_highlights_tell_the_matched_letters_of_the_right_column() -> None:
    assert RowFilter("w2").highlights(ROWS[1]) == {Column.NAME: frozenset({0, 4})}
    assert RowFilter("postgres").highlights(ROWS[2]) == {Column.USER: frozenset(range(8))}


@given(st.text(alphabet="webdb-12 .", max_size=6), st.text(alphabet="webdb-12 .", max_size=3))
def test_typing_on_gives_what_filtering_afresh_gives(start: str, more: str) -> None:
    first, second = RowFilter(start), RowFilter(start + more)
    fresh = build_outline(INDEXED, second, (), has_groups=True)
    if not first.is_empty and second.narrows(first):
        kept = build_outline(INDEXED, first, (), has_groups=True).kept
        assert build_outline(kept, second, (), has_groups=True) == fresh


def test_columns_come_one_by_one_as_there_is_room() -> None:
    natural = natural_widths(ROWS)
    assert [span.column for span in lay_out(12, natural)] == [Column.NAME]
    assert [span.column for span in lay_out(24, natural)] == [Column.NAME, Column.ADDRESS]
    assert [span.column for span in lay_out(80, natural)] == list(Column)


def test_a_column_that_nobody_fills_is_left_out() -> None:
    natural = natural_widths([MachineRow("a", "a", "10.0.0.1")])
    assert [span.column for span in lay_out(80, natural)] == [Column.NAME, Column.ADDRESS]


@given(st.integers(1, 200))
def test_columns_never_take_more_than_there_is(width: int) -> None:
    spans = lay_out(width, natural_widths(ROWS))
    assert sum(span.width for span in spans) + 2 * (len(spans) - 1) == max(width, spans[0].width)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(8, 90), st.booleans())
def test_a_painted_line_is_exactly_as_wide_as_asked_whatever_the_names(
    name: str, problem: str, width: int, guard: bool
) -> None:
    row = MachineRow(name, name, address=name, problem=problem or None, guard=guard)
    spans = lay_out(max(1, width - 5), natural_widths([row]))
    strip = paint_machine(row, spans, width, STYLES, marked=True, indented=True, highlights={})
    assert strip.cell_length == width
    assert cell_len(strip.text) == width


def test_hostile_names_are_shown_as_text() -> None:
    hostile = "[red]\x1b[31mroot\x07\u202eevil\u2028\n"
    row = MachineRow("x", hostile)
    spans = lay_out(60, natural_widths([row]))
    text = paint_machine(row, spans, 64, STYLES, marked=False, indented=False, highlights={}).text
    assert "[red]␛[31mroot␇\ufffdevil\ufffd␊" in text


def test_a_problem_is_told_beside_the_name() -> None:
    row = MachineRow("broken", "broken", problem="config.json is no JSON")
    text = paint_machine(
        row, lay_out(50, natural_widths([row])), 54, STYLES, marked=False, indented=False, highlights={}
    )
    assert "! broken  config.json is no JSON" in text.text


def test_a_heading_shows_its_count_at_the_edge() -> None:
    assert paint_group(GroupLine("staging", 9, folded=True), 20, STYLES).text == " ▸ staging        9 "


@given(st.text(max_size=50), st.integers(0, 30))
def test_fitting_never_exceeds_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= width
    assert cell_len(fit_end(text, width)) <= width


@given(st.text())
def test_plain_text_holds_nothing_that_moves_a_cursor_or_reorders(text: str) -> None:
    shown = plain_text(text)
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029") & set(shown)


def test_lines_are_machines_or_headings() -> None:
    outline = build_outline(INDEXED, RowFilter(""), (), has_groups=False)
    assert all(isinstance(line, MachineLine) for line in outline.lines)
