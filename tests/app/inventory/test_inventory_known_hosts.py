"""The names in known_hosts, as far as they can be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

from mooring.inventory import InventorySources, further_sources, load
from mooring.inventory.known_hosts import KnownHostsSource
from mooring.store import Paths, Settings
from support.programs import require_program

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"

TEXT = f"""\
# a comment
web-1.example.com,10.0.0.1 {KEY}1
web-1.example.com ssh-rsa AAAAB3
10.0.0.1 {KEY}1 remark
10.0.0.2 {KEY}2
[lab]:2222,[10.0.0.3]:2222 {KEY}3
[2001:db8::1]:22 {KEY}4
*.example.org,!bad.example.org {KEY}5
@cert-authority *.example.net {KEY}6
@revoked stolen {KEY}7
short line
$(reboot) {KEY}8

"""


def test_names_are_listed_once_and_addresses_where_no_name_has_their_key(tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    path.write_text(TEXT)
    result = KnownHostsSource(path, "config").read()
    assert (result.problems, result.remarks) == ((), ())
    assert [(each.name, each.port, each.origin.line) for each in result.machines] == [
        ("web-1.example.com", None, 2),
        ("lab", 2222, 6),
        ("$(reboot)", None, 12),
        ("10.0.0.2", None, 5),
        ("2001:db8::1", 22, 7),
    ]
    lab = result.machines[1]
    assert [str(option) for option in lab.target.options] == ["Port=2222"]
    assert (lab.sources, lab.target.config_file) == (("known_hosts",), "config")
    assert [each.name for each in result.machines if each.problem] == ["$(reboot)"]


def test_names_that_ssh_has_hashed_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    keygen = require_program("ssh-keygen")
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    key = " ".join((tmp_path / "key.pub").read_text().split()[:2])
    path.write_text(f"web-1 {key}\nweb-2 {key}\n")
    subprocess.run([keygen, "-q", "-H", "-f", str(path)], check=True, capture_output=True)
    path.write_text(path.read_text() + f"web-3 {key}\n")
    result = KnownHostsSource(path).read()
    assert [machine.name for machine in result.machines] == ["web-3"]
    assert result.remarks == (f"2 lines of {path} have hashed names, which can't be listed",)


def test_they_are_a_source_when_the_settings_say_so(own_home: Path, tmp_path: Path) -> None:
    (own_home / ".ssh").mkdir()
    (own_home / ".ssh" / "known_hosts").write_text(f"web-1 {KEY}\n")
    paths = Paths.inside(tmp_path)
    for wanted in (False, True):
        further = further_sources(Settings(known_hosts=wanted), paths)
        inventory = load(InventorySources("none", tmp_path, tmp_path / "none", further=further))
        assert [machine.name for machine in inventory.machines] == (["web-1"] if wanted else [])


def test_no_file_and_no_text(tmp_path: Path) -> None:
    path = tmp_path / "known_hosts"
    assert KnownHostsSource(path).read().machines == ()
    path.write_bytes(b"web-1 \xff\n")
    assert [problem.message for problem in KnownHostsSource(path).read().problems] == ["is not UTF-8 text"]
