"""`mooring explain` on real files: places, hops, limits, and a command line that ssh understands the same way."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from support.command_line import run_mooring
from support.programs import require_program

HOSTS = """\
Host web-1
    HostName 192.0.2.1
    User ops
    ProxyJump guest@gate:2200
    ControlMaster auto
Host gate
    HostName gate.example.net
    Tunnel yes
Host *
    ConnectTimeout 5
    IdentityFile ~/.ssh/usual
"""
MACHINES = """\
[[machine]]
name = "db"
host = "192.0.2.7"
user = "pg"
port = 2222
key = "~/keys/db key"
jump = "gate"
options = { SetEnv = "STAGE='a b'", ServerAliveInterval = 15 }

[[machine]]
name = "web-1"
user = "else"
"""
COMPARED = frozenset(
    {
        "host", "user", "hostname", "port", "identityfile", "proxyjump", "setenv", "serveraliveinterval",
        "connecttimeout", "controlmaster", "forwardagent", "localforward", "requesttty",
    }
)  # fmt: skip
"""What the test's files and words set; defaults differ between versions of ssh."""


@pytest.fixture
def config(own_home: Path) -> Path:
    """The person's ssh_config and machines.toml."""
    machines = own_home / ".config/mooring/machines.toml"
    machines.parent.mkdir(parents=True)
    machines.write_text(MACHINES)
    file = own_home / "ssh_config"
    file.write_text(HOSTS)
    for each in (machines, file):
        each.chmod(0o600)
    return file


def test_every_option_is_told_with_its_line_hop_by_hop(config: Path) -> None:
    run = run_mooring("-F", config, "explain", "-p", "77", "web-1")
    assert (run.returncode, run.stderr) == (0, b"")
    lines = [line.split() for line in run.stdout.decode().splitlines()]
    assert lines[0] == ["web-1", "is", "else@192.0.2.1:77"]
    assert ["port", "command", "line", "77"] in lines
    assert ["user", "~/.config/mooring/machines.toml:12", "else"] in lines
    assert ["hostname", "~/ssh_config:2", "192.0.2.1"] in lines
    hop = lines.index(["on", "the", "way:", "gate", "is", "guest@gate.example.net:2200"])
    assert lines.index(["proxyjump", "~/ssh_config:4", "guest@gate:2200"]) < hop
    assert lines[hop + 1 :].count(["connecttimeout", "~/ssh_config:10", "5"]) == 1
    assert ["port", "~/ssh_config:4", "2200"] in lines[hop:]
    text = run.stdout.decode()
    assert "✕ gate: Tunnel (~/ssh_config:8): no tunnel device is opened" in text
    assert "· ControlMaster (~/ssh_config:5): the connection is not shared" in text
    assert lines[-1] == ["ssh", "-F", str(config), "-p", "77", "-o", "User=else", "web-1"]


def test_json_has_the_same_for_programs(config: Path) -> None:
    run = run_mooring("-F", config, "explain", "--json", "web-1")
    told = json.loads(run.stdout)
    assert told == json.loads(run_mooring("-F", config, "explain", "web-1", "--json").stdout)
    assert told["machine"]["port"] == 22
    assert {"keyword": "hostname", "value": "192.0.2.1", "file": str(config), "line": 2} in told["machine"]["settings"]
    [jump] = told["jumps"]
    assert (jump["name"], jump["user"], jump["hostname"], jump["port"]) == ("gate", "guest", "gate.example.net", 2200)
    [limit] = jump["native_limits"]
    assert (limit["option"], limit["severity"], limit["line"]) == ("Tunnel", "refused", 8)
    assert shlex.split(told["ssh"]["line"]) == told["ssh"]["words"]


