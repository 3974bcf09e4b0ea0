"""What holds for any input: no exception, the same screen however it is cut, bounds that are kept."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator, Settings
from support.terminal_state import assert_sound, state_of
from support.terminal_streams import piece

streams = st.lists(piece, max_size=60).map(b"".join)
sizes = st.tuples(st.integers(1, 45), st.integers(1, 12))
OWN = Settings(scrollback_lines=50, allow_resize=True, allow_checksum_reports=True, synchronized_timeout=1e9)
common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300)


@common
@given(streams, st.data())
def test_any_cutting_gives_the_same_screen(stream: bytes, data: st.DataObject) -> None:
    whole_replies: list[bytes] = []
    cut_replies: list[bytes] = []
    whole = Emulator(20, 6, settings=OWN, reply=whole_replies.append)
    cut = Emulator(20, 6, settings=OWN, reply=cut_replies.append)
    whole.feed(stream)
    places = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=12)))
    for start, end in zip([0, *places], [*places, len(stream)], strict=True):
        cut.feed(stream[start:end])
    assert state_of(cut) == state_of(whole)
    assert b"".join(cut_replies) == b"".join(whole_replies)
    assert cut.take_events() == whole.take_events()


@common
@given(streams)
def test_byte_by_byte_gives_the_same_screen(stream: bytes) -> None:
    whole = Emulator(20, 6, settings=OWN)
    bytewise = Emulator(20, 6, settings=OWN)
    whole.feed(stream)
    for start in range(len(stream)):
        bytewise.feed(stream[start : start + 1])
    assert state_of(bytewise) == state_of(whole)


@common
@given(st.lists(st.tuples(streams, sizes), max_size=6))
def test_nothing_raises_and_everything_stays_in_its_bounds(steps: list[tuple[bytes, tuple[int, int]]]) -> None:
    emulator = Emulator(20, 6, settings=OWN)
    for stream, (columns, lines) in steps:
        emulator.feed(stream)
        assert_sound(emulator)
        emulator.take_damage()
        emulator.resize(columns, lines)
        assert_sound(emulator)
        assert b"".join(emulator.redraw())
    assert emulator.scrollback_length <= OWN.scrollback_lines


@common
@given(st.binary(max_size=400))
def test_any_bytes_are_taken(stream: bytes) -> None:
    emulator = Emulator(10, 4, settings=OWN)
    emulator.feed(stream)
    emulator.restore_modes()
    assert_sound(emulator)


@common
@given(streams)
def test_reset_after_anything_is_a_new_terminal(stream: bytes) -> None:
    emulator = Emulator(20, 6, scrollback_lines=0)
    emulator.feed(stream + b"\x18\x1b\\\x1bc")
    assert state_of(emulator) == state_of(Emulator(20, 6, scrollback_lines=0))


@common
@given(streams, st.lists(sizes, min_size=1, max_size=4))
def test_damage_names_every_row_that_looks_different(stream: bytes, where: list[tuple[int, int]]) -> None:
    emulator = Emulator(20, 6, settings=Settings(synchronized_timeout=0.0))
    emulator.take_damage()
    before = emulator.rows
    emulator.feed(stream)
    damage = emulator.take_damage()
    changed = {y for y, row in enumerate(emulator.rows) if row != before[y]}
    assert damage.everything or changed <= set(damage.rows)
    versions: dict[int, object] = {row.version: (row.cells, row.runs) for row in before}
    for row in emulator.rows:
        assert versions.setdefault(row.version, (row.cells, row.runs)) == (row.cells, row.runs)
