"""What a person can be asked while a connection is made.

Whoever connects asks through a `Prompter`; the command line answers at the terminal, the engine passes the question
to the screen. Every answer is a tuple of strings, one for each thing asked, or None for "leave it". Answers may be
secrets: they are held only while they are needed, and never logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Answer = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class HostKeyQuestion:
    """Nobody vouches for this host key yet. The answer is ("yes",), ("no",), or the fingerprint itself.

    `hop` is the destination as the person named it; `host` and `address` are what ssh shows and would record, with
    brackets and port where the port is not 22. `fingerprint` has ssh's form, "SHA256:...". `other_names` are the names
    and addresses under which the same key is already known, as `file:line: name`. `show_randomart` is VisualHostKey.
    """

    hop: str
    host: str
    address: str
    port: int
    key_type: str
    fingerprint: str
    randomart: str
    other_names: tuple[str, ...] = ()
    show_randomart: bool = False


@dataclass(frozen=True, slots=True)
class ChangedHostKeyQuestion:
    """Another key is on record for this host than it shows. The answer is (hop,): the machine's name, typed on purpose.

    Anything else refuses, and so does whoever can't show all of this (ssh itself refuses at once). `known_as` is the
    name on record, with brackets and port where the port is not 22; `origin` the offending `file:line`, with the type
    and fingerprint of the key on it. `other_names` are those under which the new key is known.
    """

    hop: str
    known_as: str
    key_type: str
    fingerprint: str
    randomart: str
    origin: str
    known_key_type: str
    known_fingerprint: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmationQuestion:
    """Something that may be done or left, in ssh's words; the answer is ("yes",) or ("no",), and None is no.

    `about` says what, a line each. ssh puts the question whether a key goes to the agent to SSH_ASKPASS alone
    (`by_askpass`), and the one about changed host keys to the terminal.
    """

    hop: str
    prompt: str
    about: tuple[str, ...] = ()
    by_askpass: bool = False


@dataclass(frozen=True, slots=True)
class SecretQuestion:
    """A passphrase or a password: one line, not echoed. `prompt` has OpenSSH's wording. `attempt` counts from 1."""

    hop: str
    prompt: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class KeyboardField:
    """One prompt of keyboard-interactive authentication (RFC 4256), its control characters already removed."""

    prompt: str
    echo: bool


@dataclass(frozen=True, slots=True)
class KeyboardInteractiveQuestion:
    """Questions that the server chose (RFC 4256); the answer holds one string for each field.

    A server may ask in several rounds. `attempt` is above 1 in the first of those that begin anew, since the answers
    before were refused.
    """

    hop: str
    name: str
    instruction: str
    fields: tuple[KeyboardField, ...]
    attempt: int = 1


Question = (
    HostKeyQuestion | ChangedHostKeyQuestion | ConfirmationQuestion | SecretQuestion | KeyboardInteractiveQuestion
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to show that wants no answer: a server's banner, a warning. Control characters are already removed.

    `as_sent` is a banner as it came, which ssh shows in a way of its own; None for everything else.
    """

    hop: str
    text: str
    as_sent: str | None = None


class Prompter(Protocol):
    """Whoever can put a question to the person."""

    async def ask(self, question: Question) -> Answer:
        """Ask, and wait for as long as the person takes."""
        ...

    def notify(self, notice: Notice) -> None:
        """Show something, and go on at once."""
        ...
