"""Our recordings for others: the real asciinema plays them to the screen that our player shows."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from mooring.engine.client import EngineClient
from mooring.engine.protocol import RecordingChanged
from mooring.model.recording import RecordingPlan
from mooring.model.terminal import TerminalSize
from mooring.playback import Player, open_recording
from mooring_widgets.emulator import Emulator
from support.engine import machine_of, target_on
from support.fake_terminal import fake_terminal
from support.sshd import SshServer
from support.terminal_state import state_of
from support.terminals import Terminals

ASCIINEMA = Path(sys.executable).with_name("asciinema")
"""Installed with the tests' other requirements."""

BEFORE, AFTER = TerminalSize(80, 24), TerminalSize(90, 30)


async def recorded(server: SshServer, folder: Path) -> Path:
    """A session with colours, wide letters and a resize; what follows that begins on an empty screen."""
    ui = Terminals()
    ui.engine = await EngineClient.start(ui, log_file=folder / "engine.log")
    ui.open(1, machine_of(target_on(server)), BEFORE)
    await ui.shows(1, "there>")
    ui.engine.record(1, RecordingPlan(str(folder)))
    state = (await ui.message(RecordingChanged)).state
    assert state is not None and state.is_running
    ui.type(1, "seq 1 40; echo sma''ll\r")
    await ui.shows(1, "small")
    ui.resize(1, AFTER)
    ui.type(1, "printf '\\033[H\\033[2J\\033[31mred\\033[m 日本 %s\\n' \"$(stty size)\"; seq -s ' ' 40; echo la''rge\r")
    await ui.shows(1, "red 日本 30 90", "large\nthere>")
    ui.engine.record(1, None)
    assert (await ui.message(RecordingChanged)).state is None
    await ui.engine.stop()
    return Path(state.path)


def played(file: Path, environment: dict[str, str]) -> tuple[int, bytes]:
    """The status of `asciinema play`, and what it wrote to its terminal."""
    words = [str(ASCIINEMA), "play", "-i", "0.01", str(file)]
    with fake_terminal(words, columns=AFTER.columns, lines=AFTER.lines, environment=environment) as terminal:
        return terminal.wait(seconds=60), terminal.output


def concatenated(file: Path, environment: dict[str, str]) -> bytes:
    """What `asciinema cat` prints."""
    run = subprocess.run(
        [ASCIINEMA, "cat", file],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        timeout=60,
        check=True,
    )
    return run.stdout


async def test_asciinema_shows_what_our_player_shows(plain_sshd: SshServer, tmp_path: Path) -> None:
    file = await recorded(plain_sshd, tmp_path)
    events = [json.loads(line) for line in file.read_text().splitlines()[1:]]
    assert [data for _time, kind, data in events if kind == "r"] == ["90x30"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "ASCIINEMA_CONFIG_HOME": str(tmp_path / "asciinema")}
    status, written = await asyncio.to_thread(played, file, environment)
    assert status == 0
    theirs = Emulator(AFTER.columns, AFTER.lines)
    theirs.feed(written)
    player = Player(open_recording(file))
    assert player.play_to(3600) and not player.problem
    seen, ours = state_of(theirs), state_of(player.emulator)
    assert (seen.size, seen.screen, seen.cursor) == (ours.size, ours.screen, ours.cursor)
    assert "red 日本 30 90" in theirs.display[0]

    printed = await asyncio.to_thread(concatenated, file, environment)
    assert printed.decode() == "".join(data for _time, kind, data in events if kind == "o")
