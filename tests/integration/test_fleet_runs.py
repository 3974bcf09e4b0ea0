"""One command on many machines, over real sshds: what each answers, and what goes wrong with one of them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.engine.client import EngineClient
from mooring.fleet.answers import group_answers
from mooring.fleet.capture import CaptureLimits
from mooring.fleet.direct import DirectExecutor
from mooring.fleet.plan import plan_saved
from mooring.fleet.result import State, exit_status
from mooring.fleet.run import RunOptions
from mooring.fleet.spool import InputSpool
from mooring.fleet.through_engine import EngineExecutor
from mooring.model.command_template import CommandTemplate
from mooring.model.errors import UsageError
from mooring.model.machine import Target
from mooring.model.origin import Origin
from mooring.model.prompts import HostKeyQuestion, SecretQuestion
from mooring.model.saved_command import Parameter, SavedCommand
from mooring.session import EngineLink, Runs
from mooring.ssh import ConnectionPool, Handshakes, connect
from mooring.ssh.handshakes import LIMIT
from support.asking_server import PASSWORD, running_asking_server
from support.fleet import Rehearsal, RememberingListener, RememberingPrompter, line, machines, write_fleet_config
from support.prompting import Recorder, ScriptedPerson
from support.sshd import SshServer, make_key, running_sshd

NAMES = tuple(f"web-{number:02}" for number in range(1, 13))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """One sshd for this file, with a stand-in for sudo in its PATH."""
    folder = tmp_path_factory.mktemp("fleet_sshd")
    programs = folder / "programs"
    programs.mkdir()
    sudo = programs / "sudo"
    sudo.write_text(SUDO)
    sudo.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    with running_sshd(folder, f"SetEnv HOME={home} PATH={programs}:/usr/bin:/bin") as running:
        yield running


SUDO = """#!/bin/sh
# A stand-in for sudo -S -p PROMPT -- COMMAND: asks on standard error, reads from standard input, tries three times.
[ "$1 $2" = "-S -p" ] || exit 99
prompt=$3; shift 4
for attempt in 1 2 3; do
    printf %s "$prompt" >&2
    IFS= read -r password || { echo 'sudo: no password was provided' >&2; exit 1; }
    [ "$password" = "open sesame" ] && exec "$@"
    echo 'Sorry, try again.' >&2
