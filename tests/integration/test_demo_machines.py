"""Every demo machine as a person meets it: with the real ssh, the generated files, and what the notes say to type."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from mooring.demo import DemoFleet, start_demo
from mooring.inventory import Inventory, load
from mooring.model.machine import Machine
from support.programs import require_program
from support.waiting import resident_bytes, wait_until

pytestmark = pytest.mark.xdist_group("demo")

SECONDS = 20


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoFleet]:
    require_program("ssh")
    with start_demo() as fleet:
        yield fleet


@pytest.fixture(scope="module")
def inventory(demo: DemoFleet) -> Inventory:
    return load(demo.sources)


def ssh_arguments(demo: DemoFleet, machine: Machine) -> list[str]:
    """The command line for a machine from any source: its options, then its name."""
    arguments = ["ssh", "-F", str(demo.config_file)]
    for option in (*machine.target.options, *machine.target.fallbacks):
        arguments += ["-o", f"{option.keyword}={option.value}"]
    return [*arguments, machine.target.host]


def ssh(demo: DemoFleet, name: str, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    machine = load(demo.sources).find(name)
    assert machine is not None
    command = [*ssh_arguments(demo, machine)[:-1], "-o", "BatchMode=yes", machine.target.host, *words]
    return subprocess.run(command, input=typed, capture_output=True, timeout=SECONDS, check=False)


def terminal(demo: DemoFleet, name: str, *words: str) -> pexpect.spawn[str]:
    machine = load(demo.sources).find(name)
    assert machine is not None
    program, *arguments = ssh_arguments(demo, machine)
    environment: os._Environ[str] | dict[str, str] = {**os.environ, "TERM": "xterm-256color"}
    return pexpect.spawn(
        program,
        [*arguments, *words],
        encoding="utf-8",
        # An interrupt makes the kernel drop what is in the terminal, in the middle of a character as well.
        codec_errors="replace",
        timeout=SECONDS,
        dimensions=(24, 80),
        env=environment,
    )


def send_signal(session: pexpect.spawn[str], number: signal.Signals) -> None:
    assert session.pid is not None
    os.kill(session.pid, number)


def hang_up(session: pexpect.spawn[str]) -> None:
    session.close(force=True)


def typed_by_notes(inventory: Inventory, name: str, what: str) -> str:
    """What the machine's notes say that a person has to type."""
    machine = inventory.find(name)
    assert machine is not None
    found = re.search(rf"^{what}: (\S+)$", machine.notes, re.MULTILINE)
    assert found is not None, machine.notes
    return found[1]


def test_the_fleet_has_groups_tags_drivers_and_all_three_sources(inventory: Inventory) -> None:
    assert len(inventory.machines) >= 8
    assert inventory.problems == ()
    assert all(machine.problem is None for machine in inventory.machines)
    assert len({machine.groups for machine in inventory.machines}) >= 4
    assert len({machine.driver for machine in inventory.machines}) >= 4
    assert {source for machine in inventory.machines for source in machine.sources} == {
        "mooring",
        "ssh_config",
        "docker-machine",
    }


@pytest.mark.parametrize("name", ["bastion", "web-1", "web-2", "db-1", "cache-1", "greenhouse", "default", "dev"])
def test_a_machine_runs_commands_with_ssh(demo: DemoFleet, name: str) -> None:
    result = ssh(demo, name, "hostname; cat; echo apart >&2; exit 3", typed=b"typed")
    assert (result.stdout, result.stderr, result.returncode) == (f"{name}\ntyped".encode(), b"apart\n", 3)


def test_a_command_that_dies_of_a_signal_ends_ssh_with_255(demo: DemoFleet) -> None:
    assert ssh(demo, "web-1", "kill -KILL $$").returncode == 255


def test_a_shell_has_a_terminal_of_the_right_size_and_sees_it_change(demo: DemoFleet) -> None:
    session = terminal(demo, "web-1")
    try:
        session.expect_exact("ops@web-1")
        session.sendline("tty && stty size")
        session.expect(r"/dev/\S+\r\n24 80\r\n")
        for lines, columns in ((40, 120), (31, 99)):
            session.setwinsize(lines, columns)
            session.sendline(f"until [ \"$(stty size)\" = '{lines} {columns}' ]; do :; done; echo re''sized")
            session.expect_exact("resized\r\n")
        session.sendline("exit 5")
        session.expect(pexpect.EOF)
        session.wait()
        assert session.exitstatus == 5
    finally:
        hang_up(session)


