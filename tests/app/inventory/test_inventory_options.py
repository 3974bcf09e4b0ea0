"""Names from untrusted places: what we let through, ssh takes as a name and as nothing else."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.inventory.options import destination_problem, literal, user_problem
from mooring.model.origin import Origin
from mooring.model.ssh_names import valid_host_name, valid_user_name
from support.programs import require_program


@given(st.text(max_size=12))
def test_what_passes_is_valid_for_ssh(text: str) -> None:
    if destination_problem(text) is None:
        assert valid_host_name(text)
    if user_problem(text) is None:
        assert valid_user_name(text)


@pytest.mark.parametrize("name", ["web-1", "::1", "192.0.2.1", "a.b.example.com", "größe", "[red]", "under_score"])
def test_ordinary_names_pass_and_ssh_takes_them(name: str) -> None:
    assert destination_problem(name) is None
    command = [require_program("ssh"), "-G", "-F", "none", "--", name]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert result.returncode == 0
    assert f"host {name}\n" in result.stdout


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "is empty"),
        ("-oProxyCommand=x", "begins with a dash, which ssh would read as an option"),
        ("a b", "holds white space, which ssh does not take"),
        ("a\u00a0b", "holds white space, which ssh does not take"),
        ("user@host", "holds @, which ssh does not take"),
        ("ssh://host", "holds /, which ssh does not take"),
        ("$(x)", "holds $, which ssh does not take"),
        ("a\x9b31m", "holds control characters"),
        ("a\u2028b", "holds control characters"),
    ],
)
def test_the_reason_is_said(name: str, reason: str) -> None:
    assert destination_problem(name) == reason


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("User", "a%h"), ("User", "${HOME}"), ("IdentityFile", "${HOME}/k"), ("HostName", "a\nProxyCommand x")],
)
def test_what_can_not_be_said_literally_is_refused(keyword: str, value: str) -> None:
    with pytest.raises(ValueError, match="holds"):
        literal(keyword, value, Origin("test"))
