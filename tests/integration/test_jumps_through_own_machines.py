"""Jump hosts that only Mooring knows: the system's ssh and ours go through them alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.inventory import Inventory, InventorySources, load
from mooring.sshconfig import resolve_way
from mooring.store import Paths
from mooring.system_ssh import command
from support.command_line import run_mooring
from support.sshd import SshServer

ENTRY = """
[[machine]]
name = "{name}"
host = "127.0.0.1"
port = {port}
user = "{user}"
key = "{key}"
jump = "{jump}"
[machine.options]
UserKnownHostsFile = "{known}"
GlobalKnownHostsFile = "/dev/null"
StrictHostKeyChecking = true
IdentitiesOnly = true
IdentityAgent = "none"
"""


def write(sshd: SshServer, jumps: dict[str, str]) -> None:
    """Machines that are all the same server, each with a jump."""
    known = sshd.folder / "known for 100% of the jumps"
    known.write_text(sshd.known_hosts_line)
    values = {"port": sshd.port, "user": sshd.user, "key": sshd.client_key, "known": str(known).replace("%", "%%")}
    text = "".join(ENTRY.format(name=name, jump=jump, **values) for name, jump in jumps.items())
    text = text.replace('"' + str(known).replace("%", "%%") + '"', "'\"" + str(known).replace("%", "%%") + "\"'")
    path = Paths.of_this_person().machines_file
    path.parent.mkdir(parents=True)
    path.write_text(text)
    path.chmod(0o600)


def inventory() -> Inventory:
    return load(InventorySources(config_file="none"))


@pytest.mark.parametrize(
    ("jumps", "logins"),
    [
        ({"outer": "none", "inner": "outer"}, 2),
        ({"outer": "none", "middle": "none", "inner": "outer,middle"}, 3),
        ({"first": "none", "outer": "first", "middle": "none", "inner": "outer,middle"}, 4),
    ],
)
def test_both_go_through_machines_that_ssh_does_not_know(sshd: SshServer, jumps: dict[str, str], logins: int) -> None:
    write(sshd, jumps)
    for flag in ((), ("--native-ssh",)):
        before = sshd.logins
        run = run_mooring(*flag, "-F", "none", "ssh", "inner", "echo there")
        assert (run.returncode, run.stdout, run.stderr) == (0, b"there\n", b"")
        assert sshd.logins == before + logins


def test_what_is_said_of_the_way_is_the_way(own_home: Path, sshd: SshServer) -> None:
    write(sshd, {"outer": "none", "middle": "outer", "inner": "other@middle:99"})
    inner = inventory().find("inner")
    assert inner is not None
    way = [(host.target.host, host.user, host.port, host.hostname) for host in resolve_way(inner.target)]
    assert way == [
        ("outer", sshd.user, sshd.port, "127.0.0.1"),
        ("middle", "other", 99, "127.0.0.1"),
        ("inner", sshd.user, sshd.port, "127.0.0.1"),
    ]
    (proxy,) = [word for word in command(inner.target) if word.startswith("ProxyCommand=")]
    assert proxy.startswith("ProxyCommand=ssh -F none -l other -p 99 -o HostName=127.0.0.1 ")
    assert proxy.endswith(" -W '[%h]:%p' middle")
    assert "-W '\"'\"'[%%h]:%%p'\"'\"' outer" in proxy


def test_a_jump_that_ssh_knows_is_left_to_ssh(own_home: Path, sshd: SshServer, tmp_path: Path) -> None:
    write(sshd, {"outer": "none", "inner": "outer", "other": "known"})
    config = tmp_path / "config"
    config.write_text("Host outer known\n  Port 1\n")
    config.chmod(0o600)
    found = load(InventorySources(config_file=str(config)))
    for name in ("inner", "other"):
        machine = found.find(name)
        assert machine is not None
        assert machine.target.jump_hosts == ()
