"""Commands that run apart: their own channel on the machine's connection, streams apart and on credit, and an end."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.failures import error_of
from mooring.engine.protocol import AskQuestion, GrantInput, SessionEnded, SessionFailed, SessionOpened
from mooring.model.errors import HostKeyUnknownError
from mooring.model.prompts import Question
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session import CREDIT, EngineLink, Run, Runs
from support.engine import PLENTY, EngineRecorder, open_shell, target_on, until_gone
from support.sshd import SshServer


async def result_of(recorder: EngineRecorder, run: int) -> ExitResult:
    """How a run ended."""
    ended = await recorder.end_of(run)
    assert isinstance(ended, SessionEnded)
    return ended.result


async def test_a_command_runs_beside_a_shell_on_its_connection(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    target, before = target_on(sshd), sshd.logins
    await open_shell(engine, recorder, target)
    engine.run(2, target, "echo out; echo err >&2; cat; test -t 0 || echo $PPID; exit 3", PLENTY)
    assert (await result_of(recorder, 2)).status == 3
    out, process = bytes(recorder.output[2]).split()
    assert (out, bytes(recorder.error_output[2])) == (b"out", b"err\n")
    engine.send(1, b"echo $PPID\r")
    await recorder.text(1, process)
    assert sshd.logins == before + 1
    assert recorder.ended(1) is None


async def test_a_command_may_have_a_terminal(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    size = TerminalSize(100, 30)
    engine.run(
        1, target_on(sshd), "stty size; echo err >&2; read answer; stty size; echo =$answer=", PLENTY, size=size,
        terminal_type="xterm", takes_input=True,
    )  # fmt: skip
    await recorder.text(1, b"err")
    engine.resize(1, TerminalSize(120, 40))
    engine.send(1, b"yes\r")
    await recorder.end_of(1)
    assert [word for word in recorder.output[1].split() if word != b"yes"] == [
        b"30",
        b"100",
        b"err",
        b"40",
        b"120",
        b"=yes=",
    ]
    assert not recorder.error_output[1]


async def test_output_waits_for_credit_and_input_for_the_channel(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.run(1, target_on(sshd), "cat; echo end >&2", 1000, takes_input=True)
    credit = (await recorder.message(GrantInput)).count
    data = bytes(range(256)) * (credit // 256)
    engine.send(1, data)
    await recorder.until(lambda: len(recorder.output[1]) == 1000)
    with pytest.raises(TimeoutError):
        await recorder.until(lambda: len(recorder.output[1]) > 1000, limit=0.3)
    engine.grant(1, PLENTY)
    assert (await recorder.message(GrantInput)).count <= credit
    engine.close_input(1)
    assert (await result_of(recorder, 1)).status == 0
    assert (bytes(recorder.output[1]), bytes(recorder.error_output[1])) == (data, b"end\n")


async def test_a_cancelled_command_gets_a_signal_and_loses_its_streams(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    # To root's programs sshd passes no signals, since it has no monitor for them; it says so, as the signal came.
    signalled = sshd.folder / ("sshd.log" if os.geteuid() == 0 else "home/told")
    engine.run(1, target_on(sshd), "trap 'echo signal > told' TERM; echo $$; while sleep 0.1; do echo; done", PLENTY)
    process = int(await recorder.text(1, b"\n"))
    engine.close_session(1)
    assert (await result_of(recorder, 1)).message == "closed"
    await until_gone(process)
    assert "signal" in signalled.read_text()


async def test_what_keeps_a_command_from_running_is_told_and_questions_are_asked(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.run(1, target_on(sshd, known=False), "echo in", PLENTY)
    asked = await recorder.message(AskQuestion)
    assert asked.session == 1
    engine.answer(asked.question, ("no",))
    failed = await recorder.end_of(1)
    assert isinstance(failed, SessionFailed)
    assert isinstance(error_of(failed.failure), HostKeyUnknownError)
    assert not any(isinstance(message, SessionOpened) for message in recorder.messages)


class Panel:
    """A `RunListener` that takes everything at once."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.error_output = bytearray()

    def run_changed(self, run: Run) -> None:
        """Nothing to show."""

    def run_output(self, run: Run, data: bytes) -> None:
        self.output += data
        run.consumed(len(data))

    def run_error_output(self, run: Run, data: bytes) -> None:
        self.error_output += data
        run.consumed(len(data))

    def run_notice(self, run: Run, text: str) -> None:
        raise AssertionError(text)

    def run_asked(self, run: Run, question_id: int, question: Question) -> None:
        raise AssertionError(question)

    def run_question_lapsed(self, run: Run, question_id: int) -> None:
        """Never asked."""


async def test_a_panel_feeds_a_run_and_takes_more_than_the_credit(sshd: SshServer, tmp_path: Path) -> None:
    log_file = tmp_path / "engine.log"
    link = EngineLink(lambda listener: EngineClient.start(listener, log_file=log_file))
    runs, panel = Runs(link), Panel()
    target = target_on(sshd)
    run = runs.start(target, "cat; wc -c < /etc/passwd >&2", panel, takes_input=True)
    data = bytes(range(251)) * 8000
    assert len(data) > 4 * CREDIT
    run.write(data)
    run.close_input()
    await asyncio.wait_for(run.drain(), 20)
    result = await asyncio.wait_for(run.wait(), 20)
    assert (result.status, bytes(panel.output)) == (0, data)
    assert int(panel.error_output) == Path("/etc/passwd").stat().st_size
    assert not run.is_live
    endless = runs.start(target, "cat", panel, takes_input=True)
    endless.cancel()
    assert (await asyncio.wait_for(endless.wait(), 20)).message == "closed"
    await link.stop()
    assert log_file.read_text() == ""
