"""Sessions outlive the UI: whoever attaches next finds them as they were, cell for cell."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from mooring.engine.client import EngineClient
from mooring.engine.discovery import find_engines
from mooring.engine.door import door_of
from mooring.engine.framing import encode_message
from mooring.engine.protocol import PROTOCOL_VERSION, AskQuestion, Hello, SessionEnded, SessionOpened
from mooring.model.errors import EngineBusyError, EngineError, EngineTakenOverError, EngineVersionError
from mooring.model.machine import Machine
from mooring.model.terminal import TerminalSize
from support.engine import machine_of, process_is_gone, resident_bytes, target_on, until_gone
from support.programs import require_program
from support.sshd import SshServer
from support.terminals import SCROLLBACK, Terminals
from support.waiting import wait_until

SIZE = TerminalSize(80, 24)
TESTS = Path(__file__).resolve().parents[1]


class Uis:
    """UIs, one after the other, of engines that keep for a minute; every engine is gone at the end."""

    def __init__(self, folder: Path) -> None:
        self.runtime = folder / "run"
        self.log_file = folder / "engine.log"
        self.engines: set[int] = set()

    async def start(self, *, keep_seconds: float = 60.0) -> Terminals:
        """A UI with an engine of its own."""
        ui = Terminals()
        ui.engine = await EngineClient.start(
            ui, log_file=self.log_file, runtime=self.runtime, keep_seconds=keep_seconds
        )
        self.engines.add(ui.engine.process_id)
        return ui

    async def attach(self, process_id: int, *, take_over: bool = False) -> Terminals:
        """A UI that attaches to an engine."""
        ui = Terminals()
        ui.engine = await EngineClient.attach(
            ui, process_id, runtime=self.runtime, log_file=self.log_file, keep_seconds=60.0, take_over=take_over
        )
        self.engines.add(process_id)
        return ui


@pytest.fixture
async def uis(tmp_path: Path) -> AsyncIterator[Uis]:
    made = Uis(tmp_path)
    yield made
    for process_id in made.engines:
        if not process_is_gone(process_id):
            os.kill(process_id, signal.SIGTERM)
        await until_gone(process_id)
    assert not list(made.runtime.glob("*.sock"))
    assert made.log_file.read_text() == ""


@pytest.fixture
def machine(plain_sshd: SshServer) -> Machine:
    return machine_of(target_on(plain_sshd))


async def detached(ui: Terminals) -> int:
    """Leave, and tell which engine keeps the sessions."""
    assert ui.engine is not None
    await ui.engine.detach()
    return ui.engine.process_id


async def stopped(ui: Terminals) -> None:
    """End the engine from its UI."""
    assert ui.engine is not None
    await ui.engine.stop()


UI_TO_BE_KILLED = """
import asyncio, pickle, sys
from pathlib import Path
sys.path.append(sys.argv[1])
from mooring.engine.client import EngineClient
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from support.engine import machine_of
from support.terminals import Terminals