done
echo 'sudo: 3 incorrect password attempts' >&2
exit 1
"""


async def test_everybody_answers_and_equal_answers_are_one(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES, {"web-07": ["SetEnv LC_ROLE=odd"]})
    command = 'echo out; echo err >&2; [ -z "$LC_ROLE" ] || { echo differs; exit 3; }'
    rehearsal = Rehearsal(line(command, machines(NAMES, config)), tmp_path / "run", RunOptions(at_once=5))
    results = await rehearsal.results()
    assert tuple(results) == NAMES
    odd, same = group_answers(results.values())
    assert (odd.names, odd.ending, odd.sample.state) == ("web-07", "status 3", State.FAILED)
    assert odd.sample.output.read() == b"out\ndiffers\n"
    assert (same.names, same.ending) == ("web-[01-06,08-12]", "done")
    assert (same.sample.output.read(), same.sample.errors.read()) == (b"out\n", b"err\n")
    assert exit_status(tuple(results.values())) == 3
    assert rehearsal.listener.states["web-01"] == [State.CONNECTING, State.RUNNING, State.DONE]
    assert Counter(result.state for result in rehearsal.run.results) == {State.DONE: 11, State.FAILED: 1}
    assert not (tmp_path / "run").exists()


FAULTS = """case $LC_ROLE in
flood) head -c 60000000 /dev/zero;;
hang) echo begun; sleep 60;;
drop) echo first; read go; kill -9 $PPID; sleep 5;;
bytes) printf 'caf\\351\\n';;
signal) kill -TERM $$;;
*) echo fine;;
esac"""


async def test_each_fault_is_one_row_and_the_others_are_done(server: SshServer, tmp_path: Path) -> None:
    other_key = tmp_path / "other"
    make_key(other_key)
    changed = tmp_path / "known_changed"
    changed.write_text(f"changed {' '.join((tmp_path / 'other.pub').read_text().split()[:2])}\n")
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as closed:
        silent_port, closed_port = silent.getsockname()[1], closed.getsockname()[1]
        closed.close()
        roles = ("flood", "hang", "drop", "bytes", "signal")
        names = (*roles, "fine", "changed", "silent", "refusing", "nowhere", "asking")
        with running_asking_server(tmp_path, "password") as asking:
            known = tmp_path / "known_asking"
            known.write_text(asking.known_hosts_line.replace(f"[127.0.0.1]:{asking.port}", "asking"))
            config = write_fleet_config(
                server,
                names,
                {
                    **{role: [f"SetEnv LC_ROLE={role}"] for role in roles},
                    "changed": [f"UserKnownHostsFile {changed}"],
                    "silent": [f"Port {silent_port}"],
                    "refusing": [f"Port {closed_port}"],
                    "nowhere": ["HostName no-such-host.invalid"],
                    "asking": [f"Port {asking.port}", f"UserKnownHostsFile {known}"],
                },
            )
            limits = CaptureLimits(stream_memory=1000, stream=100_000)
            spool = InputSpool()
            rehearsal = Rehearsal(
                line(FAULTS, machines(names, config)),
                tmp_path / "run",
                RunOptions(timeout=8),
                limits=limits,
                stdin=spool,
            )
            running = asyncio.create_task(rehearsal.results())
            await rehearsal.listener.until_output("drop", b"first\n")
            spool.feed(b"go\n")
            spool.end()
            results = await running
            spool.close()
    endings = {name: (result.state, result.reason_kind or result.ending) for name, result in results.items()}
    assert endings == {
        "flood": (State.DONE, "done"),
        "hang": (State.TIMED_OUT, "still running after 8 s"),
        "drop": (State.LOST, "connection lost"),
        "bytes": (State.DONE, "done"),
        "signal": (State.FAILED, "killed by TERM"),
        "fine": (State.DONE, "done"),
        "changed": (State.UNREACHABLE, "host key changed"),
        "silent": (State.TIMED_OUT, "not connected within 8 s"),
        "refusing": (State.UNREACHABLE, "connection refused"),
        "nowhere": (State.UNREACHABLE, "name not found"),
        "asking": (State.UNREACHABLE, "question left unanswered"),
    }
    assert exit_status(tuple(results.values())) == 255
    assert results["hang"].output.read() == b"begun\n"
    assert results["drop"].output.read() == b"first\n"
    assert results["bytes"].output.read() == b"caf\xe9\n"
    assert results["fine"].output.read() == b"fine\n"
    flood = results["flood"].output
    assert (flood.size, flood.kept) == (60_000_000, 100_000)
    assert sum(file.stat().st_size for file in (tmp_path / "run").iterdir()) == 100_000
    assert "ssh-keygen" not in results["changed"].reason
    assert "has changed" in results["changed"].reason
    assert [question for question in rehearsal.prompter.questions if isinstance(question, SecretQuestion)]


async def test_the_same_through_the_engine(server: SshServer, tmp_path: Path) -> None:
    """As the screens run it: streams apart, input, a question, a cancelled machine."""
    known = tmp_path / "known"
    config = write_fleet_config(server, NAMES, {"web-02": [f"UserKnownHostsFile {known}"]})
    link = EngineLink(partial(EngineClient.start, log_file=tmp_path / "engine.log"))
    spool = InputSpool()
    spool.feed(b"in\n" * 50_000)
    prompter = RememberingPrompter(trusts=True)
    command = '[ "$(wc -c)" = 150000 ] && echo out; echo err >&2; exit 5'
    rehearsal = Rehearsal(
        line(command, machines(NAMES[:3], config)),
        tmp_path / "run",
        prompter=prompter,
        stdin=spool,
        executor=EngineExecutor(Runs(link)),
    )
    try:
        running = asyncio.create_task(rehearsal.results())
        await rehearsal.listener.until_states({NAMES[0]: State.RUNNING, NAMES[2]: State.RUNNING})
        rehearsal.run.cancel_machine(NAMES[0])
        await rehearsal.listener.until_states({NAMES[0]: State.CANCELLED})
        spool.end()
        results = await running
    finally:
        await link.stop()
        spool.close()
    assert results[NAMES[0]].state is State.CANCELLED
    for name in NAMES[1:3]:
        result = results[name]
        assert (result.ending, result.output.read(), result.errors.read()) == ("status 5", b"out\n", b"err\n")
    assert [question.hop for batch in prompter.host_keys for question in batch] == ["web-02"]
    assert (tmp_path / "engine.log").read_text() == ""


async def test_cancelling_keeps_what_has_come(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    command = "trap 'echo told; exit 4' INT; echo begun; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done"
    rehearsal = Rehearsal(line(command, machines(NAMES[:3], config)), tmp_path, RunOptions(at_once=2))
    running = asyncio.create_task(rehearsal.results())
    await rehearsal.listener.until_output(NAMES[0], b"begun\n")
    await rehearsal.listener.until_output(NAMES[1], b"begun\n")
    rehearsal.run.cancel_machine(NAMES[2])
    rehearsal.run.cancel()
    results = await running
    assert {result.state for result in results.values()} == {State.CANCELLED}
    assert results[NAMES[0]].output.read().startswith(b"begun\n")
    assert results[NAMES[2]].output.size == 0
    assert exit_status(tuple(results.values())) == 255


async def test_after_failures_no_further_machine_is_begun_with(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES, {"web-02": ["SetEnv LC_ROLE=bad"]})
    command = '[ -z "$LC_ROLE" ]'
    options = RunOptions(at_once=1, stop_after=1)
    results = await Rehearsal(line(command, machines(NAMES, config)), tmp_path, options).results()
    states = [result.state for result in results.values()]
    assert states == [State.DONE, State.FAILED, *([State.CANCELLED] * 10)]
    assert results["web-12"].reason == "not begun: 1 failed before"


async def test_a_canary_goes_first_and_the_rest_on_confirmation(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    listener = RememberingListener(goes_on=False)
    plan = line("echo sings", machines(NAMES[:4], config))
    results = await Rehearsal(plan, tmp_path, RunOptions(canary=True), listener=listener).results()
    assert [result.state for result in results.values()] == [State.DONE, *([State.CANCELLED] * 3)]
    ((canary, rest),) = listener.canaries
    assert (canary.machine, canary.output.read(), rest) == ("web-01", b"sings\n", 3)
    results = await Rehearsal(plan, tmp_path, RunOptions(canary=True)).results()
    assert {result.state for result in results.values()} == {State.DONE}


async def test_the_whole_run_has_a_time_too(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    plan = line("echo begun; sleep 60", machines(NAMES[:3], config))
    results = await Rehearsal(plan, tmp_path, RunOptions(at_once=2, total_timeout=3)).results()
    assert {(result.state, result.reason) for result in results.values()} == {
        (State.TIMED_OUT, "the run's 3 s are over")
    }
    assert results[NAMES[2]].output.size == 0


async def test_a_saved_command_has_a_time_of_its_own_unless_the_run_says_otherwise(
    server: SshServer, tmp_path: Path
) -> None:
    """It is long enough for a busy machine to connect in; the run's own is shorter."""
    config = write_fleet_config(server, NAMES)
    command = SavedCommand("wait", "echo begun; sleep 60", Origin("commands.toml"), timeout=4)
    plan = plan_saved(command, machines(NAMES[:2], config), {})
    (saved, told) = await asyncio.gather(
        Rehearsal(plan, tmp_path / "saved").results(),
        Rehearsal(plan, tmp_path / "told", RunOptions(timeout=3)).results(),
    )
    for results, reason in ((saved, "still running after 4 s"), (told, "still running after 3 s")):
        assert {(result.state, result.ending) for result in results.values()} == {(State.TIMED_OUT, reason)}
        assert {result.output.read() for result in results.values()} == {b"begun\n"}


