"""CanonicalizeHostname and its kin. Names that exist come from a table in place of the name servers; the rest is
judged by the real ssh."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from mooring.model.errors import NameResolutionError
from mooring.model.machine import Target
from mooring.sshconfig import ResolvedHost, resolve
from support.ssh_oracle import ENVIRONMENT, REAL_PERSON, ask_ssh, ask_us, differences

NAMES = {
    "web.a.example.": "web.a.example",
    "web.b.example.": "web.b.example",
    "alias.b.example.": "target.b.example.",
    "anchored.": "anchored",
    "odd.b.example.": "bad name",
    "alias": "target.b.example",
}
"""Every name that has an address, and the name it is an alias of."""


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer look-ups from the table, and note what is looked up."""
    real = socket.getaddrinfo
    asked: list[str] = []

    def getaddrinfo(
        host: str, port: str | None, family: int = 0, kind: int = 0, protocol: int = 0, flags: int = 0
    ) -> list[tuple[object, ...]]:
        if flags & socket.AI_NUMERICHOST:
            return list(real(host, port, family, kind, protocol, flags))
        asked.append(host)
        if host not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, kind, 6, NAMES[host], ("192.0.2.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def ask(tmp_path: Path, text: str, host: str = "web") -> ResolvedHost:
    config = tmp_path / "config"
    config.write_text(text)
    return resolve(Target(host, config_file=str(config)), environment=ENVIRONMENT, person=REAL_PERSON)


def test_the_first_domain_with_the_name_is_taken(tmp_path: Path, names: list[str]) -> None:
    text = "CanonicalizeHostname yes\nCanonicalDomains none.example b.example a.example\n"
    resolved = ask(tmp_path, text + "Match canonical host *.b.example\nPort 99\n")
    assert (resolved.hostname, resolved.port) == ("web.b.example", 99)
    assert names == ["web.none.example.", "web.b.example."]


def test_host_blocks_see_the_canonical_name_in_the_second_pass(tmp_path: Path, names: list[str]) -> None:
    text = "CanonicalizeHostname yes\nCanonicalDomains a.example\nHost web\nUser u\nHost *.a.example\nPort 99\nUser v\n"
    resolved = ask(tmp_path, text)
    assert (resolved.port, resolved.user) == (99, "u")
    assert names


def test_nothing_is_looked_up_unless_asked_for(tmp_path: Path, names: list[str]) -> None:
    assert ask(tmp_path, "CanonicalDomains a.example\n").hostname == "web"
    assert ask(tmp_path, "CanonicalizeHostname yes\nCanonicalDomains a.example\nProxyCommand x\n").hostname == "web"
    assert ask(tmp_path, "CanonicalizeHostname yes\nCanonicalDomains a.example\nProxyJump x\n").hostname == "web"
    dotted = "CanonicalizeHostname yes\nCanonicalDomains a.example\n"
    assert ask(tmp_path, dotted, "too.many.dots").hostname == "too.many.dots"
    assert names == []


def test_always_looks_up_behind_a_proxy_too(tmp_path: Path, names: list[str]) -> None:
    text = "CanonicalizeHostname always\nCanonicalDomains a.example\nProxyCommand x\n"
    assert ask(tmp_path, text).hostname == "web.a.example"


def test_a_name_with_a_final_dot_is_taken_as_it_is(tmp_path: Path, names: list[str]) -> None:
    assert ask(tmp_path, "CanonicalizeHostname yes\nCanonicalDomains a.example\n", "anchored.").hostname == "anchored"
    assert names == ["anchored."]


def test_aliases_are_followed_where_permitted(tmp_path: Path, names: list[str]) -> None:
    text = "CanonicalizeHostname yes\nCanonicalDomains b.example\n"
    assert ask(tmp_path, text, "alias").hostname == "alias.b.example"
    permitted = text + "CanonicalizePermittedCNAMEs *.x.example:* alias*:*.b.example\n"
    assert ask(tmp_path, permitted, "alias").hostname == "target.b.example"
    other = text + "CanonicalizePermittedCNAMEs alias*:*.c.example\n"
    assert ask(tmp_path, other, "alias").hostname == "alias.b.example"


def test_a_bad_alias_is_ignored_with_a_word(tmp_path: Path, names: list[str]) -> None:
    text = "CanonicalizeHostname yes\nCanonicalDomains b.example\nCanonicalizePermittedCNAMEs *:*\n"
    resolved = ask(tmp_path, text, "odd")
    assert resolved.hostname == "odd.b.example"
    assert resolved.warnings == (
        'ignoring bad CNAME "bad name" for host "odd.b.example.": domain name "bad name" contains invalid characters',
    )


def test_without_fallback_a_name_in_no_domain_is_an_error(tmp_path: Path, names: list[str]) -> None:
    text = "CanonicalizeHostname yes\nCanonicalDomains b.example\nCanonicalizeFallbackLocal no\n"
    with pytest.raises(NameResolutionError, match='ssh: Could not resolve host "nowhere"') as caught:
        ask(tmp_path, text, "nowhere")
    assert caught.value.hop == "nowhere"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("CanonicalizeHostname yes\nHostName localhost.\nMatch host localhost\nPort 3\n", "web"),
        ("CanonicalizePermittedCNAMEs *:*\nHostName localhost\n", "web"),
        ("Match final host 127.0.0.1\nPort 3\n", "127.1"),
        ("AddressFamily inet6\n", "127.1"),
        ("CanonicalizeHostname yes\nMatch final\nPort 3\n", "Web"),
        ("HostName %h.invalid\nMatch final host web.invalid\nPort 3\n", "WEB"),
        ("", "0x7f.1"),
        ("", "::FFFF:1.2.3.4"),
        ("", "fe80::1%lo"),
        ("", "1"),
        ("", "1.2.3.4.5"),
    ],
)
def test_names_and_addresses_come_out_as_from_ssh(tmp_path: Path, text: str, host: str) -> None:
    config = tmp_path / "config"
    config.write_text(text)
    assert differences(config, host) == {}


def test_names_that_do_not_exist_are_refused_in_the_words_of_ssh(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("CanonicalizeHostname yes\nCanonicalDomains invalid\nCanonicalizeFallbackLocal no\n")
    theirs, ours = ask_ssh(config), ask_us(config)
    assert ours.status == theirs.status == 255
    assert ours.messages[-1] == theirs.messages[-1]
