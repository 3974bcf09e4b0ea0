"""`mooring --native-ssh ssh -Q` beside `ssh -Q`: the same names in the same order, as far as the library has them."""

from __future__ import annotations

import subprocess

import pytest

from mooring.ssh.supported import supported_algorithms
from mooring.sshconfig.values.algorithms import KINDS
from support.programs import require_program

QUERIES = ("cipher", "cipher-auth", "compression", "kex", "key", "key-cert", "key-plain", "key-sig", "mac", "sig")
NEWER_OR_OLDER = {
    "mlkem768nistp256-sha256",
    "mlkem768x25519-sha256",
    "sntrup761x25519-sha512",
    "ssh-dss",
    "ssh-dss-cert-v01@openssh.com",
    "zlib",
}
"""What the installed ssh may be too old or too new for."""


@pytest.mark.parametrize("query", QUERIES)
def test_names_are_those_of_ssh_in_its_order(query: str) -> None:
    run = subprocess.run([require_program("ssh"), "-Q", query], capture_output=True, text=True, timeout=20, check=True)
    theirs, ours = run.stdout.split(), supported_algorithms(query)
    assert ours
    assert [name for name in ours if name in theirs] == [name for name in theirs if name in ours]
    assert set(ours) - set(theirs) <= NEWER_OR_OLDER


@pytest.mark.parametrize("keyword", KINDS)
def test_every_name_may_be_used_in_a_configuration(keyword: str) -> None:
    assert set(supported_algorithms(keyword) or ()) <= set(KINDS[keyword].known)
