"""Sessions through the engine process to a real sshd: what is typed, asked and answered, and how they fail."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mooring.engine.client import EngineClient
from mooring.engine.failures import error_of
from mooring.engine.protocol import (
    AskQuestion,
    CancelQuestion,
    SessionEnded,
    SessionFailed,
    SessionOpened,
    SessionProgress,
)
from mooring.model.connection import Step
from mooring.model.errors import ConnectionRefusedByHostError, HostKeyUnknownError, UnsupportedError
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from support.engine import (
    PLENTY,
    SIZE,
    EngineRecorder,
    machine_of,
    open_shell,
    target_on,
)
from support.sshd import SshServer, free_port, make_key


async def test_a_session_from_its_steps_to_its_exit_status(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    opened = await recorder.message(SessionOpened)
    assert (opened.facts.user, opened.facts.port) == (sshd.user, sshd.port)
    steps = [message.step for message in recorder.messages if isinstance(message, SessionProgress)]
    assert Step.CONNECTING in steps
    assert steps[-1] == Step.STARTING
    engine.send(1, b"echo $TERM $COLORTERM; stty size\r")
    assert (await recorder.text(1, b"24 80")).split() == [b"xterm-256color", b"truecolor", b"24", b"80"]
    engine.resize(1, TerminalSize(132, 50))
    engine.send(1, b"stty size; exit 7\r")
    ended = await recorder.end_of(1)
    assert isinstance(ended, SessionEnded)
    assert ended.result.status == 7
    assert b"50 132" in recorder.output[1]


async def test_what_is_typed_and_resized_before_the_shell_runs_reaches_it(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, machine_of(target_on(sshd)), SIZE, "xterm-256color", {}, PLENTY)
    engine.send(1, b"stty size; exit\r")
    engine.resize(1, TerminalSize(100, 30))
    await recorder.end_of(1)
    assert b"30 100" in recorder.output[1]


async def test_sessions_do_not_mix(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    target = target_on(sshd)
    await asyncio.gather(*(open_shell(engine, recorder, target, session=number) for number in (1, 2, 3)))
    for number in (1, 2, 3):
        engine.send(number, f"echo only-{number}; exit {number}\r".encode())
    for number in (1, 2, 3):
        ended = await recorder.end_of(number)
        assert isinstance(ended, SessionEnded)
        assert ended.result.status == number
        assert recorder.output[number].split() == [f"only-{number}".encode()]


async def test_an_unknown_host_key_is_asked_about(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, machine_of(target_on(sshd, known=False)), SIZE, "xterm-256color", {}, PLENTY)
    asked = await recorder.message(AskQuestion)
    assert asked.session == 1
    assert asked.host_key is not None
    assert asked.host_key.port == sshd.port
    engine.answer(asked.question, ("yes",))
    await recorder.message(SessionOpened)


async def test_no_is_an_answer(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    engine.open(1, machine_of(target_on(sshd, known=False)), SIZE, "xterm-256color", {}, PLENTY)
    engine.answer((await recorder.message(AskQuestion)).question, ("no",))
    failed = await recorder.end_of(1)
    assert isinstance(failed, SessionFailed)
    assert isinstance(error_of(failed.failure), HostKeyUnknownError)


async def test_a_question_lapses_with_its_session(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, machine_of(target_on(sshd, known=False)), SIZE, "xterm-256color", {}, PLENTY)
    asked = await recorder.message(AskQuestion)
    engine.close_session(1)
    assert (await recorder.message(CancelQuestion)).question == asked.question
    assert isinstance(await recorder.end_of(1), SessionEnded)
    engine.answer(asked.question, ("yes",))


async def test_a_failure_arrives_as_the_models_error(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, machine_of(target_on(sshd, known=True)), SIZE, "xterm-256color", {}, PLENTY)
    port = free_port()
    config = sshd.folder / "refused"
    config.write_text((sshd.folder / "config_box").read_text().replace(str(sshd.port), str(port)))
    config.chmod(0o600)
    engine.open(2, machine_of(Target("box", config_file=str(config))), SIZE, "xterm-256color", {}, PLENTY)
    failed = await recorder.end_of(2)
    assert isinstance(failed, SessionFailed)
    error = error_of(failed.failure)
    assert isinstance(error, ConnectionRefusedByHostError)
    assert error.message == f"ssh: connect to host 127.0.0.1 port {port}: Connection refused"
    assert error.hop == "box"


async def test_a_passphrase_is_asked_for_and_kept_out_of_the_log(
    recorder: EngineRecorder, sshd: SshServer, tmp_path: Path
) -> None:
    key = tmp_path / "locked"
    make_key(key, passphrase="right-Pa55phrase")
    sshd.authorize(key.with_name("locked.pub").read_text())
    config = sshd.write_client_config("locked")
    config.write_text(config.read_text().replace(str(sshd.client_key), str(key)))
    client = await EngineClient.start(recorder, log_file=tmp_path / "engine.log")
    client.open(1, machine_of(Target("locked", config_file=str(config))), SIZE, "xterm-256color", {}, PLENTY)
    for attempt, secret in enumerate(("wrong-Pa55phrase", "right-Pa55phrase"), start=1):
        asked = await recorder.message(AskQuestion)
        assert asked.secret is not None
        assert asked.secret.prompt == f"Enter passphrase for key '{key}': "
        assert asked.secret.attempt == attempt
        client.answer(asked.question, (secret,))
    await recorder.message(SessionOpened)
    await client.stop()
    assert "Pa55phrase" not in (tmp_path / "engine.log").read_text()


async def test_what_a_tab_cannot_be_is_refused_before_connecting(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    target = target_on(sshd, "SessionType none", f"ProxyCommand touch {sshd.folder / 'connected'}")
    engine.open(1, machine_of(target), SIZE, "xterm", {}, PLENTY)
    await recorder.until(lambda: recorder.ended(1) is not None)
    failed = recorder.ended(1)
    assert isinstance(failed, SessionFailed)
    error = error_of(failed.failure)
    assert isinstance(error, UnsupportedError)
    assert error.message == f"SessionType ({target.config_file}:10): it is no shell; a tab is an interactive session"
    assert not (sshd.folder / "connected").exists()
