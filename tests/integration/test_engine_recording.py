"""Recordings of real sessions: they replay to the same screen, go on without a UI, and never cost the session."""

from __future__ import annotations

import resource
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.protocol import RecordingChanged, SessionOpened
from mooring.model.machine import Machine, Target
from mooring.model.recording import RecordingFormat, RecordingPlan, RecordingState
from mooring.model.terminal import TerminalSize
from mooring.playback import Player, open_recording
from support.cut_path import cut_path
from support.engine import machine_of, target_on, until_gone
from support.programs import require_program
from support.sshd import SshServer
from support.terminal_state import state_of
from support.terminals import Terminals

SIZE = TerminalSize(80, 24)


@pytest.fixture
def machine(plain_sshd: SshServer) -> Machine:
    return machine_of(target_on(plain_sshd))


@pytest.fixture
async def ui(tmp_path: Path) -> AsyncIterator[Terminals]:
    made = await started(tmp_path)
    yield made
    assert made.engine is not None
    await made.engine.stop()
    assert (tmp_path / "engine.log").read_text() == ""


async def started(folder: Path) -> Terminals:
    ui = Terminals()
    ui.engine = await EngineClient.start(ui, log_file=folder / "engine.log", runtime=folder / "run", keep_seconds=60)
    return ui


async def recording(ui: Terminals, session: int, plan: RecordingPlan | None) -> RecordingState | None:
    """Begin or end one, and wait for what comes of it."""
    assert ui.engine is not None
    ui.engine.record(session, plan)
    return (await ui.message(RecordingChanged)).state


async def test_a_vim_session_replays_to_the_same_screen_cell_for_cell(
    ui: Terminals, machine: Machine, tmp_path: Path
) -> None:
    require_program("vim")
    file = tmp_path / "text"
    file.write_text("".join(f"line {number} of\tthe file ✔ 日本\n" for number in range(1, 200)))
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    ui.type(1, "printf '\\033[7mbefore\\033[m it'; seq 1 30; echo the-e''nd\r")
    await ui.shows(1, "the-end")
    state = await recording(ui, 1, RecordingPlan(str(tmp_path)))
    assert state is not None and state.is_running
    ui.type(1, f"vim -nNu NONE -c 'syntax on | set ruler mouse=a hlsearch' {file}\r")
    # No ruler is waited for: it is there for a moment, until the name of the file lies over it.
    await ui.shows(1, "line 23 of")
    ui.resize(1, TerminalSize(90, 30))
    await ui.shows(1, "line 26 of")
    ui.type(1, "5Gciwchanged\x1b/of\r")
    await ui.shows(1, "changed 5 of", "5,11")
    await ui.until(lambda: ui.emulators[1].cursor.y == 4)
    seen = ui.state(1)
    assert await recording(ui, 1, None) is None
    path = Path(state.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    player = Player(open_recording(path))
    assert player.play_to(3600) and not player.problem
    replayed = state_of(player.emulator)
    assert (replayed.size, replayed.screen, replayed.cursor, replayed.modes) == (
        seen.size,
        seen.screen,
        seen.cursor,
        seen.modes,
    )
    assert seen.modes.alternate_screen
    player.emulator.feed(b"\x1b[?1049l")
    assert "the-end" in "\n".join(player.emulator.display)


async def test_a_recording_begins_with_the_session_goes_on_without_a_ui_and_ends_with_it(
    machine: Machine, tmp_path: Path
) -> None:
    ui = await started(tmp_path)
    assert ui.engine is not None
    plan = RecordingPlan(str(tmp_path / "logs"), RecordingFormat.TEXT)
    ui.engine.open(1, machine, SIZE, "xterm-256color", {}, 1 << 30, splash=True, recording=plan)
    ui._make(1, SIZE)
    began = (await ui.message(RecordingChanged)).state
    assert began is not None and Path(began.path).parent == tmp_path / "logs"
    await ui.shows(1, "there>")
    ui.type(1, "stty -echo; read line; printf '\\033[31mred\\033[m %s\\n' while-$line; read line; exit 3\r")
    await ui.until(lambda: "exit 3" in ui.screen_text(1))
    process_id = ui.engine.process_id
    ui.type(1, "nobody-looked\r")
    await ui.engine.detach()

    again = Terminals()
    again.engine = await EngineClient.attach(again, process_id, runtime=tmp_path / "run", log_file=tmp_path / "log")
    again.take_up(1, SIZE)
    assert (await again.message(RecordingChanged)).state == began
    await again.shows(1, "red while-nobody-looked")
    again.type(1, "a-secret\r")
    await again.end_of(1)
    text = Path(began.path).read_text()
    assert "red while-nobody-looked" in text.splitlines() and "\x1b" not in text and "a-secret" not in text
    await again.engine.detach()
    await until_gone(process_id)


async def test_a_disk_without_room_ends_the_recording_and_not_the_session(
    ui: Terminals, machine: Machine, tmp_path: Path
) -> None:
    assert ui.engine is not None
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    state = await recording(ui, 1, RecordingPlan(str(tmp_path)))
    assert state is not None and state.is_running
    resource.prlimit(ui.engine.process_id, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    ui.type(1, "seq 1 30000; echo still-h''ere\r")
    failed = (await ui.message(RecordingChanged)).state
    assert failed is not None and (failed.path, failed.problem) == (state.path, f"{state.path}: file too large")
    await ui.shows(1, "still-here")
    resource.prlimit(ui.engine.process_id, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    again = await recording(ui, 1, RecordingPlan(str(tmp_path)))
    assert again is not None and again.is_running and again.path != state.path


async def test_a_recording_goes_on_where_a_lost_connection_comes_back(
    ui: Terminals, plain_sshd: SshServer, tmp_path: Path
) -> None:
    assert ui.engine is not None
    async with cut_path(plain_sshd.port) as path:
        config = plain_sshd.write_client_config("box", "HostKeyAlias box")
        config.write_text(config.read_text().replace(f"Port {plain_sshd.port}", f"Port {path.port}"))
        (plain_sshd.folder / "known_hosts_box").write_text(f"box {plain_sshd.host_public_key}\n")
        ui.open(1, machine_of(Target("box", config_file=str(config))), SIZE)
        await ui.shows(1, "there>")
        state = await recording(ui, 1, RecordingPlan(str(tmp_path), RecordingFormat.TEXT))
        assert state is not None and state.is_running
        ui.type(1, "echo befo''re\r")
        await ui.shows(1, "before")
        ui.messages.clear()
        await path.cut()
        await path.restore()
        ui.engine.reconnect(1)
        await ui.message(SessionOpened)
        ui.type(1, "echo aft''er\r")
        await ui.shows(1, "after")
        assert await recording(ui, 1, None) is None
    # What is typed before the shell reads may stand before its prompt, and what it prints behind that.
    words = Path(state.path).read_text().split()
    assert words.index("before") < words.index("after")
