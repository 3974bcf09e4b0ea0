"""Keywords with a fixed set of words, and the word that `ssh -G` prints for each."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.sshconfig.directive import Directive, Values
from mooring.sshconfig.text import ascii_lower


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of words that a keyword accepts in any case: (accepted, printed) pairs."""

    words: tuple[tuple[str, str], ...]

    def find(self, word: str) -> str | None:
        """The printed form of `word`, or None."""
        lowered = ascii_lower(word)
        return next((printed for accepted, printed in self.words if accepted == lowered), None)

    def __call__(self, directive: Directive) -> Values:
        word = directive.arguments.next()
        printed = self.find(word) if word else None
        if printed is not None:
            return (printed,)
        complaint = f'unsupported option "{"(null)" if word is None else word}".'
        raise directive.bad(complaint) if word else directive.bad("missing argument.", complaint)


def _same(*words: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, word) for word in words)


_YES_NO = (("true", "yes"), ("false", "no"), ("yes", "yes"), ("no", "no"))
_TRUE_FALSE = (("true", "true"), ("false", "false"), ("yes", "true"), ("no", "false"))

FLAG = Choice(_YES_NO)
COMPRESSION = Choice(_same("yes", "no"))
ASK = Choice((*_TRUE_FALSE, *_same("ask")))
ASK_OR_CONFIRM = Choice((*_TRUE_FALSE, *_same("ask", "confirm")))
STRICT_HOST_KEY = Choice((*_TRUE_FALSE, ("off", "false"), *_same("ask", "accept-new")))
ADDRESS_FAMILY = Choice(_same("inet", "inet6", "any"))
CONTROL_MASTER = Choice((*_TRUE_FALSE, *_same("auto", "ask", "autoask")))
TUNNEL = Choice((("true", "point-to-point"), ("yes", "point-to-point"), ("false", "false"), ("no", "false"),
                 *_same("ethernet", "point-to-point")))  # fmt: skip
REQUEST_TTY = Choice((*_TRUE_FALSE, *_same("force", "auto")))
SESSION_TYPE = Choice(_same("none", "subsystem", "default"))
CANONICALIZE = Choice((*_TRUE_FALSE, *_same("always")))
PUBKEY_AUTHENTICATION = Choice((*_TRUE_FALSE, *_same("unbound", "host-bound")))
WARN_WEAK_CRYPTO = Choice((*_YES_NO, ("no-pq-kex", "no")))

TRUE_WORDS = frozenset({"yes", "true"})
FALSE_WORDS = frozenset({"no", "false"})


def _named(complaint: str, names: tuple[tuple[str, str], ...]) -> Choice:
    return _NamedChoice(names, complaint)


@dataclass(frozen=True, slots=True)
class _NamedChoice(Choice):
    """A choice with its own complaint about a wrong or missing word."""

    complaint: str = ""

    def __call__(self, directive: Directive) -> Values:
        word = directive.arguments.next()
        printed = self.find(word) if word is not None else None
        if printed is None:
            raise directive.bad(f"{self.complaint} '{'<NONE>' if word is None else word}'")
        return (printed,)


LOG_LEVEL = _named(
    "unsupported log level",
    (
        *((name.lower(), name) for name in ("QUIET", "FATAL", "ERROR", "INFO", "VERBOSE")),
        ("silent", "QUIET"),  # Debian's ssh still takes the old name.
        ("debug", "DEBUG"),
        ("debug1", "DEBUG"),
        ("debug2", "DEBUG2"),
        ("debug3", "DEBUG3"),
    ),
)
LOG_FACILITY = _named(
    "unsupported log facility",
    tuple((name.lower(), name) for name in ("DAEMON", "USER", "AUTH", "AUTHPRIV", *(f"LOCAL{n}" for n in range(8)))),
)


def fingerprint_hash(directive: Directive) -> Values:
    """Parse FingerprintHash; the names of digests are OpenSSH's (digest.c)."""
    word = directive.argument()
    name = word.upper()
    if name not in ("MD5", "SHA1", "SHA256", "SHA384", "SHA512"):
        raise directive.bad(f'Invalid hash algorithm "{word}".')
    return (name,)
