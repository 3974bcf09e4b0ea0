"""What the list holds, without any widget."""

from __future__ import annotations

from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.row import MachineRow

ROWS = tuple(
    MachineRow(key=name, name=name, group=group)
    for name, group in (("web-1", "production"), ("web-2", "production"), ("stage-1", "staging"))
)


def held() -> Contents:
    """Two groups: heading, two machines, heading, one machine."""
    contents = Contents()
    contents.set_rows(ROWS)
    return contents


def test_lines_are_found_by_machine_and_by_group() -> None:
    contents = held()
    assert (contents.first_machine, contents.index_of("stage-1"), contents.heading("staging")) == (1, 4, 3)
    assert contents.index_of("lost") is None
    assert contents.line(5) is None
    assert (contents.clamp(-1), contents.clamp(99)) == (0, 4)
    group = contents.group_around(2)
    assert group is not None
    assert group.name == "production"


def test_a_folded_machine_is_uncovered_once() -> None:
    contents = held()
    contents.set_folded("production", folded=True)
    assert contents.index_of("web-2") is None
    assert contents.uncover("web-2")
    assert contents.index_of("web-2") == 2
    assert not contents.uncover("web-2")


def test_marks_of_a_group_go_together_and_go_with_their_machines() -> None:
    contents = held()
    contents.set_folded("production", folded=True)
    heading = contents.line(0)
    assert heading is not None
    contents.toggle_mark(heading)
    assert contents.marked == {"web-1", "web-2"}
    assert contents.set_rows(ROWS[1:])
    assert contents.marked == {"web-2"}
    assert not contents.set_rows(ROWS)


def test_widening_a_filter_brings_back_what_it_hid() -> None:
    contents = held()
    for pattern, shown in (("w", 2), ("w2", 1), ("w", 2), ("", 3)):
        contents.set_filter(pattern)
        assert len(contents.outline.kept) == shown
