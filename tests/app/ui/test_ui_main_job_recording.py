"""The recording of the main job beside the pictures: that it plays, that it is short, and that it tells on nobody."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import msgspec
from screenshots.chapters import THE_END, chapters
from screenshots.neutral import FOLDER, PASSWORD, PORTS

from mooring.playback import Player, open_recording

FILE = Path(__file__).parents[3] / "screenshots" / "main-job.cast"
SHOWN = {
    "a session on dev": "native ssh, publickey",
    "the machines": "key changed",
    "a filter": "4 of 14",
    "an unknown host key": "Is this really stage-1?",
    "a session": "deploy@stage-1:~$",
    "saved commands beside it": "for all machines",
    "all that are listed marked": "✓ 4",
    "one command on all of them": "guarded: web-[1-3]",
    "the answers, in groups": "most of them",
    "how they differ": "stage-1 against web-[1-2]",
    "the end": "1 session is open",
    THE_END: "root@dev:~# mooring --demo",
}


def test_it_is_an_asciicast_that_a_person_has_the_time_for() -> None:
    first, *lines = FILE.read_bytes().splitlines()
    header = msgspec.json.decode(first, type=dict[str, object])
    events = [msgspec.json.decode(line, type=tuple[float, str, str]) for line in lines]
    assert (header["version"], header["width"], header["height"]) == (2, 120, 32)
    assert {kind for _seconds, kind, _text in events} == {"o", "m"}
    assert all(earlier[0] <= later[0] for earlier, later in pairwise(events))
    assert events[-1][0] < 60
    assert FILE.stat().st_size < 1_000_000


def test_it_plays_from_the_shell_through_the_main_job_and_back_to_the_shell() -> None:
    shown = chapters(FILE.read_bytes())
    assert list(shown) == list(SHOWN)
    assert not [name for name, text in SHOWN.items() if text not in shown[name]]
    player = Player(open_recording(FILE))
    assert player.play_to(3600) and player.is_over and not player.problem
    assert "\n".join(player.emulator.display) == shown[THE_END]
    assert not player.emulator.modes.alternate_screen
    assert "Machines" not in shown[THE_END]


def test_it_tells_nothing_of_the_machine_that_it_was_made_on() -> None:
    for name, screen in chapters(FILE.read_bytes()).items():
        assert not re.findall(r"(?<!\w)/(?:home|root|Users|work|var)/", screen), name
        assert {*re.findall(r"127\.0\.0\.1\]?:(\d+)", screen)} <= {*map(str, PORTS), "8001", "8002"}, name
        assert {*re.findall(r"/tmp/([\w-]+)/", screen)} <= {FOLDER}, name
        assert {*re.findall(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b", screen)} <= {PASSWORD}, name
