"""What is found for a host: from a file, from the command line, from the system's file, for a tab."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from mooring.limits import Finding, Severity, find_limits, refuse, warnings
from mooring.limits.rules import RULES, TAB_RULES
from mooring.model.errors import UnsupportedError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.model.ssh_argument_settings import with_arguments
from mooring.model.ssh_arguments import parse
from mooring.sshconfig import resolve

REFUSED, WARNED, NOTED = Severity.REFUSED, Severity.WARNED, Severity.NOTED
HAVE = {
    "ciphers": ("aes128-ctr", "aes256-ctr"),
    "kexalgorithms": ("curve25519-sha256",),
    "macs": ("hmac-sha2-256",),
    "hostkeyalgorithms": ("ssh-ed25519",),
    "pubkeyacceptedalgorithms": ("ssh-ed25519",),
}
ASKED = {
    "ChannelTimeout session=5m": WARNED,
    "ControlMaster auto": NOTED,
    "ControlPath ~/.ssh/%C": NOTED,
    "ForwardX11 yes": WARNED,
    "GSSAPIAuthentication yes": WARNED,
    "GSSAPIKeyExchange yes": WARNED,
    "HostbasedAuthentication yes": WARNED,
    "ObscureKeystrokeTiming interval:80": WARNED,
    "PKCS11Provider /usr/lib/token.so": REFUSED,
    "PreferredAuthentications gssapi-with-mic,hostbased": REFUSED,
    "ProxyCommand -": REFUSED,
    "ProxyUseFDPass yes": REFUSED,
    "PubkeyAuthentication host-bound": WARNED,
    "SecurityKeyProvider /usr/lib/sk.so": WARNED,
    "Tunnel yes": REFUSED,
    "VerifyHostKeyDNS ask": WARNED,
    "VersionAddendum hello": WARNED,
    "WarnWeakCrypto yes": NOTED,
}
ASKED_OF_A_TAB = {
    "EscapeChar ^": NOTED,
    "ForkAfterAuthentication yes": REFUSED,
    "RequestTTY no": WARNED,
    "SessionType none": REFUSED,
    "StdinNull yes": REFUSED,
}
COMPANIONS = {
    "ForkAfterAuthentication": "RemoteCommand date\n",
    "ProxyUseFDPass": "ProxyCommand nc %h %p\n",
}
"""What some keywords need to mean anything."""
HARMLESS_VALUES = (
    "AddKeysToAgent confirm", "AddKeysToAgent ask", "ControlMaster no", "ControlPath none", "EscapeChar none",
    "ForwardX11 no", "GSSAPIAuthentication no", "ObscureKeystrokeTiming no", "PKCS11Provider none",
    "PubkeyAuthentication unbound",
    "PreferredAuthentications hostbased,publickey", "ProxyUseFDPass yes", "RemoteForward 1080",
    "RequestTTY force", "SecurityKeyProvider internal", "SessionType default", "Tunnel no",
    "UpdateHostKeys yes", "UpdateHostKeys ask",
    "VerifyHostKeyDNS no", "LocalCommand date", "RevokedHostKeys /nowhere/at/all", "IPQoS none",
)  # fmt: skip


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """An ssh_config to write to."""
    return tmp_path / "config"


def found_in(
    config: Path, text: str, *words: str, in_tab: bool = False, environment: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """What is found for `web` with this configuration and these words of a command line."""
    config.write_text(text)
    arguments = parse([*words, "web"])
    target = with_arguments(Target("web", config_file=str(config)), arguments, {})
    resolved = resolve(target, environment={"DISPLAY": ":0"} if environment is None else environment)
    return find_limits(resolved, HAVE.__getitem__, arguments=arguments, in_tab=in_tab)


def test_every_rule_is_tried_here() -> None:
    tried = {line.split()[0].lower() for line in ASKED}
    assert set(RULES) == tried
    assert set(TAB_RULES) == {line.split()[0].lower() for line in ASKED_OF_A_TAB}


@pytest.mark.parametrize(("line", "severity"), ASKED.items())
def test_what_a_file_asks_for(config: Path, line: str, severity: Severity) -> None:
    keyword = line.split()[0]
    found = found_in(config, f"{COMPANIONS.get(keyword, '')}Host web\n{line}\n")
    assert [(each.option, each.severity) for each in found] == [(keyword, severity)]
    assert found[0].origin == Origin(str(config), 2 + (keyword in COMPANIONS))
    assert str(found[0]).startswith(f"{keyword} ({found[0].origin}): ")


@pytest.mark.parametrize("line", ASKED)
def test_what_the_command_line_asks_for_by_name_is_refused(config: Path, line: str) -> None:
    found = found_in(config, COMPANIONS.get(line.split()[0], ""), "-o", line)
    assert [(each.severity, each.origin) for each in found] == [(REFUSED, COMMAND_LINE)]


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("-X", "ForwardX11"),
        ("-Y", "ForwardX11"),
        ("-K", "GSSAPIAuthentication"),
        ("-M", "ControlMaster"),
        ("-S /tmp/master", "ControlPath"),
        ("-I /usr/lib/token.so", "PKCS11Provider"),
        ("-w any", "Tunnel"),
        ("-O check", "-O"),
    ],
)
def test_flags_are_refused_by_name(config: Path, words: str, option: str) -> None:
    found = found_in(config, "", *words.split(), environment={})
    assert [(each.option, each.severity) for each in found] == [(option, REFUSED)]


@pytest.mark.parametrize(
    "words",
    ["-S none", "-y", "-W host:80", "-W /run/socket", "-x", "-k", "-R 1080:localhost:80", "-N", "-f -N", "-n", "-T"],
)
def test_flags_that_are_honoured_find_nothing(config: Path, words: str) -> None:
    assert found_in(config, "", *words.split()) == ()


@pytest.mark.parametrize(("line", "severity"), ASKED_OF_A_TAB.items())
def test_a_tab_honours_less(config: Path, line: str, severity: Severity) -> None:
    text = f"{COMPANIONS.get(line.split()[0], '')}{line}\n"
    assert found_in(config, text) == ()
    found = found_in(config, text, in_tab=True)
    assert [(each.option, each.severity) for each in found] == [(line.split()[0], severity)]


@pytest.mark.parametrize("line", HARMLESS_VALUES)
def test_other_values_find_nothing(config: Path, line: str) -> None:
    assert found_in(config, f"{line}\n", in_tab=True) == ()


def test_defaults_find_nothing(config: Path) -> None:
    assert found_in(config, "", in_tab=True) == ()


def test_x11_without_a_display_is_nothing_to_miss(config: Path) -> None:
    assert found_in(config, "ForwardX11 yes\n", environment={}) == ()


@pytest.mark.parametrize(("path", "severity"), [("/etc/ssh/ssh_config.d/all.conf", NOTED), ("/home/me/config", WARNED)])
def test_what_a_system_asks_for_in_everybodys_name_is_no_warning(path: str, severity: Severity) -> None:
    rule = RULES["gssapiauthentication"]
    assert rule.weigh(Origin(path, 1)) is severity


def test_names_that_the_library_lacks_are_told_and_an_empty_list_is_refused(config: Path) -> None:
    [left_out] = found_in(config, "Ciphers aes128-ctr,3des-cbc,aes128-cbc\n")
    assert (left_out.severity, left_out.option) == (WARNED, "Ciphers")
    assert left_out.why.endswith("does not have 3des-cbc, aes128-cbc")
    [nothing] = found_in(config, "MACs hmac-md5\n", "-o", "Ciphers=aes128-ctr")
    assert (nothing.severity, nothing.option) == (REFUSED, "MACs")


def test_what_is_usual_goes_without_saying_where_a_list_only_adds_to_it(config: Path) -> None:
    assert found_in(config, "Ciphers ^aes256-ctr\n") == ()
    [left_out] = found_in(config, "Ciphers +3des-cbc\n")
    assert left_out.why.endswith("does not have 3des-cbc")


def test_the_library_is_not_asked_where_nothing_is_set(config: Path) -> None:
    config.write_text("Compression yes\n")
    asked: list[str] = []

    def supported(keyword: str) -> tuple[str, ...]:
        asked.append(keyword)
        return HAVE[keyword]

    find_limits(resolve(Target("web", config_file=str(config))), supported)
    assert asked == []
    config.write_text("MACs hmac-sha2-256\n")
    find_limits(resolve(Target("web", config_file=str(config))), supported)
    assert asked == ["macs"]


def test_what_matters_most_comes_first_and_is_told_whole(config: Path) -> None:
    found = found_in(config, "ControlMaster auto\nVerifyHostKeyDNS yes\nTunnel yes\nPKCS11Provider /x.so\n")
    assert [each.severity for each in found] == [REFUSED, REFUSED, WARNED, NOTED]
    with pytest.raises(UnsupportedError, match=r"PKCS11Provider[^\n]*\nTunnel") as caught:
        refuse(found, hint="go elsewhere")
    assert caught.value.hint == "go elsewhere"
    assert [text.split()[0] for text in warnings(found)] == ["VerifyHostKeyDNS"]


def test_a_machines_own_options_are_told_with_their_place() -> None:
    origin = Origin("/home/me/machines.toml", 7)
    target = Target("web", options=(OptionSetting("Tunnel", "yes", origin),), config_file="none")
    [found] = find_limits(resolve(target), HAVE.__getitem__)
    assert (found.origin, found.severity) == (origin, REFUSED)