@pytest.mark.parametrize(
    "words",
    [
        ("db",),
        ("web-1",),
        ("ops@db",),
        ("ssh://other@db:2200",),
        ("db", "-p", "9"),
        ("-l", "first", "second@db", "-l", "third"),
        ("-p", "2201", "ssh://db:2202", "-p", "2203"),
        ("-o", "IdentityFile=one", "db", "-i", "two"),
        ("-tt", "-A", "-L", "8080:localhost:80", "db", "uptime", "--pretty"),
        ("db", "--", "-x"),
        ("unknown.example.org",),
    ],
)
def test_the_real_ssh_resolves_the_command_line_to_the_same(config: Path, words: tuple[str, ...]) -> None:
    told = json.loads(run_mooring("-F", config, "explain", "--json", *words).stdout)
    program, *given = told["ssh"]["words"]
    assert program == "ssh"
    theirs = subprocess.run(
        [require_program("ssh"), "-G", *given], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    ours = run_mooring("--native-ssh", "-F", config, "ssh", "-G", *words)
    expected = {line for line in theirs.stdout.splitlines() if line.split()[0] in COMPARED}
    assert {line for line in ours.stdout.decode().splitlines() if line.split()[0] in COMPARED} == expected
    assert "-o" not in given[given.index(told["machine"]["name"]) :]


def test_nothing_set_is_said_too(own_home: Path) -> None:
    run = run_mooring("-F", "none", "explain", "somewhere.example.org")
    assert b"nothing is set but the defaults" in run.stdout
    assert run.stdout.endswith(b"  ssh -F none somewhere.example.org\n")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("explain", "-V"), b"nothing to explain"),
        (("explain", "-p"), b"option requires an argument -- p"),
        (("explain",), b"There is no machine called default"),
        (("explain", "-o", "Port=x", "web-1"), b"Bad port 'x'"),
    ],
)
def test_what_cannot_be_explained_ends_with_255(config: Path, words: tuple[str, ...], complaint: bytes) -> None:
    run = run_mooring("-F", config, *words)
    assert (run.returncode, run.stdout) == (255, b"")
    assert complaint in run.stderr


def test_a_name_that_is_no_machine_is_said_to_be_a_host(config: Path) -> None:
    run = run_mooring("-F", config, "explain", "wbe-1")
    assert run.returncode == 0
    assert run.stderr.decode().splitlines()[:2] == [
        "wbe-1 is no machine in the list, and taken for a host name, as `mooring ssh` does.",
        "Did you mean web-1?",
    ]
    assert run_mooring("-F", config, "explain", "web-1").stderr == b""


def test_match_exec_runs_once_and_sees_the_command(own_home: Path) -> None:
    file = own_home / "config_exec"
    file.write_text(f'Match exec "echo ran >> {own_home}/ran"\nUser matched\n')
    file.chmod(0o600)
    run = run_mooring("-F", file, "explain", "--json", "web")
    assert json.loads(run.stdout)["machine"]["user"] == "matched"
    assert (own_home / "ran").read_text() == "ran\n"


def test_a_hostile_value_cannot_steer_the_terminal(own_home: Path) -> None:
    file = own_home / "config_hostile"
    file.write_text("Host web\nSetEnv X=\x1b[2Jboo\n")
    file.chmod(0o600)
    run = run_mooring("-F", file, "explain", "web")
    assert b"\x1b" not in run.stdout
    assert b"^[[2Jboo" in run.stdout


def test_the_native_client_refuses_with_the_command_to_use_instead(config: Path) -> None:
    run = run_mooring("--native-ssh", "-F", config, "ssh", "-X", "db", "xterm")
    assert run.returncode == 255
    first, second = run.stderr.decode().splitlines()
    assert first.startswith("ForwardX11 (command line): no X11 connection is forwarded")
    told = json.loads(run_mooring("-F", config, "explain", "--json", "-X", "db", "xterm").stdout)
    assert second == f"The system's ssh can: {told['ssh']['line']}"


def test_a_hop_that_native_cannot_pass_is_refused_too(config: Path) -> None:
    run = run_mooring("--native-ssh", "-F", config, "ssh", "web-1", "true")
    assert run.returncode == 255
    assert run.stderr.decode().splitlines()[-2:] == [
        f"Tunnel ({config}:8): no tunnel device is opened; the native path has no tunnels",
        f"The system's ssh can: ssh -F {config} -o User=else web-1 true",
    ]