def test_job_control_and_interrupt_work(demo: DemoFleet) -> None:
    session = terminal(demo, "web-2")
    try:
        session.expect_exact("ops@web-2")
        session.sendline("sh -c 'echo run''ning; exec sleep 1000'")
        session.expect_exact("running\r\n")
        session.sendcontrol("c")
        session.sendline("echo status $?")
        session.expect_exact("status 130")
    finally:
        hang_up(session)


def test_the_shell_lives_in_a_throw_away_home_and_sees_nothing_of_the_persons_session(
    demo: DemoFleet, own_home: Path
) -> None:
    before = sorted(own_home.rglob("*"))
    environment = dict(line.split("=", 1) for line in ssh(demo, "web-1", "env").stdout.decode().splitlines())
    assert environment["HOME"] == str(demo.folder / "homes" / "web-1")
    assert (environment["USER"], environment["LOGNAME"]) == ("ops", "ops")
    allowed = {"PATH", "LANG", "LANGUAGE", "TZ", "COLORTERM", "PWD", "SHLVL", "_", "OLDPWD"}
    elsewhere = {
        name: value
        for name, value in environment.items()
        if str(demo.folder) not in value and name not in allowed and not name.startswith("LC_")
    }
    assert set(elsewhere) <= {"USER", "LOGNAME", "SHELL", "SSH_CONNECTION"}
    assert sorted(own_home.rglob("*")) == before


def test_the_database_has_no_port_and_is_reached_through_the_bastion(demo: DemoFleet) -> None:
    assert "db-1" not in demo.ports
    direct = ssh(demo, "db-1", "-o", "ProxyJump=none", "true")
    assert direct.returncode == 255