async def test_standard_input_goes_to_all_however_late_they_start(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    spool = InputSpool()
    rehearsal = Rehearsal(line("cksum", machines(NAMES[:4], config)), tmp_path, RunOptions(at_once=2), stdin=spool)
    running = asyncio.create_task(rehearsal.results())
    data = os.urandom(300_000)
    for start in range(0, len(data), 10_000):
        spool.feed(data[start : start + 10_000])
        await asyncio.sleep(0)
    spool.end()
    results = await running
    spool.close()
    (group,) = group_answers(results.values())
    assert group.sample.output.read().split()[1] == b"300000"
    assert len(group.machines) == 4


async def test_one_passphrase_opens_the_key_for_all(server: SshServer, tmp_path: Path) -> None:
    key = tmp_path / "locked"
    make_key(key, passphrase="tell nobody")
    server.authorize((tmp_path / "locked.pub").read_text())
    config = write_fleet_config(server, NAMES)
    config.write_text(config.read_text().replace(f"IdentityFile {server.client_key}\n", f"IdentityFile {key}\n"))
    prompter = RememberingPrompter(("tell nobody",))
    results = await Rehearsal(line("true", machines(NAMES, config)), tmp_path, prompter=prompter).results()
    assert {result.state for result in results.values()} == {State.DONE}
    assert len(prompter.questions) == 1


async def test_unknown_host_keys_are_asked_about_together(server: SshServer, tmp_path: Path) -> None:
    names = NAMES[:5]
    known = tmp_path / "known"
    config = write_fleet_config(server, names, {name: [f"UserKnownHostsFile {known}"] for name in names})
    prompter = RememberingPrompter(trusts=True)
    results = await Rehearsal(line("true", machines(names, config)), tmp_path, prompter=prompter).results()
    assert {result.state for result in results.values()} == {State.DONE}
    asked = [question.hop for batch in prompter.host_keys for question in batch]
    assert sorted(asked) == sorted(names)
    assert len(prompter.host_keys) < len(names)
    assert all(isinstance(question, HostKeyQuestion) for batch in prompter.host_keys for question in batch)
    assert len(known.read_text().splitlines()) == 5
    refusing = RememberingPrompter(trusts=False)
    known.unlink()
    results = await Rehearsal(line("true", machines(names, config)), tmp_path, prompter=refusing).results()
    assert {result.reason_kind for result in results.values()} == {"host key unknown"}


async def test_machines_behind_a_jump_host_share_its_login(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(
        server, ("jump", *NAMES), {name: [f"ProxyJump {server.user}@jump:{server.port}"] for name in NAMES}
    )
    before = server.logins
    results = await Rehearsal(line("true", machines(NAMES, config)), tmp_path).results()
    assert {result.state for result in results.values()} == {State.DONE}
    assert server.logins == before + len(NAMES) + 1


async def test_about_ten_shake_hands_at_one_time(server: SshServer, tmp_path: Path) -> None:
    """A relay in front of the server keeps who comes waiting until ten have come, and then lets in one after another.

    Who has been let in may be through with the handshake, so at no time have more than ten come beyond them.
    """
    names = tuple(f"web-{number:02}" for number in range(1, 41))
    counts: Counter[str] = Counter()
    most = 0
    ten = asyncio.Event()
    gate = asyncio.Lock()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most
        counts["came"] += 1
        most = max(most, counts["came"] - counts["let in"])
        if most >= LIMIT:
            ten.set()
        await ten.wait()
        async with gate:
            # A turn of the loop and of the sockets for whoever comes too early.
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", server.port)
            greeting = await inner_reader.readline()
            counts["let in"] += 1
        writer.write(greeting)
        await asyncio.gather(pass_on(reader, inner_writer), pass_on(inner_reader, writer))

    relaying = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = relaying.sockets[0].getsockname()[1]
    config = write_fleet_config(server, names, {name: [f"Port {port}"] for name in names})
    # Nobody loses patience on a busy machine.
    pool = ConnectionPool(handshakes=Handshakes(patience=600))
    async with relaying:
        plan = line("true", machines(names, config))
        results = await Rehearsal(plan, tmp_path, executor=DirectExecutor(pool)).results()
    assert {result.state for result in results.values()} == {State.DONE}
    assert (most, counts["came"]) == (LIMIT, len(names))
    assert LIMIT == 10


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """What comes on one side goes out on the other, until that ends."""
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def test_many_machines_may_have_one_password(tmp_path: Path) -> None:
    with running_asking_server(tmp_path, "password") as asking:
        config = asking.write_client_config(tmp_path)
        aliases = "".join(f"Host {name}\nHostKeyAlias {name}\n" for name in ("one", "two", "three"))
        key = asking.known_hosts_line.split(" ", 1)[1]
        (tmp_path / "known_hosts").write_text("".join(f"{name} {key}" for name in ("one", "two", "three")))
        config.write_text(aliases + config.read_text().replace("Host asking\n", "Host *\n"))
        all_three = line("true", machines(("one", "two", "three"), config))
        prompter = RememberingPrompter((PASSWORD,))
        results = await Rehearsal(all_three, tmp_path, RunOptions(one_password=True), prompter=prompter).results()
        assert {result.state for result in results.values()} == {State.DONE}
        assert len(prompter.questions) == 1
        apart = RememberingPrompter((PASSWORD,))
        await Rehearsal(all_three, tmp_path, prompter=apart).results()
        assert sorted(question.hop for question in apart.questions) == ["one", "three", "two"]


async def test_sudo_gets_its_password_once_and_the_command_its_input(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    spool = InputSpool()
    spool.feed(b"for the command\n")
    spool.end()
    prompter = RememberingPrompter(("open sesame",))
    plan = line("cat; echo it\\'s done >&2; exit 7", machines(NAMES[:3], config), sudo=True)
    results = await Rehearsal(plan, tmp_path, prompter=prompter, stdin=spool).results()
    (group,) = group_answers(results.values())
    assert (group.ending, group.sample.output.read(), group.sample.errors.read()) == (
        "status 7",
        b"for the command\n",
        b"it's done\n",
    )
    assert [question.prompt for question in prompter.questions if isinstance(question, SecretQuestion)] == [
        "[sudo] password: "
    ]
    spool.close()


async def test_a_wrong_sudo_password_is_asked_for_again(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    prompter = RememberingPrompter(("wrong",))
    plan = line("echo never", machines(NAMES[:2], config), sudo=True)
    results = await Rehearsal(plan, tmp_path, prompter=prompter).results()
    (group,) = group_answers(results.values())
    assert (group.ending, group.sample.output.read()) == ("status 1", b"")
    assert group.sample.errors.read() == b"Sorry, try again.\n" * 3 + b"sudo: 3 incorrect password attempts\n"
    assert len(prompter.questions) == 3
    nobody = await Rehearsal(plan, tmp_path).results()
    assert b"no password was provided" in nobody[NAMES[0]].errors.read()


async def test_a_saved_command_with_a_secret_and_the_machine_s_own_values(server: SshServer, tmp_path: Path) -> None:
    config = write_fleet_config(server, NAMES)
    command = SavedCommand(
        "say",
        'printf "%s|" "{{machine.name}}" {{machine.port}} {{word}} \'{{key}}\'; ps -o args= -p $$; cat',
        Origin("commands.toml"),
        parameters=(Parameter("word", default="a b"), Parameter("key", secret=True)),
        sudo=True,
    )
    two = machines(NAMES[:2], config)
    with pytest.raises(UsageError, match="key: a value is needed"):
        plan_saved(command, two, {})
    plan = plan_saved(command, two, {"key": "it's 'secret'"})
    assert all("secret'" not in job.command for job in plan.jobs)
    assert "secret'" not in repr(plan)
    assert plan.values == {"word": "a b"}
    prompter = RememberingPrompter(("open sesame",))
    spool = InputSpool()
    spool.feed(b"input")
    spool.end()
    results = await Rehearsal(plan, tmp_path, prompter=prompter, stdin=spool).results()
    spool.close()
    for name in NAMES[:2]:
        output = results[name].output.read()
        assert output.startswith(f"{name}|{server.port}|a b|it's 'secret'|".encode())
        assert output.endswith(b"input")
        assert output.count(b"secret'") == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=40).map(lambda data: data.replace(b"\0", b"\n")), min_size=4, max_size=4))
def test_any_value_arrives_byte_for_byte(server: SshServer, values: list[bytes]) -> None:
    """Through a real sshd and the login shell behind it."""
    config = server.write_client_config("here")
    template = CommandTemplate(
        "printf '%s|' {{a}} \"{{b}}\" '{{c}}' \"$(printf '%s.' {{d}})\"; printf '%s|' \"x{{a}}y\" x'{{b}}'y"
    )
    command = template.render({name: os.fsdecode(value) for name, value in zip("abcd", values, strict=True)}).command

    async def run() -> bytes:
        connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
        try:
            recorder = Recorder()
            shell = await connection.execute(command, recorder)
            assert (await asyncio.wait_for(shell.wait(), 20)).status == 0
            return bytes(recorder.output)
        finally:
            await connection.close()

    a, b, c, d = values
    assert asyncio.run(run()) == b"%b|%b|%b|%b.|x%by|x%by|" % (a, b, c, d, a, b)
