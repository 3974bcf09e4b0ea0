"""`password_command`: a password manager answers the password prompt of its machine, and of nobody else."""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pexpect
import pytest

from mooring.engine.protocol import AskQuestion, SessionFailed
from mooring.inventory import InventorySources, load
from mooring.model.errors import AuthenticationFailedError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.prompts import KeyboardField, KeyboardInteractiveQuestion, SecretQuestion
from mooring.ssh import connect, password_command
from mooring.ssh.password_command import PasswordCommandPrompter, asks_for_password
from support.asking_server import CODE, PASSWORD, AskingServer, running_asking_server
from support.command_line import MOORING
from support.engine import PLENTY, SIZE, EngineRecorder, machine_of, running_engine
from support.prompting import Recorder, ScriptedPerson
from support.waiting import process_runs, wait_until


@pytest.fixture(scope="module", params=["password", "keyboard"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskingServer]:
    """One that asks for a password, by either method; the latter then for a code."""
    folder = tmp_path_factory.mktemp("asking")
    with running_asking_server(folder, request.param) as running:
        yield running


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskingServer]:
    """One that asks for a password alone."""
    with running_asking_server(tmp_path_factory.mktemp("asking"), "password") as running:
        yield running


def target_of(server: AskingServer, folder: Path, *command: str) -> Target:
    """The server's machine, known already."""
    (folder / "known_hosts").write_text(server.known_hosts_line)
    return Target("asking", config_file=str(server.write_client_config(folder)), password_command=command)


def manager(folder: Path, script: str) -> tuple[str, ...]:
    """A password manager that counts its calls in the file `calls`."""
    file = folder / "manager"
    file.write_text(f'#!/bin/sh\necho "$@" >> {shlex.quote(str(folder / "calls"))}\n{script}\n')
    file.chmod(0o700)
    return str(file), "show", "web one"


async def log_in(target: Target, person: ScriptedPerson) -> bytes:
    """Connect, run a command, and return what it said."""
    connection = await asyncio.wait_for(connect(target, person), 20)
    try:
        recorder = Recorder()
        shell = await connection.execute("there", recorder)
        await asyncio.wait_for(shell.wait(), 10)
        return bytes(recorder.output)
    finally:
        await connection.close()


async def test_the_first_line_answers_the_password_prompt(server: AskingServer, tmp_path: Path) -> None:
    command = manager(tmp_path, f"printf '%s\\r\\nuser: somebody\\n' '{PASSWORD}'")
    person = ScriptedPerson([(CODE,)])
    assert await log_in(target_of(server, tmp_path, *command), person) == b"welcome there\n"
    assert [type(question) for question in person.questions] in ([], [KeyboardInteractiveQuestion])
    assert (tmp_path / "calls").read_text() == "show web one\n"
    assert person.told == ""


async def test_a_wrong_answer_is_given_once(asking: AskingServer, tmp_path: Path) -> None:
    person = ScriptedPerson([(PASSWORD,)])
    assert await log_in(target_of(asking, tmp_path, *manager(tmp_path, "echo wrong")), person) == b"welcome there\n"
    assert person.prompts == ["somebody@127.0.0.1's password: "]
    assert person.told == "Permission denied, please try again."
    assert (tmp_path / "calls").read_text().count("show") == 1


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'vault is locked\x1b[2J' >&2; exit 3", "ended with status 3\nvault is locked[2J"),
        ("exit 0", "printed no password"),
        ("printf '\\377\\n'", "printed what is no UTF-8"),
        ("kill -9 $$", "ended with status -9"),
    ],
)
async def test_where_it_fails_the_person_is_told_and_asked(
    asking: AskingServer, tmp_path: Path, script: str, told: str
) -> None:
    person = ScriptedPerson([(PASSWORD,)])
    command = manager(tmp_path, script)
    assert await log_in(target_of(asking, tmp_path, *command), person) == b"welcome there\n"
    assert person.told == f"password_command: {command[0]}: {told}"


async def test_a_program_that_is_not_there(asking: AskingServer, tmp_path: Path) -> None:
    person = ScriptedPerson([(PASSWORD,)])
    assert await log_in(target_of(asking, tmp_path, "/no/such/manager"), person) == b"welcome there\n"
    assert person.told == "password_command: /no/such/manager: No such file or directory"