def test_a_jump_machine_leads_to_nothing_but_the_demo(demo: DemoFleet) -> None:
    result = subprocess.run(
        ["ssh", "-F", str(demo.config_file), "-o", "BatchMode=yes", "-W", "192.0.2.1:22", "bastion"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert result.returncode == 255
    assert b"administratively prohibited" in result.stderr


def test_forwards_lead_to_loopback(demo: DemoFleet) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(SECONDS)
        command = ["ssh", "-F", str(demo.config_file), "-o", "BatchMode=yes"]
        forwarder = subprocess.Popen(
            [*command, "-W", f"127.0.0.1:{listener.getsockname()[1]}", "web-1"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        try:
            connection, _address = listener.accept()
            with connection:
                connection.settimeout(SECONDS)
                connection.sendall(b"through")
                assert connection.recv(1) == b""
            assert forwarder.communicate(timeout=SECONDS)[0] == b"through"
        finally:
            forwarder.kill()
            forwarder.wait()


def test_a_home_that_was_removed_costs_one_session_and_not_the_machine(demo: DemoFleet) -> None:
    home = demo.folder / "homes" / "greenhouse"
    aside = home.with_name("aside")
    home.rename(aside)
    try:
        result = ssh(demo, "greenhouse", "true")
        assert result.returncode == 255
        assert b"greenhouse: No such file or directory" in result.stderr
    finally:
        aside.rename(home)
    assert ssh(demo, "greenhouse", "echo back").stdout == b"back\n"


def test_a_machine_asks_for_the_password_of_its_notes(demo: DemoFleet, inventory: Inventory) -> None:
    session = terminal(demo, "stage-db", "hostname")
    try:
        session.expect_exact("password:")
        session.sendline("wrong")
        session.expect_exact("password:")
        session.sendline(typed_by_notes(inventory, "stage-db", "Password"))
        session.expect_exact("stage-db\r\n")
    finally:
        hang_up(session)


def test_a_machine_asks_for_a_second_factor(demo: DemoFleet, inventory: Inventory) -> None:
    password = typed_by_notes(inventory, "vault", "Password")
    code = typed_by_notes(inventory, "vault", "Verification code")
    session = terminal(demo, "vault", "hostname")
    try:
        for given_password, given_code in ((password, "000000x"), ("wrong", code), (password, code)):
            session.expect_exact("Password: ")
            session.sendline(given_password)
            session.expect_exact("Verification code: ")
            session.sendline(given_code)
        session.expect_exact("vault\r\n")
    finally:
        hang_up(session)


def test_an_unknown_host_key_is_asked_about(demo: DemoFleet) -> None:
    session = terminal(demo, "stage-1", "true")
    try:
        session.expect_exact("Are you sure you want to continue connecting")
        session.sendline("no")
        session.expect_exact("Host key verification failed.")
    finally:
        hang_up(session)


def test_a_changed_host_key_is_refused_with_the_line_on_record(demo: DemoFleet) -> None:
    result = ssh(demo, "mail", "true")
    assert result.returncode == 255
    assert b"REMOTE HOST IDENTIFICATION HAS CHANGED" in result.stderr
    lines = (demo.folder / "known_hosts").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(f"[127.0.0.1]:{demo.ports['mail']} "))
    assert f"known_hosts:{line}".encode() in result.stderr


def test_the_machine_that_is_down_refuses(demo: DemoFleet) -> None:
    result = ssh(demo, "web-3", "true")
    assert result.returncode == 255
    assert b"Connection refused" in result.stderr


def test_a_flood_that_nobody_reads_fills_no_memory_and_ends_with_an_interrupt(demo: DemoFleet) -> None:
    session = terminal(demo, "metrics")
    try:
        session.expect_exact("web-1")
        send_signal(session, signal.SIGSTOP)
        before = resident_bytes(demo.process.pid)
        for _ in range(6):
            # A flood that is not held back writes some 20 MB meanwhile; and the loop has to be free for others.
            assert ssh(demo, "web-1", "hostname").stdout == b"web-1\n"
        assert resident_bytes(demo.process.pid) - before < 16 * 1024 * 1024
        send_signal(session, signal.SIGCONT)
        session.sendcontrol("c")
        session.sendline("echo en''d")
        session.expect_exact("end\r\n")
    finally:
        hang_up(session)


def test_sftp_stays_in_the_machines_home(demo: DemoFleet, tmp_path: Path) -> None:
    require_program("sftp")
    given = tmp_path / "given.bin"
    given.write_bytes(os.urandom(200_000))
    batch = f"pwd\nput {given} there.bin\nget there.bin {tmp_path / 'back.bin'}\nls /README.md\n-get /etc/hostname\n"
    result = subprocess.run(
        ["sftp", "-b", "-", "-F", str(demo.config_file), "web-1"],
        input=batch.encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert b"Remote working directory: /\n" in result.stdout
    assert (tmp_path / "back.bin").read_bytes() == given.read_bytes()
    assert b'File "/etc/hostname" not found' in result.stderr
    (demo.folder / "homes" / "web-1" / "there.bin").unlink()


def test_a_megabyte_passes_through_unchanged(demo: DemoFleet) -> None:
    data = os.urandom(1_000_000)
    assert ssh(demo, "cache-1", "cat", typed=data).stdout == data


def test_nobody_gets_in_with_nothing_or_with_another_key(demo: DemoFleet, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run([require_program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    denied = 0
    for name, port in demo.ports.items():
        if name == "web-3":
            continue
        for user in ("ops", "deploy", "security", "pi", "docker", "root", "nobody"):
            result = subprocess.run(
                [
                    *("ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no"),
                    *("-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes", "-i", str(key)),
                    *("-p", str(port), f"{user}@127.0.0.1", "true"),
                ],
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
            assert result.returncode == 255
            assert b"Permission denied" in result.stderr
            denied += 1
            if name not in ("web-1", "vault"):
                break
    assert denied > len(demo.ports)


def test_everything_listens_on_loopback_alone(demo: DemoFleet) -> None:
    inodes = set()
    for descriptor in Path(f"/proc/{demo.process.pid}/fd").iterdir():
        if found := re.fullmatch(r"socket:\[(\d+)\]", str(descriptor.readlink())):
            inodes.add(found[1])
    listening = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                listening.append(fields[1].split(":")[0])
    assert len(listening) == len(demo.ports) - 1  # the one that is down does not listen
    assert set(listening) == {"0100007F"}


def test_the_files_are_for_their_owner_alone(demo: DemoFleet) -> None:
    assert demo.folder.stat().st_mode & 0o777 == 0o700
    for path in (demo.config_file, demo.machines_file, demo.folder / "id_ed25519", demo.folder / "known_hosts"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_session_whose_client_is_killed_leaves_no_shell(demo: DemoFleet) -> None:
    session = terminal(demo, "cache-1")
    try:
        session.expect_exact("ops@cache-1")
        session.sendline("echo shell=$$;")
        session.expect(r"shell=(\d+)\r\n")
        assert isinstance(session.match, re.Match)
        shell = Path(f"/proc/{session.match[1]}")
        assert shell.exists()
        send_signal(session, signal.SIGKILL)
        wait_until(lambda: not shell.exists(), what="the shell is gone with its connection")
    finally:
        hang_up(session)
