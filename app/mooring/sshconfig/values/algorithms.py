"""Algorithm lists: the names that OpenSSH knows, and `+`, `-` and `^` in front of a list."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.sshconfig.directive import Directive, Values
from mooring.sshconfig.patterns import match_list

_PLAIN_KEYS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
_KEYS = (
    "ssh-ed25519",
    "ssh-ed25519-cert-v01@openssh.com",
    "sk-ssh-ed25519@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
    "ecdsa-sha2-nistp521",
    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
    # DSA left OpenSSH with 10.0. Configurations still name it, and the ssh beside us may be older: a line that it
    # accepts is not refused here, and the name counts for nothing where keys are chosen.
    "ssh-dss",
    "ssh-dss-cert-v01@openssh.com",
    "ssh-rsa",
    "ssh-rsa-cert-v01@openssh.com",
    "rsa-sha2-256",
    "rsa-sha2-256-cert-v01@openssh.com",
    "rsa-sha2-512",
    "rsa-sha2-512-cert-v01@openssh.com",
)


@dataclass(frozen=True, slots=True)
class AlgorithmKind:
    """One kind of list: every name there is, in OpenSSH's order, and the list that is offered unasked.

    `member` is the name of the field in OpenSSH, which its message about an empty list tells.
    """

    member: str
    known: Values
    default: Values

    def assemble(self, wanted: str, default: Values | None = None) -> Values:
        """Turn a list as it was written into names (kex_assemble_names); () where nothing is left of it.

        Patterns in the list become the names that they match, in the order of `known`; unknown names vanish.
        """
        base = self.default if default is None else default
        sign, names = (wanted[:1], wanted[1:]) if wanted[:1] in ("+", "-", "^") else ("", wanted)
        if sign == "-":
            return tuple(name for name in base if match_list(name, names) is not True)
        listed = tuple(names.split(","))
        if sign == "+":
            listed = (*base, *_until_empty(listed))
        elif sign == "^":
            listed = (*listed, *base)
        if any(pattern.startswith("!") for pattern in listed):
            return ()
        return tuple(
            dict.fromkeys(name for pattern in listed for name in self.known if match_list(name, pattern) is True)
        )


CIPHERS = AlgorithmKind(
    member="ciphers",
    known=(
        "3des-cbc",
        "aes128-cbc",
        "aes192-cbc",
        "aes256-cbc",
        "aes128-ctr",
        "aes192-ctr",
        "aes256-ctr",
        "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com",
        "chacha20-poly1305@openssh.com",
    ),
    default=(
        "chacha20-poly1305@openssh.com",
        "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com",
        "aes128-ctr",
        "aes192-ctr",
        "aes256-ctr",
    ),
)
MACS = AlgorithmKind(
    member="macs",
    known=(
        "hmac-sha1",
        "hmac-sha1-96",
        "hmac-sha2-256",
        "hmac-sha2-512",
        "hmac-md5",
        "hmac-md5-96",
        "umac-64@openssh.com",
        "umac-128@openssh.com",
        "hmac-sha1-etm@openssh.com",
        "hmac-sha1-96-etm@openssh.com",
        "hmac-sha2-256-etm@openssh.com",
        "hmac-sha2-512-etm@openssh.com",
        "hmac-md5-etm@openssh.com",
        "hmac-md5-96-etm@openssh.com",
        "umac-64-etm@openssh.com",
        "umac-128-etm@openssh.com",
    ),
    default=(
        "umac-64-etm@openssh.com",
        "umac-128-etm@openssh.com",
        "hmac-sha2-256-etm@openssh.com",
        "hmac-sha2-512-etm@openssh.com",
        "hmac-sha1-etm@openssh.com",
        "umac-64@openssh.com",
        "umac-128@openssh.com",
        "hmac-sha2-256",
        "hmac-sha2-512",
        "hmac-sha1",
    ),
)
KEX = AlgorithmKind(
    member="kex_algorithms",
    known=(
        "diffie-hellman-group1-sha1",
        "diffie-hellman-group14-sha1",
        "diffie-hellman-group14-sha256",
        "diffie-hellman-group16-sha512",
        "diffie-hellman-group18-sha512",
        "diffie-hellman-group-exchange-sha1",
        "diffie-hellman-group-exchange-sha256",
        "ecdh-sha2-nistp256",
        "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp521",
        "mlkem768nistp256-sha256",
        "curve25519-sha256",
        "curve25519-sha256@libssh.org",
        "sntrup761x25519-sha512",
        "sntrup761x25519-sha512@openssh.com",
        "mlkem768x25519-sha256",
    ),
    default=(
        "mlkem768x25519-sha256",
        "sntrup761x25519-sha512",
        "sntrup761x25519-sha512@openssh.com",
        "curve25519-sha256",
        "curve25519-sha256@libssh.org",
        "ecdh-sha2-nistp256",
        "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp521",
        "diffie-hellman-group-exchange-sha256",
        "diffie-hellman-group16-sha512",
        "diffie-hellman-group18-sha512",
        "diffie-hellman-group14-sha256",
    ),
)
_DEFAULT_KEYS = (
    "ssh-ed25519-cert-v01@openssh.com",
    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com",
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "rsa-sha2-512-cert-v01@openssh.com",
    "rsa-sha2-256-cert-v01@openssh.com",
    *_PLAIN_KEYS,
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "rsa-sha2-512",
    "rsa-sha2-256",
)
HOST_KEYS = AlgorithmKind(member="expand HostKeyAlgorithms", known=_KEYS, default=_DEFAULT_KEYS)
HOSTBASED_KEYS = AlgorithmKind(member="hostbased_accepted_algos", known=_KEYS, default=_DEFAULT_KEYS)
PUBLIC_KEYS = AlgorithmKind(member="pubkey_accepted_algos", known=_KEYS, default=_DEFAULT_KEYS)
CA_SIGNATURES = AlgorithmKind(
    member="ca_sign_algorithms",
    known=tuple(name for name in _KEYS if "-cert-" not in name),
    default=(
        *_PLAIN_KEYS,
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
        "rsa-sha2-512",
        "rsa-sha2-256",
    ),
)

KINDS = {
    "ciphers": CIPHERS,
    "macs": MACS,
    "kexalgorithms": KEX,
    "hostbasedacceptedalgorithms": HOSTBASED_KEYS,
    "pubkeyacceptedalgorithms": PUBLIC_KEYS,
    "casignaturealgorithms": CA_SIGNATURES,
    "hostkeyalgorithms": HOST_KEYS,
}
"""The keywords that hold such lists, in the order in which OpenSSH assembles them."""


def ciphers(directive: Directive) -> Values:
    """Parse Ciphers."""
    return _transport(directive, CIPHERS, "cipher spec")


def macs(directive: Directive) -> Values:
    """Parse MACs."""
    return _transport(directive, MACS, "MAC spec")


def key_exchange(directive: Directive) -> Values:
    """Parse KexAlgorithms."""
    word = directive.argument()
    strange = _first_unknown(KEX, word)
    if strange is not None:
        raise directive.bad(f"Bad SSH2 KexAlgorithms '{word}'.").after(f'Unsupported KEX algorithm "{strange[:100]}"')
    if word in ("+", "^"):
        raise directive.bad(f"Bad SSH2 KexAlgorithms '{word}'.")
    return (word,)


def keys(directive: Directive) -> Values:
    """Parse a list of key algorithms, where patterns are allowed."""
    return _keys(directive, plain=False)


def signatures(directive: Directive) -> Values:
    """Parse CASignatureAlgorithms: a list of key algorithms without certificates."""
    return _keys(directive, plain=True)


def are_known(kind: AlgorithmKind, listed: str) -> bool:
    """Whether a list, without a sign in front, names something, and nothing that OpenSSH does not know."""
    names = _names(listed)
    return bool(names) and all(name in kind.known for name in names)


def _transport(directive: Directive, kind: AlgorithmKind, what: str) -> Values:
    word = directive.argument()
    if word[0] != "-" and not are_known(kind, _unsigned(word)):
        raise directive.bad(f"Bad SSH2 {what} '{word}'.")
    return (word,)


def _first_unknown(kind: AlgorithmKind, word: str) -> str | None:
    names = () if word[0] == "-" else _names(_unsigned(word))
    return next((name for name in names if name not in kind.known), None)


def _keys(directive: Directive, *, plain: bool) -> Values:
    word = directive.argument()
    if word[0] != "-":
        listed = _unsigned(word)
        if not listed or not all(_acceptable_key(name, plain=plain) for name in _names(listed)):
            raise directive.bad(f"Bad key types '{word}'.")
    return (word,)


def _acceptable_key(name: str, *, plain: bool) -> bool:
    if name in _KEYS:
        return not (plain and "-cert-" in name)
    return any(match_list(key, name) is not None for key in _KEYS)


def _unsigned(word: str) -> str:
    return word[1:] if word[:1] in ("+", "^") else word


def _names(listed: str) -> Values:
    """The names of a list up to the first empty one, which is where OpenSSH stops reading."""
    return _until_empty(tuple(listed.split(",")))


def _until_empty(names: Values) -> Values:
    return names[: names.index("")] if "" in names else names
