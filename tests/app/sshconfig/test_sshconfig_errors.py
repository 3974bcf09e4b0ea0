"""What ssh refuses, we refuse in its own words: the whole of standard error, and 255."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig import resolve
from support.ssh_oracle import ENVIRONMENT, REAL_PERSON, ask_ssh, ask_us, differences

LINES = (
    "Foo bar",
    "Foo",
    'Foo "x',
    "Host",
    "Host #",
    'Host ""',
    'Host web ""',
    "Port",
    "Port abc",
    "Port 0",
    "Port 65536",
    "Port -1",
    "Port 22 23",
    'Port ""',
    "Port #",
    "Port 22x",
    'User "',
    "User",
    "User a b",
    'User ""',
    'User "a" b',
    "User 'a",
    "BatchMode maybe",
    "BatchMode #",
    'BatchMode ""',
    "BatchMode yes no",
    "Compression 9",
    "AddressFamily inet7",
    "ConnectTimeout x",
    "ConnectTimeout -1",
    "ConnectTimeout #",
    "ConnectTimeout 1x",
    "ConnectTimeout 99999999999",
    "ServerAliveCountMax x",
    "ServerAliveCountMax -1",
    "ServerAliveCountMax 99999999999999999999",
    "ServerAliveCountMax #",
    "ConnectionAttempts 0",
    "ConnectTimeout 1.5",
    "BatchMode " + "x" * 1100,
    "LogLevel " + "\u00e4" * 400,
    "RekeyLimit x",
    "RekeyLimit 1",
    "RekeyLimit 1Z",
    "RekeyLimit 99999999999999999999E",
    "RekeyLimit 1.2.3",
    "RekeyLimit 1G x",
    "RekeyLimit 1G 1h x",
    "EscapeChar ab",
    "EscapeChar ^",
    "EscapeChar ^ab",
    "EscapeChar \u00e4",
    "IPQoS x",
    "IPQoS 256",
    "IPQoS #",
    "IPQoS af21 y",
    "LogLevel x",
    "LogLevel #",
    "SyslogFacility x",
    "StreamLocalBindMask 8",
    "StreamLocalBindMask 1000",
    "StreamLocalBindMask #",
    "TunnelDevice x",
    "TunnelDevice 1:x",
    "FingerprintHash x",
    "Ciphers x",
    "Ciphers +x",
    "Ciphers ++aes128-cbc",
    "Ciphers ^^aes128-cbc",
    "MACs x",
    "KexAlgorithms x",
    "KexAlgorithms curve25519-sha256,x",
    "HostKeyAlgorithms x",
    "HostKeyAlgorithms x*",
    "HostKeyAlgorithms +",
    "CASignatureAlgorithms x",
    "PubkeyAcceptedAlgorithms x",
    "SendEnv A=B",
    'SendEnv ""',
    "SetEnv A",
    "SetEnv A=1 B",
    "LocalForward",
    "LocalForward 80",
    "LocalForward 80 x",
    "LocalForward 80 a:b",
    "LocalForward 0 a:1",
    "LocalForward 80 ${NOT_SET}:1",
    "LocalForward [::1:80 a:1",
    "RemoteForward x y",
    "DynamicForward x",
    "DynamicForward 1 2",
    "DynamicForward http a:https",
    "LocalForward /a:80 /b",
    "PermitRemoteOpen a",
    "PermitRemoteOpen none a:1",
    "PermitRemoteOpen a none",
    "PermitRemoteOpen [a",
    "UserKnownHostsFile none x",
    "UserKnownHostsFile x none",
    'UserKnownHostsFile ""',
    "UserKnownHostsFile %q",
    "UserKnownHostsFile ~nobody-here/x",
    "UserKnownHostsFile ${NOT_SET}",
    "UserKnownHostsFile ${",
    "UserKnownHostsFile ${}",
    "UserKnownHostsFile x%",
    "ControlPath ${NOT_SET} %q",
    "ControlPath ~nobody-here",
    "IdentityAgent ${NOT_SET}",
    "IdentityAgent $a-b",
    "IdentityAgent",
    "ForwardAgent ${NOT_SET}",
    "ForwardAgent #",
    "HostName %q",
    "HostName %",
    "RemoteCommand %q",
    "CanonicalDomains a..b",
    "CanonicalDomains A.B..C",
    "CanonicalDomains A=B",
    'RevokedHostKeys ""',
    "RevokedHostKeys",
    "CanonicalDomains -a",
    "CanonicalDomains a b none",
    "CanonicalDomains a/b",
    "CanonicalizePermittedCNAMEs a",
    "CanonicalizePermittedCNAMEs a:",
    "CanonicalizePermittedCNAMEs a:b none",
    "AddKeysToAgent x",
    "AddKeysToAgent yes 5m",
    "AddKeysToAgent confirm x",
    "AddKeysToAgent #",
    "ControlPersist x",
    "ControlPersist #",
    "ProxyJump @a",
    "ProxyJump a,",
    "ProxyJump a:x",
    "ProxyJump ssh://a/b",
    "ProxyJump web",
    "ProxyJump [::1",
    "ProxyCommand -\nProxyUseFdpass yes",
    "RemoteCommand ls\nForkAfterAuthentication no\nConnectionAttempts 0",
    "ForkAfterAuthentication yes",
    "Match",
    "Match foo bar",
    "Match Foo Bar x",
    "Match host",
    "Match host web user",
    "Match all host web",
    "Match host web user x all",
    "Match exec",
    'Match exec "kill -9 $$"',
    "Match exec %q",
    "Include",
    'Include ""',
    "Include /etc/*/%q\nPort x",
    "IgnoreUnknown foo\nBar x",
    "Foo\\b\u00e4r\x1b[31m x",
    "Host other\nPort x\nMatch host other\nUser a b",
    "ExitOnForwardFailure yes\nForwardAgent /does/not/exist",
)
NEWER = {
    "Match host": "OpenSSH 10 has another message for a criterion without argument",
    "Match host web user": "OpenSSH 10 has another message for a criterion without argument",
    "Match exec": "OpenSSH 10 has another message for a criterion without argument",
    "Include /etc/*/%q\nPort x": "Include takes tokens since OpenSSH 9.9",
    "LogLevel silent": "Debian's",
}


@pytest.mark.parametrize("text", [line for line in LINES if line not in NEWER], ids=lambda text: text[:60])
def test_refused_lines_are_refused_in_the_words_of_ssh(text: str, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(text + "\n", encoding="utf-8")
    assert differences(config) == {}


@pytest.mark.parametrize(
    "option",
    [
        "Port=x",
        "Foo=bar",
        "Host=web",
        "Include=x",
        "BatchMode",
        "User=a b",
        "ProxyJump=b@",
        "SetEnv=x",
        "Ciphers=x",
        "ProxyJump=a;x",
        "ProxyJump=a;x,b;y",
        "ProxyJump=a:c,b;x",
        "ProxyJump=u;v@b",
        "ProxyJump=-x",
        "ProxyJump=[a;b]",
    ],
)
def test_refused_options_are_refused_in_the_words_of_ssh(option: str, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("")
    theirs, ours = ask_ssh(config, options=[option]), ask_us(config, options=[option])
    assert (ours.status, ours.messages) == (theirs.status, theirs.messages)
    assert ours.status == 255


@pytest.mark.parametrize("host", ["a b", "a;b", "a$b", "a'b", "a,b", "a\x07b", "a(b)"])
def test_refused_hosts_are_refused_in_the_words_of_newer_ssh(host: str) -> None:
    """OpenSSH 9.2 took them all; the check came with 9.6 (ssh.c, valid_hostname)."""
    assert ask_us("none", host).messages == ["hostname contains invalid characters"]


def test_match_without_argument_is_refused_in_the_words_of_openssh_10(tmp_path: Path) -> None:
    """readconf.c of OpenSSH 10.2; the installed 9.2 says "Missing Match criteria for host"."""
    config = tmp_path / "config"
    config.write_text("Match host\n")
    assert ask_us(config).messages == [
        f"{config} line 1: missing argument for Match 'host'",
        f"{config} line 1: Bad Match condition",
        f"{config}: terminating, 1 bad configuration options",
    ]


def test_missing_file_is_refused_in_the_words_of_ssh(tmp_path: Path) -> None:
    theirs, ours = ask_ssh(tmp_path / "missing"), ask_us(tmp_path / "missing")
    assert (ours.status, ours.messages) == (theirs.status, theirs.messages)


def test_error_names_the_first_line_to_mend(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("Port 22\n\nPort x\nFoo y\n")
    with pytest.raises(ConfigError) as caught:
        resolve(Target("web", config_file=str(config)), person=REAL_PERSON, environment=ENVIRONMENT)
    assert caught.value.origin == Origin(str(config), 3)
    assert str(caught.value.origin) == f"{config}:3"


def test_error_of_an_option_names_the_command_line() -> None:
    target = Target("web", options=(OptionSetting("Port", "x", COMMAND_LINE),), config_file="none")
    with pytest.raises(ConfigError) as caught:
        resolve(target, person=REAL_PERSON, environment=ENVIRONMENT)
    assert caught.value.origin == COMMAND_LINE