async def main():
    _tests, runtime, log_file, config, file, result = sys.argv[1:]
    ui = Terminals()
    ui.engine = await EngineClient.start(ui, log_file=Path(log_file), runtime=Path(runtime), keep_seconds=60)
    ui.open(1, machine_of(Target("box", config_file=config)), TerminalSize(80, 24))
    await ui.shows(1, "there>")
    ui.type(1, "printf '\\\\033]2;the ti''tle\\\\007'; seq 1 1000; echo the-e''nd\\r")
    await ui.shows(1, "the-end")
    ui.type(1, f"vim -Nu NONE -c 'set ruler mouse=a hlsearch' {file}\\r")
    await ui.shows(1, "line 20 of", "1,1")
    ui.resize(1, TerminalSize(90, 30))
    await ui.shows(1, "line 26 of")
    ui.type(1, "5Gwciwchanged\\x1b/of\\r")
    await ui.shows(1, "line changed of", "5,14")
    await ui.until(lambda: ui.emulators[1].cursor.y == 4)
    Path(result).write_bytes(pickle.dumps(ui.state(1)))
    print(ui.engine.process_id, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_ui_that_is_killed_in_vim_leaves_everything_as_it_was(
    uis: Uis, plain_sshd: SshServer, tmp_path: Path
) -> None:
    require_program("vim")
    file, result = tmp_path / "text", tmp_path / "state"
    file.write_text("".join(f"line {number} of\tthe file \u2714 日本\n" for number in range(1, 200)))
    config = plain_sshd.write_client_config("box")
    arguments = [str(each) for each in (TESTS, uis.runtime, uis.log_file, config, file, result)]
    with subprocess.Popen([sys.executable, "-c", UI_TO_BE_KILLED, *arguments], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        engine = int(await asyncio.to_thread(process.stdout.readline))
        process.kill()
    ui = await uis.attach(engine)
    assert ui.engine is not None
    [kept] = ui.engine.kept.sessions
    assert (kept.session, kept.machine.name, kept.state, kept.size) == (1, "box", "open", TerminalSize(90, 30))
    ui.take_up(1, kept.size)
    before = pickle.loads(result.read_bytes())
    assert len(before.scrollback) == SCROLLBACK and before.title and before.modes.alternate_screen
    await ui.same(1, lambda state: state == before)
    ui.type(1, ":q!\r")
    await ui.shows(1, "the-end", "there>")
    assert not ui.emulators[1].modes.alternate_screen
    ui.type(1, "echo still-h''ere; exit 3\r")
    ended = await ui.end_of(1)
    assert isinstance(ended, SessionEnded)
    assert ended.result.status == 3
    await stopped(ui)


async def test_a_program_goes_on_without_a_ui_and_its_terminal_answers(
    uis: Uis, machine: Machine, tmp_path: Path
) -> None:
    answer = tmp_path / "answer"
    ui = await uis.start()
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    # The terminal's answer has no line end.
    asking = f"printf '\\033[5n'; head -c 4 > {answer}"
    ui.type(1, f"stty -echo -icanon; read go; {asking}; seq 20; read go; stty size\r")
    await ui.until(lambda: ui.emulators[1].cursor.x == 0)
    # What is typed before leaving arrives; everything after that happens while nobody looks.
    ui.type(1, "go\r")
    engine = await detached(ui)
    await asyncio.to_thread(
        wait_until, lambda: answer.exists() and answer.read_bytes() == b"\x1b[0n", what="the terminal answers"
    )
    assert not process_is_gone(engine)
    ui = await uis.attach(engine)
    ui.take_up(1, TerminalSize(100, 40))
    ui.type(1, "\r")
    await ui.shows(1, "20\n40 100")
    await stopped(ui)


async def test_what_ended_meanwhile_is_still_there_to_read(uis: Uis, machine: Machine) -> None:
    ui = await uis.start()
    for session in (1, 2):
        ui.open(session, machine, SIZE)
        await ui.shows(session, "there>")
    ui.type(1, "read go; echo last words; exit 7\r")
    await ui.shows(1, "exit 7")
    ui.type(1, "go\r")
    engine = await detached(ui)
    while True:
        [found] = await asyncio.to_thread(find_engines, uis.runtime)
        assert found.report is not None
        states = {session.number: session.state for session in found.report.sessions}
        if states == {1: "ended", 2: "open"}:
            break
    ui = await uis.attach(engine)
    for session in (1, 2):
        ui.take_up(session, SIZE)
    ended = await ui.end_of(1)
    assert isinstance(ended, SessionEnded)
    assert ended.result.status == 7
    assert "last words" in ui.screen_text(1)
    ui.type(2, "exit\r")
    await ui.end_of(2)
    # Nothing is left to keep.
    await detached(ui)
    await until_gone(engine)


async def test_a_question_is_put_again_and_its_answer_counts(uis: Uis, plain_sshd: SshServer) -> None:
    ui = await uis.start()
    ui.open(1, machine_of(target_on(plain_sshd, known=False)), SIZE)
    await ui.message(AskQuestion)
    engine = await detached(ui)
    ui = await uis.attach(engine)
    assert ui.engine is not None
    assert [kept.state for kept in ui.engine.kept.sessions] == ["connecting"]
    ui.take_up(1, SIZE)
    asked = await ui.message(AskQuestion)
    assert asked.host_key is not None
    ui.engine.answer(asked.question, ("yes",))
    await ui.message(SessionOpened)
    await ui.shows(1, "there>")
    await stopped(ui)


async def test_one_ui_at_a_time_unless_another_takes_over(uis: Uis, machine: Machine) -> None:
    first = await uis.start()
    assert first.engine is not None
    first.open(1, machine, SIZE)
    first.engine.remember("the tab is called mine")
    await first.shows(1, "there>")
    with pytest.raises(EngineBusyError, match=f"process {os.getpid()}"):
        await uis.attach(first.engine.process_id)
    second = await uis.attach(first.engine.process_id, take_over=True)
    assert second.engine is not None
    await first.until(lambda: first.lost is not None)
    assert isinstance(first.lost, EngineTakenOverError)
    await stopped(first)
    assert second.engine.kept.note == "the tab is called mine"
    second.take_up(1, SIZE)
    second.type(1, "echo still-h''ere\r")
    await second.shows(1, "still-here")
    await stopped(second)


async def test_a_terminal_that_is_resized_while_it_is_drawn_is_drawn_once_more(uis: Uis, machine: Machine) -> None:
    ui = await uis.start()
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    ui.type(1, "for i in 1 2 3 4 5; do echo $i-$(printf 'x%.0s' $(seq 1 150))-e''nd; done\r")
    await ui.shows(1, "5-x", "-end")
    engine = await detached(ui)
    ui = await uis.attach(engine)
    ui.take_up(1, SIZE)
    for columns in range(81, 131):
        ui.resize(1, TerminalSize(columns, 30))
    await ui.shows(1, "x" * 20 + "-end", "\nthere>")
    await ui.until(lambda: (ui.emulators[1].columns, ui.screen_text(1).count("-end")) == (130, 5))
    ui.type(1, "stty size\r")
    await ui.shows(1, "30 130")
    await stopped(ui)


@pytest.mark.parametrize("megabytes", [2, 18])
async def test_a_flood_is_kept_as_far_as_the_scrollback_goes_and_costs_bounded_memory(
    uis: Uis, machine: Machine, megabytes: int
) -> None:
    ui = await uis.start()
    assert ui.engine is not None
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    before = resident_bytes(ui.engine.process_id)
    lines = megabytes * 1_000_000 // 80
    ui.type(1, f"stty -echo; seq -f '%078.0f' 1 {lines}; read go; seq -f '%078.0f' 1 {lines}; echo =e''nd=\r")
    await ui.until(lambda: str(lines) in ui.screen_text(1), limit=60)
    ui.type(1, "go\r")
    engine = await detached(ui)
    ui = await uis.attach(engine)
    ui.take_up(1, SIZE)
    await ui.until(lambda: "=end=" in ui.screen_text(1), limit=60)
    state = ui.state(1)
    shown = ["".join(row.cells).strip() for row in (*state.scrollback, *state.screen)]
    numbers = shown[: shown.index("=end=")]
    assert numbers == [f"{number:078}" for number in range(lines + 1 - len(numbers), lines + 1)]
    assert len(state.scrollback) == SCROLLBACK
    assert resident_bytes(engine) - before < 100_000_000
    await stopped(ui)


@pytest.mark.parametrize("said", ["at the start", "later"])
async def test_without_sessions_and_without_a_ui_it_ends_and_so_it_does_when_its_time_is_up(
    uis: Uis, machine: Machine, said: str
) -> None:
    await until_gone(await detached(await uis.start()))
    ui = await uis.start(keep_seconds=0.5 if said == "at the start" else 600.0)
    assert ui.engine is not None
    if said == "later":
        ui.engine.keep_for(0.5)
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    assert await asyncio.to_thread(find_engines, uis.runtime)
    # As it is when the UI's process is killed.
    ui.engine._line._stream.close()
    await until_gone(ui.engine.process_id)


async def test_the_door_is_for_its_owner_and_stale_ones_are_taken_away(
    uis: Uis, machine: Machine, plain_sshd: SshServer
) -> None:
    ui = await uis.start()
    assert ui.engine is not None
    door = door_of(uis.runtime, ui.engine.process_id)
    assert door.stat().st_mode & 0o777 == 0o600
    assert uis.runtime.stat().st_mode & 0o777 == 0o700
    ui.open(1, machine, SIZE)
    await ui.shows(1, "there>")
    stale = door_of(uis.runtime, 99999999)
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(stale))
    [found] = await asyncio.to_thread(find_engines, uis.runtime)
    assert not stale.exists()
    assert found.report is not None
    assert (found.process_id, found.report.ui, found.waits) == (ui.engine.process_id, os.getpid(), False)
    [session] = found.report.sessions
    assert (session.machine, session.state) == ("box", "open")
    assert session.address == f"{plain_sshd.user}@127.0.0.1:{plain_sshd.port}"
    with pytest.raises(EngineError, match="can't be reached"):
        await uis.attach(1)
    uis.engines.discard(1)
    await stopped(ui)


async def test_another_version_is_said_with_both_numbers(uis: Uis, tmp_path: Path) -> None:
    uis.runtime.mkdir(mode=0o700)
    uis.log_file.touch()
    greeting = encode_message(msgspec.msgpack.encode(Hello(PROTOCOL_VERSION + 1, 4242)))
    with socket.socket(socket.AF_UNIX) as other:
        path = door_of(uis.runtime, 4242)
        other.bind(str(path))
        other.listen()

        def greet() -> None:
            for _visit in range(2):
                visitor, _address = other.accept()
                with visitor:
                    visitor.sendall(greeting)
                    while visitor.recv(4096):
                        pass

        greeting_all = asyncio.create_task(asyncio.to_thread(greet))
        [found] = await asyncio.to_thread(find_engines, uis.runtime)
        assert found.problem == f"speaks version {PROTOCOL_VERSION + 1} of the protocol, not {PROTOCOL_VERSION}"
        with pytest.raises(EngineVersionError, match=f"version {PROTOCOL_VERSION + 1} of the protocol, not") as caught:
            await uis.attach(4242)
        assert "kill 4242" in str(caught.value.hint)
        await greeting_all
    path.unlink()
