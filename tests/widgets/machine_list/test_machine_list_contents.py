"""What the list holds, without any widget: what is worked out step by step is what would be worked out afresh."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.natural_order import natural_key
from mooring_widgets.machine_list.ordering import SortOrder
from mooring_widgets.machine_list.outline import GroupLine, Heading, HeadingKind, MachineLine
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition, RowState
from mooring_widgets.machine_list.work import PIECE, finish
from support.machine_list_app import fleet

PRODUCTION, STAGING = (Heading(HeadingKind.GROUP, name) for name in ("production", "staging"))
ROWS = tuple(
    MachineRow(key=name, name=name, groups=(group,))
    for name, group in (("web-10", "production"), ("web-2", "production"), ("stage-1", "staging"))
)


def arranged(contents: Contents) -> Contents:
    """Carry out what was asked for."""
    finish(contents.arrange())
    contents.show()
    return contents


def held(*rows: MachineRow) -> Contents:
    """Contents with these rows."""
    contents = Contents()
    contents.set_rows(rows)
    return arranged(contents)


def lines(contents: Contents) -> list[str]:
    """The lines as a person would tell them, headings in brackets."""
    told: list[str] = []
    for line in contents.outline.lines(0, contents.outline.height):
        if isinstance(line, GroupLine):
            name = line.heading.name or line.heading.kind.value
            told.append(f"[{name} {line.count}{' folded' if line.folded else ''}]")
        else:
            told.append(line.key)
    return told


def test_machines_stand_under_their_groups_in_the_order_of_people() -> None:
    assert lines(held(*ROWS)) == ["[production 2]", "web-2", "web-10", "[staging 1]", "stage-1"]


def test_a_machine_of_several_groups_stands_under_each_and_one_of_none_at_the_end() -> None:
    contents = held(*ROWS, MachineRow("both", "both", groups=("staging", "lab-2")), MachineRow("none", "none"))
    assert lines(contents)[0:2] == ["[lab-2 1]", "both"]
    assert lines(contents)[5:] == ["[staging 2]", "both", "stage-1", "[ungrouped 1]", "none"]
    assert contents.index_of("both") == 1
    assert contents.index_of("both", STAGING) == 6
    assert contents.total == 5


def test_where_one_heading_would_hold_everything_there_is_none() -> None:
    assert lines(held(*ROWS[:2])) == ["web-2", "web-10"]
    assert lines(held(MachineRow("none", "none"))) == ["none"]
    assert lines(held()) == []


def test_favourites_and_what_was_used_lately_are_repeated_above() -> None:
    used = [MachineRow(f"u{n}", f"u{n}", groups=("lab",), score=float(n)) for n in range(1, 9)]
    contents = held(*ROWS, *used, MachineRow("star", "star", groups=("lab",), favourite=True))
    assert lines(contents)[:8] == ["[favourites 1]", "star", "[recent 5]", "u8", "u7", "u6", "u5", "u4"]
    assert lines(contents)[8:12] == ["[lab 9]", "star", "u8", "u7"]


def test_each_order_leaves_equals_to_their_names() -> None:
    rows = (
        MachineRow("b", "b-10", score=1.0),
        MachineRow("a", "b-9"),
        MachineRow("c", "a", state=RowState.REFUSED),
        MachineRow("d", "z", favourite=True),
    )
    contents = held(*rows)
    orders = {}
    for order in SortOrder:
        contents.set_order(order)
        contents.set_condition("a", Condition(RowState.OPEN))
        orders[order] = lines(arranged(contents))
    assert orders == {
        SortOrder.RECENCY: ["d", "b", "c", "a"],
        SortOrder.NAME: ["c", "a", "b", "d"],
        SortOrder.STATE: ["a", "c", "b", "d"],
    }


def test_a_filter_lists_the_best_first_without_groups() -> None:
    contents = held(*ROWS)
    contents.set_folded([PRODUCTION], folded=True)
    contents.set_filter("1")
    assert lines(arranged(contents)) == ["web-10", "stage-1"]
    assert (contents.shown, contents.total) == (2, 3)
    contents.set_filter("")
    assert lines(arranged(contents))[0] == "[production 2 folded]"


def test_a_folded_machine_is_uncovered_once() -> None:
    contents = held(*ROWS)
    contents.set_folded([PRODUCTION], folded=True)
    contents.show()
    assert contents.index_of("web-2") is None
    assert contents.uncover("web-2")
    contents.show()
    assert contents.index_of("web-2") == 1
    assert not contents.uncover("web-2")


def test_marks_go_with_their_machines_and_states_wait_for_them() -> None:
    contents = held(*ROWS)
    contents.marks.set(["web-2", "stage-1"])
    contents.set_condition("web-2", Condition(RowState.OPEN))
    for rows in (ROWS[::2], ROWS):
        contents.set_rows(rows)
        arranged(contents)
    assert contents.marks.keys == {"stage-1"}
    assert contents.condition(ROWS[1]) == Condition(RowState.OPEN), "a session outlives a source that failed once"


def test_all_of_a_heading_are_told_folded_away_or_not() -> None:
    contents = held(*ROWS)
    contents.set_all_folded(folded=True)
    contents.show()
    assert lines(contents) == ["[production 2 folded]", "[staging 1 folded]"]
    heading = contents.outline.line(0)
    assert heading is not None
    assert sorted(contents.keys_of(heading)) == ["web-10", "web-2"]


def test_long_work_comes_in_pieces_and_short_work_in_one() -> None:
    def pieces() -> int:
        return 1 + sum(1 for _ in contents.arrange())

    contents = Contents()
    contents.set_rows(fleet(PIECE))
    assert pieces() == 1
    contents.set_filter("web")
    assert pieces() == 1
    contents.set_filter("")
    contents.set_rows(fleet(20 * PIECE))
    assert pieces() > 5 * 19, "entries, widths, order, groups and batches"
    contents.set_filter("web")
    assert pieces() == 20
    kept = contents.shown
    contents.set_filter("web-fra")
    assert pieces() <= 2 * (kept // PIECE + 1), "only what was kept is looked at again"


def test_work_that_is_dropped_leaves_no_trace() -> None:
    contents = held(*fleet(10 * PIECE))
    before = lines(contents)
    contents.set_filter("web")
    dropped = contents.arrange()
    next(dropped)
    contents.set_filter("")
    assert lines(arranged(contents)) == before


KEYS = st.sampled_from("abcdefgh")
PATTERNS = st.sampled_from(["", "a", "ab", "b", "b1", "state:up", "state:up a", "!a", "tag:x", "tag:x b"])


@st.composite
def _row(draw: st.DrawFn) -> MachineRow:
    key = draw(KEYS)
    return MachineRow(
        key=key,
        name=draw(st.sampled_from([key, f"{key}1", f"ab{key}", f"b10{key}"])),
        tags=draw(st.sampled_from([(), ("x",)])),
        groups=draw(st.sampled_from([(), ("g1",), ("g2",), ("g1", "g2")])),
        favourite=draw(st.booleans()),
        score=draw(st.sampled_from([0.0, 1.0, 2.5])),
        state=draw(st.sampled_from([RowState.IDLE, RowState.UP])),
    )


ROW_LISTS = st.lists(_row(), max_size=8, unique_by=lambda row: row.key)


@dataclass
class _Wanted:
    """What was asked for, for a list that is made anew."""

    rows: tuple[MachineRow, ...] = ()
    pattern: str = ""
    order: SortOrder = SortOrder.RECENCY
    is_flat: bool = False
    folded: dict[Heading, bool] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)

    def afresh(self) -> Contents:
        """The same in one go."""
        contents = Contents()
        contents.set_rows(self.rows)
        arranged(contents)
        for key, condition in self.conditions.items():
            contents.set_condition(key, condition)
        contents.set_order(self.order)
        contents.set_flat(flat=self.is_flat)
        contents.set_filter(self.pattern)
        for heading, is_folded in self.folded.items():
            contents.set_folded([heading], folded=is_folded)
        return arranged(contents)


CHANGES = st.lists(
    st.one_of(
        ROW_LISTS.map(tuple),
        PATTERNS,
        st.sampled_from(SortOrder),
        st.booleans(),
        st.tuples(
            st.sampled_from([PRODUCTION, Heading(HeadingKind.GROUP, "g1"), Heading(HeadingKind.RECENT)]), st.booleans()
        ),
        st.tuples(KEYS, st.sampled_from([RowState.UP, RowState.OPEN, RowState.IDLE])),
        st.none(),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(ROW_LISTS, CHANGES)
def test_changes_one_by_one_come_to_what_all_of_them_come_to(first: list[MachineRow], changes: list[object]) -> None:
    wanted = _Wanted(tuple(first))
    contents = held(*first)
    for change in changes:
        match change:
            case SortOrder():
                wanted.order = change
                contents.set_order(change)
            case str():
                wanted.pattern = change
                contents.set_filter(change)
            case bool():
                wanted.is_flat = change
                contents.set_flat(flat=change)
            case (Heading() as heading, bool() as is_folded):
                wanted.folded[heading] = is_folded
                contents.set_folded([heading], folded=is_folded)
            case (RowState(), *_):
                raise AssertionError("rows are rows")
            case (str() as key, RowState() as state) if key in {row.key for row in wanted.rows}:
                wanted.conditions[key] = Condition(state)
                contents.set_condition(key, Condition(state))
            case None:
                arranged(contents)  # Whatever came in between is carried out at once, or later with more.
            case tuple() if not change or isinstance(change[0], MachineRow):
                arranged(contents)
                wanted.rows = change
                contents.set_rows(change)
    assert lines(arranged(contents)) == lines(wanted.afresh())
    for index, line in enumerate(contents.outline.lines(0, contents.outline.height)):
        if isinstance(line, MachineLine):
            assert contents.index_of(line.key, line.heading) == index


@given(st.lists(st.text("a0123456789Z-", max_size=8)))
def test_names_sort_by_the_value_of_their_numbers(names: list[str]) -> None:
    def parts(name: str) -> list[tuple[int, int, str]]:
        """The same by the book: numbers by value, before letters; the character before a number decides nothing."""
        found: list[tuple[int, int, str]] = []
        digits = ""
        for character in f"{name.casefold()}\0":
            if character.isdigit():
                digits += character
                continue
            if digits:
                found.append((ord("0"), int(digits), ""))
                digits = ""
            found.append((ord(character), 0, character))
        return found

    assert sorted(names, key=natural_key) == sorted(names, key=lambda name: (parts(name), name))
