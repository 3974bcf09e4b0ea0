"""What is offered for a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.model.machine import Target
from mooring.ssh.known_hosts import KnownHosts
from mooring.ssh.options import HopOptions, hop_options
from mooring.sshconfig import resolve


def options_for(folder: Path, *lines: str) -> HopOptions:
    """The options of a host that is configured so."""
    config = folder / "config"
    config.write_text("\n".join(("Host box", *lines)) + "\n")
    config.chmod(0o600)
    return hop_options(resolve(Target("box", config_file=str(config))))


def offered_ciphers(folder: Path, *lines: str) -> tuple[str, ...]:
    """The ciphers for a host that is configured so."""
    return options_for(folder, *lines).offer(KnownHosts("box", ())).ciphers


def test_the_fast_ciphers_are_preferred_where_nothing_is_said(tmp_path: Path) -> None:
    ciphers = offered_ciphers(tmp_path)
    assert ciphers[:2] == ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com")
    assert "chacha20-poly1305@openssh.com" in ciphers


@pytest.mark.parametrize("wanted", ["chacha20-poly1305@openssh.com,aes128-gcm@openssh.com", "aes256-ctr"])
def test_the_order_of_the_configuration_is_kept(tmp_path: Path, wanted: str) -> None:
    assert offered_ciphers(tmp_path, f"Ciphers {wanted}") == tuple(wanted.split(","))


def test_a_list_that_was_changed_keeps_the_order_of_ssh(tmp_path: Path) -> None:
    assert offered_ciphers(tmp_path, "Ciphers -aes128-ctr")[0] == "chacha20-poly1305@openssh.com"


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("", True),
        ("+ssh-rsa", True),
        ("-ssh-ed25519", True),
        ("^ssh-rsa", False),
        ("ssh-ed25519,rsa-sha2-512", False),
    ],
)
def test_host_keys_on_record_go_first_where_no_list_was_set(tmp_path: Path, wanted: str, first: bool) -> None:
    lines = [f"HostKeyAlgorithms {wanted}"] if wanted else []
    assert options_for(tmp_path, *lines).prefers_known_keys is first
