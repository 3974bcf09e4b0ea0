"""Lines of ssh_config(5) by the thousand: every keyword with values that it takes, spelled in every way.

The table is built once, so that Hypothesis draws one number for a line; the plain spellings come first, which is what
it shrinks to. What OpenSSH 9.2 does not know or does otherwise than OpenSSH 10 is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

FLAGS = (
    "BatchMode", "CanonicalizeFallbackLocal", "CheckHostIP", "ClearAllForwardings", "EnableEscapeCommandline",
    "EnableSSHKeysign", "ExitOnForwardFailure", "ForkAfterAuthentication", "ForwardX11", "ForwardX11Trusted",
    "GatewayPorts", "GSSAPIAuthentication", "GSSAPIDelegateCredentials", "HashKnownHosts", "HostbasedAuthentication",
    "IdentitiesOnly", "KbdInteractiveAuthentication", "NoHostAuthenticationForLocalhost", "PasswordAuthentication",
    "PermitLocalCommand", "ProxyUseFdpass", "StdinNull", "StreamLocalBindUnlink", "TCPKeepAlive", "VisualHostKey",
)  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {
    "StrictHostKeyChecking": ("yes", "no", "ask", "off", "accept-new"),
    "AddressFamily": ("any", "inet", "inet6"),
    "CanonicalizeHostname": ("no", "false"),
    "Compression": ("yes", "no"),
    "ControlMaster": ("yes", "no", "ask", "auto", "autoask"),
    "RequestTTY": ("yes", "no", "force", "auto"),
    "SessionType": ("none", "subsystem", "default"),
    "Tunnel": ("yes", "no", "ethernet", "point-to-point"),
    "UpdateHostKeys": ("yes", "no", "ask"),
    "VerifyHostKeyDNS": ("yes", "no", "ask"),
    "PubkeyAuthentication": ("yes", "no", "unbound", "host-bound"),
    "LogLevel": ("FATAL", "error", "Info", "VERBOSE", "DEBUG", "DEBUG1", "DEBUG2", "debug3", "QUIET", "silent"),
    "SyslogFacility": ("DAEMON", "user", "AUTH", "LOCAL0", "local7"),
    "AddKeysToAgent": ("yes", "no", "ask", "confirm", "confirm 5m", "1h30m", "0"),
    "ControlPersist": ("yes", "no", "0", "10", "1d"),
    "EscapeChar": ("~", "none", "^A", "^_", "\\\\", "@", "%"),
    "IPQoS": ("af11", "CS7 ef", "none", "9 255", "le 40", "184"),
    "RekeyLimit": ("default none", "1K", "64M 3600", "2G 1w", "16", "1.5G", "0"),
    "StreamLocalBindMask": ("0", "077", "0777", "22"),
    "TunnelDevice": ("any", "0", "any:any", "3:4", "ANY:7"),
    "FingerprintHash": ("md5", "sha256", "SHA512"),
    "CanonicalDomains": ("none", "a.example b.example", "X.org."),
    "CanonicalizeMaxDots": ("0", "3"),
    "CanonicalizePermittedCNAMEs": ("none",),
    "ConnectTimeout": ("none", "5", "1m", "0", "1h30"),
    "ConnectionAttempts": ("1", "7"),
    "ForwardX11Timeout": ("0", "1d"),
    "ServerAliveInterval": ("none", "30", "1h30s"),
    "ServerAliveCountMax": ("0", "7"),
    "NumberOfPasswordPrompts": ("0", "9"),
    "RequiredRSASize": ("2048", "0"),
    "PermitRemoteOpen": ("any", "none", "a:1 b:*", "[::1]:22", "a:http"),
    "Ciphers": ("aes128-ctr", "aes256-gcm@openssh.com,3des-cbc"),
    "MACs": ("hmac-sha1,hmac-md5-96", "umac-64@openssh.com", "-hmac-sha1*", "^hmac-sha2-512"),
    "KexAlgorithms": ("curve25519-sha256,diffie-hellman-group1-sha1",),
    "HostKeyAlgorithms": ("ssh-ed25519", "rsa-*,ssh-ed25519*", "*"),
    "HostbasedAcceptedAlgorithms": ("ssh-ed25519", "ecdsa-*,rsa-sha2-512"),
    "PubkeyAcceptedAlgorithms": ("ssh-rsa,ssh-ed25519", "ecdsa-*", "+ssh-rsa", "-ecdsa*", "^rsa-sha2-256"),
    "CASignatureAlgorithms": ("ssh-ed25519,ssh-rsa",),
    "PreferredAuthentications": ("publickey", "password,keyboard-interactive"),
    "KbdInteractiveDevices": ("pam", "bsdauth,pam"),
    "LocalForward": ("8080 web:80", "[::1]:81 [fe80::1]:82", "/tmp/%h.sock /srv/%%p", "*:84 a:85", "http ::85:ssh"),
    "RemoteForward": ("9", "0 a:1", "/srv/a b:2", "*:91 [::1]:92", "localhost:+93 c:94"),
    "DynamicForward": ("1080", "[::]:1081", "*:1082", "1083:/srv/d", ":1084"),
    "ProxyJump": ("none", "j", "u@j", "u@j:22,k", "[::1]:2", "ssh://j:7", "10.0.0.9"),
    "ProxyCommand": ("none", "nc %h %p", "x # y", "'quoted' \"words\""),
    "ForwardAgent": ("yes", "no", "/tmp", "$FROM_OUTSIDE"),
    "SendEnv": ("LANG LC_*", "A", "-LC_*", "-A B", "-*"),
    "SetEnv": ("A=1", "A=1 B=2 A=3", '"C=two words"'),
    "CertificateFile": ("c1", "~/.ssh/c2-cert.pub", "none"),
    "GlobalKnownHostsFile": ("none", "/k1 /k2"),
    "UserKnownHostsFile": ("none", "~/k1", "/k/%h/%r/%n /k2", "~/.ssh/known_hosts", '"/k/a b"', "/%k-%u-%L-%d-%p"),
    "RevokedHostKeys": ("none", "/r/revoked"),
    "IgnoreUnknown": ("Unknown*,!UnknownButNot", "*"),
    "RemoteCommand": ("ls %h", "none", "echo '%r' # x"),
    "LocalCommand": ("echo %T", "none"),
    "KnownHostsCommand": ("/bin/x %H", "none"),
    "ControlPath": ("none", "~/.ssh/%l", "/tmp/%r@%h:%p", "/tmp/${FROM_OUTSIDE}"),
    "IdentityAgent": ("none", "SSH_AUTH_SOCK", "$OTHER", "~/agent-%u", "${FROM_OUTSIDE}"),
    "HostKeyAlias": ("Alias", "alias-2"),
    "HostName": ("%h.example.com", "other", "OTHER.Example", "127.1", "::1", "a%%b", "0x7f.1"),
    "IdentityFile": ("~/.ssh/k1", "k2", "none", "%d/k3", '"k 4"', "~/.ssh/id_rsa"),
    "BindAddress": ("10.0.0.1",),
    "BindInterface": ("lo",),
    "LogVerbose": ("none", "a.c:*:1 b.c"),
    "PKCS11Provider": ("none", "/lib/token.so"),
    "SecurityKeyProvider": ("internal", "none", "$FROM_OUTSIDE"),
    "XAuthLocation": ("/usr/bin/xauth", "none"),
    "User": ("root", "olga", "a@b", "caf\u00e9", '"two words"', "a#b", "x=y", "*", "a,b"),
    "Port": ("22", "2222", "65535", "ssh", "+77"),
    "UnknownThing": ("x",),
    "UnknownButNot": ("x",),
    "Cipher": ("3des",),
    "RSAAuthentication": ("yes",),
    "KeepAlive": ("no",),
    "IdentityFile2": ("k5",),
    "ChallengeResponseAuthentication": ("no",),
    "PubkeyAcceptedKeyTypes": ("ssh-ed25519",),
}  # fmt: skip
"""Values that the keyword takes (but for the unknown keywords)."""

SEPARATORS = (" ", "\t", "=", " = ", "  =\t", "= ")
INDENTS = ("", "  ", "\t", " \t ")
COMMENTS = (" # a comment", "\t#x", " ", "\r", "")
_TAKES_THE_LINE = ("ProxyCommand", "RemoteCommand", "LocalCommand", "KnownHostsCommand", "ProxyJump")


def settings() -> list[tuple[str, str]]:
    """Every keyword with each of its values."""
    pairs = [(flag, value) for flag in FLAGS for value in ("yes", "no")]
    return pairs + [(keyword, value) for keyword, values in CHOICES.items() for value in values]


def lines() -> list[str]:
    """Every setting spelled plainly, then each of them in further ways, none of which is the same for all."""
    plain = [f"{keyword} {value}" for keyword, value in settings()]
    separators, indents, comments = cycle(SEPARATORS), cycle(INDENTS), cycle(COMMENTS)
    spellings: cycle[Callable[[str], str]] = cycle((str.lower, str.upper, str.swapcase, str.strip))
    quotes = cycle(('"{}"', "{}", "'{}'"))
    odd: list[str] = []
    for _round in range(3):
        for keyword, value in settings():
            comment = "" if keyword in _TAKES_THE_LINE else next(comments)
            simple = value.isalnum() and keyword not in _TAKES_THE_LINE
            text = next(quotes).format(value) if simple else value
            odd.append(f"{next(indents)}{next(spellings)(keyword)}{next(separators)}{text}{comment}")
    return plain + odd
