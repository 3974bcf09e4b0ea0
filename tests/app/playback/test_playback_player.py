"""Playing recordings without a screen: the same terminal at every point, however one comes there."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.model.errors import RecordingError
from mooring.playback import Length, Player, measure, open_recording
from mooring_widgets.emulator import Emulator
from support.programs import require_program
from support.recorded_programs import record


def cast(folder: Path, events: list[object], **header: object) -> Path:
    """Write an asciicast."""
    file = folder / "recording.cast"
    lines = [{"version": 2, "width": 40, "height": 8, **header}, *events]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def screen(emulator: Emulator) -> tuple[object, ...]:
    """Everything that is seen, cell for cell."""
    return (
        tuple((row.cells, row.runs, row.wrapped) for row in emulator.rows),
        emulator.cursor,
        emulator.modes,
        emulator.scrollback_length,
    )


def test_a_session_with_vim_ends_on_the_same_screen_cell_for_cell(tmp_path: Path) -> None:
    keys = [b"ihello\x1b", b"yy20p", b":set number hlsearch\r", b"/ell\r", b":vsplit\r", b"\x17l", b"G", b"ddp"]
    written = record(
        [require_program("vim"), "-u", "NONE", "-N", "-n", "-c", "set ruler nobackup"], keys, columns=90, lines=30
    )
    text = written.decode("utf-8", "replace")
    cuts = [*range(0, len(text), 97), len(text)]
    events = [[n * 0.01, "o", text[start:end]] for n, (start, end) in enumerate(pairwise(cuts))]
    direct = Emulator(90, 30)
    direct.feed(text.encode())
    player = Player(open_recording(cast(tmp_path, [*events], width=90, height=30)))
    assert player.play_to(1e9)
    assert player.is_over
    assert screen(player.emulator) == screen(direct)
    assert not player.problem


EVENTS = st.lists(
    st.tuples(
        st.floats(0, 3),
        st.sampled_from(
            ["text \x1b[31mred\x1b[m\r\n", "\x1b[?1049h\x1b[H", "\x1b[?1049l", "日本", "x\r\n" * 30, "RESIZE"]
        ),
    ),
    max_size=15,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS, st.lists(st.floats(0, 12), max_size=6))
def test_going_anywhere_shows_what_playing_to_there_shows(
    tmp_path: Path, gaps: list[tuple[float, str]], places: list[float]
) -> None:
    time, events = 0.0, []
    for index, (gap, data) in enumerate(gaps):
        time += gap
        events.append([time, "r", f"{30 + index}x{5 + index % 4}"] if data == "RESIZE" else [time, "o", data])
    recording = open_recording(cast(tmp_path, [*events]))
    wanderer = Player(recording)
    wanderer._interval = 10  # checkpoints after nearly every event
    for place in places:
        wanderer.aim(place)
        assert wanderer.play_to(place)
        straight = Player(recording)
        straight.play_to(place)
        assert screen(wanderer.emulator) == screen(straight.emulator), place


def test_pauses_are_cut_and_the_length_is_known(tmp_path: Path) -> None:
    file = cast(tmp_path, [[1, "o", "a"], [61, "o", "b"], [61.5, "i", "typed"], [62, "o", "c"]])
    recording = open_recording(file)
    assert measure(recording, None) == Length(62)
    assert measure(recording, 2.0) == Length(4.0)
    player = Player(recording, idle_limit=2.0)
    player.play_to(2.9)
    assert player.emulator.display[0].strip() == "a"
    player.step()
    assert (player.position, player.emulator.display[0].strip()) == (3.0, "ab")
    assert Player(open_recording(cast(tmp_path, [[9, "o", "x"]], idle_time_limit=1.5))).idle_limit == 1.5


def test_a_long_recording_is_played_in_slices_and_gone_back_in_without_starting_anew(tmp_path: Path) -> None:
    line = "".join(f"\x1b[3{n % 8}mline of many words {n:03}\x1b[m\r\n" for n in range(100))
    player = Player(open_recording(cast(tmp_path, [[n * 0.1, "o", f"{n}\r\n{line}"] for n in range(1500)])))
    slices = 1
    while not player.play_to(1000, 0.005):
        slices += 1
    assert slices > 5
    kept = player._checkpoints
    assert 3 < len(kept) <= 48
    end = screen(player.emulator)
    player.aim(100.0)
    assert 80.0 < player.position <= 100.0
    player.play_to(100.0)
    player.aim(1000)
    player.play_to(1000)
    assert screen(player.emulator) == end


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"version": 1, "stdout": []}', "asciicast v1 can't be played; v2 can"),
        (b'{"version": 2, "width": 0, "height": 5}\n', ":1: no header of an asciicast"),
        (b'{"version": ', ":1: no header of an asciicast"),
        (b"{}\n", ":1: no header"),
    ],
)
def test_a_file_that_is_no_recording_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "broken.cast"
    file.write_bytes(content)
    with pytest.raises(RecordingError) as raised:
        open_recording(file)
    assert told in raised.value.message


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'[3, "o"', ":4: the recording breaks off here"),
        (b'[3, "o"\n', ":4: no event of an asciicast"),
        (b'["x", "o", "y"]\n', ":4: no event of an asciicast"),
        (b'[3, "r", "wide"]\n', ":4: 'wide' is no size"),
        (b"\xff\xfe\n", ":4: no event of an asciicast"),
    ],
)
def test_a_broken_recording_is_played_up_to_there(tmp_path: Path, line: bytes, told: str) -> None:
    file = cast(tmp_path, [[1, "o", "one"], [2, "o", " two"]])
    file.write_bytes(file.read_bytes() + line)
    recording = open_recording(file)
    player = Player(recording)
    assert player.play_to(100)
    assert player.emulator.display[0].strip() == "one two"
    assert told in player.problem
    assert measure(recording, None) == Length(2, player.problem)


@pytest.mark.parametrize("event", [[1e300, "o", "late"], [-5, "o", "early"], [1, "r", "99999x99999"], [1, "x", "?"]])
def test_hostile_events_do_no_harm(tmp_path: Path, event: list[object]) -> None:
    player = Player(open_recording(cast(tmp_path, [event, [2, "o", "\x1b[6n\x1b]52;c;aGk=\x07after"]])))
    player.play_to(1e12)
    assert player.is_over
    assert "after" in "".join(player.emulator.display)


def test_folders_and_pipes_are_no_recordings(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing", Path("/dev/zero")):
        with pytest.raises(RecordingError):
            open_recording(path)


def test_a_text_is_played_line_by_line_at_its_times(tmp_path: Path) -> None:
    file = tmp_path / "session.log"
    file.write_text("[2026-01-02 10:00:00] one\n[2026-01-02 10:00:05.5] two\x1b[31m\nno time\n")
    player = Player(open_recording(file))
    player.play_to(5.0)
    assert [line.strip() for line in player.emulator.display[:2]] == ["[2026-01-02 10:00:00] one", ""]
    player.play_to(5.5)
    assert player.emulator.display[1].strip() == "[2026-01-02 10:00:05.5] two[31m"
    assert player.emulator.display[2].strip() == "no time"
    file.write_text("plain\n" * 30)
    assert measure(open_recording(file), None).seconds == pytest.approx(2.9)