async def test_one_that_hangs_is_ended(asking: AskingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_command, "PATIENCE", 0.3)
    person = ScriptedPerson([(PASSWORD,)])
    command = manager(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 600")
    assert await log_in(target_of(asking, tmp_path, *command), person) == b"welcome there\n"
    assert "gave no answer" in person.told
    assert not process_runs(int((tmp_path / "pid").read_text()))


async def test_who_stops_connecting_ends_it(asking: AskingServer, tmp_path: Path) -> None:
    command = manager(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 600")
    attempt = asyncio.create_task(connect(target_of(asking, tmp_path, *command), ScriptedPerson()))
    pid = tmp_path / "pid"
    await asyncio.to_thread(wait_until, lambda: pid.exists() and bool(pid.read_text()), what="the manager's start")
    attempt.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attempt
    await asyncio.to_thread(wait_until, lambda: not process_runs(int(pid.read_text())), what="the manager's end")


async def test_no_shell_ever_sees_it(asking: AskingServer, tmp_path: Path) -> None:
    command = (*manager(tmp_path, f"echo '{PASSWORD}'"), f"; touch {tmp_path}/ran", "$(id)")
    assert await log_in(target_of(asking, tmp_path, *command), ScriptedPerson()) == b"welcome there\n"
    assert not (tmp_path / "ran").exists()
    assert (tmp_path / "calls").read_text().endswith("$(id)\n")


async def test_a_jump_host_does_not_get_the_answer(asking: AskingServer, tmp_path: Path) -> None:
    target = target_of(asking, tmp_path, *manager(tmp_path, f"echo '{PASSWORD}'"))
    config = Path(target.config_file or "")
    config.write_text(f"{config.read_text()}Host behind\nProxyJump asking\nHostName 127.0.0.1\n")
    behind = Target("behind", config_file=str(config), password_command=target.password_command)
    person = ScriptedPerson([("no password",)] * 3)
    with pytest.raises(AuthenticationFailedError):
        await connect(behind, person)
    assert {question.hop for question in person.questions} == {"asking"}
    assert not (tmp_path / "calls").exists()


@pytest.mark.parametrize(
    ("prompt", "echo", "expected"),
    [
        ("(me@host) Password: ", False, True),
        ("(me@host) me@host's password: ", False, True),
        ("(me@host) Password for me@host:", False, True),
        ("(me@host) Password: ", True, False),
        ("(me@host) New password: ", False, False),
        ("(me@host) Retype new password: ", False, False),
        ("(me@host) One-time password (OATH) for `me': ", False, False),
        ("(me@host) Verification code: ", False, False),
    ],
)
def test_only_the_password_that_logs_in_is_meant(prompt: str, echo: bool, expected: bool) -> None:
    question = KeyboardInteractiveQuestion("host", "", "", (KeyboardField(prompt, echo),))
    assert asks_for_password(question) is expected


def test_passphrases_and_new_passwords_are_not_meant() -> None:
    for prompt in (
        "Enter passphrase for key '/home/me/.ssh/id@x's password': ",
        "Enter me@host's old password: ",
        "Enter me@host's new password: ",
        "Retype me@host's new password: ",
    ):
        assert not asks_for_password(SecretQuestion("host", prompt)), prompt
    fields = (KeyboardField("(me@host) Password: ", False), KeyboardField("(me@host) Code: ", True))
    assert not asks_for_password(KeyboardInteractiveQuestion("host", "", "", fields))


def test_the_command_stays_out_of_reprs() -> None:
    target = Target("web", password_command=("vault", "--token=hunter2"))
    assert "hunter2" not in repr(target)
    assert "hunter2" not in repr(PasswordCommandPrompter("web", target.password_command, ScriptedPerson()))


async def test_the_engine_knows_it_too(asking: AskingServer, tmp_path: Path) -> None:
    command = manager(tmp_path, f"echo '{PASSWORD}'")
    recorder = EngineRecorder()
    async with running_engine(recorder, tmp_path) as engine:
        engine.open(1, machine_of(target_of(asking, tmp_path, *command)), SIZE, "xterm", {}, PLENTY)
        await recorder.until(lambda: b"welcome" in recorder.output[1] or recorder.ended(1) is not None)
        assert b"welcome" in recorder.output[1]
        somebody_else = (OptionSetting("User", "another", COMMAND_LINE),)
        second = replace(target_of(asking, tmp_path, "/no/such/manager"), options=somebody_else)
        engine.open(2, machine_of(second), SIZE, "xterm", {}, PLENTY)
        question = await recorder.message(AskQuestion)
        assert question.secret is not None
        await recorder.until(lambda: b"No such file or directory" in recorder.output[2])
        engine.answer(question.question, None)
        await recorder.until(lambda: isinstance(recorder.ended(2), SessionFailed))


def test_the_command_line_reads_it_from_machines_toml(asking: AskingServer, own_home: Path, tmp_path: Path) -> None:
    target = target_of(asking, tmp_path)
    command = shlex.join(manager(tmp_path, f"echo '{PASSWORD}'"))
    machines = own_home / ".config/mooring/machines.toml"
    machines.parent.mkdir(parents=True)
    machines.write_text(f'[[machine]]\nname = "asking"\npassword_command = """{command}"""\n')
    machines.chmod(0o600)
    child = pexpect.spawn(
        sys.executable,
        [*MOORING[1:], "-F", target.config_file or "", "--native-ssh", "ssh", "-v", "asking", "there"],
        env={**os.environ},
        encoding="utf-8",
        timeout=30,
    )
    try:
        child.expect(pexpect.EOF)
        shown = child.before or ""
    finally:
        child.close()
    assert child.exitstatus == 0, shown
    assert "welcome there" in shown
    assert "password: " not in shown
    assert PASSWORD not in shown
    assert "web one" not in shown


def test_words_are_split_as_a_shell_splits_them(tmp_path: Path) -> None:
    machines = tmp_path / "machines.toml"
    machines.write_text(
        '[[machine]]\nname = "good"\npassword_command = "pass show \'web one\'"\n'
        '[[machine]]\nname = "bad"\npassword_command = "pass \'show"\n'
    )
    machines.chmod(0o600)
    found = load(InventorySources(config_file="none", machine_store=tmp_path / "none", machines_file=machines))
    by_name = {machine.name: machine for machine in found.machines}
    assert by_name["good"].target.password_command == ("pass", "show", "web one")
    assert by_name["bad"].target.password_command == ()
    assert by_name["bad"].problem is None
    assert [problem.message for problem in found.problems] == [
        "machine `bad`: field `password_command` is not used: no closing quotation"
    ]
