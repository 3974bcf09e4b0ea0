"""Cutting argv: Mooring's words for click, ssh's words untouched."""

from __future__ import annotations

import pytest

from mooring.cli.argv import CutArguments, cut


@pytest.mark.parametrize(
    ("line", "own", "ssh"),
    [
        ("", "", None),
        ("ls -q", "ls -q", None),
        ("ssh", "ssh", ""),
        ("ssh dev", "ssh", "dev"),
        ("ssh -L 8080:localhost:8080 dev", "ssh", "-L 8080:localhost:8080 dev"),
        ("ssh dev df -h", "ssh", "dev df -h"),
        ("ssh -- dev -x", "ssh", "-- dev -x"),
        ("-F file ssh dev", "-F file ssh", "dev"),
        ("-F ssh ssh dev", "-F ssh ssh", "dev"),
        ("-Ffile --native-ssh ssh -F other dev", "-Ffile --native-ssh ssh", "-F other dev"),
        ("--config=x ssh -v", "--config=x ssh", "-v"),
        ("--demo ls ssh", "--demo ls ssh", None),
        ("ssh --help", "ssh --help", None),
        ("ssh dev --help", "ssh", "dev --help"),
        ("-- ssh dev", "-- ssh dev", None),
    ],
)
def test_the_cut_is_behind_ssh(line: str, own: str, ssh: str | None) -> None:
    assert cut(line.split()) == CutArguments(tuple(own.split()), None if ssh is None else tuple(ssh.split()))
