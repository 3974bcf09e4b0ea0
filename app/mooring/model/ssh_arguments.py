"""The arguments of ssh(1), read as ssh reads them.

One table says which letters take an argument; `parse` follows ssh's own loop: getopt(3) of BSD up to the first word
that is no option, which is the destination, then getopt once more, then the command. So flags may be bundled (`-fN`,
`-p22`), options may stand on either side of the destination, and what follows the first plain word after it is the
command, flags included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from mooring.model.errors import UsageError
from mooring.model.ssh_names import valid_host_name, valid_user_name

FLAGS = frozenset("1246ACGKMNTVXYafgknqstvxy")
"""The letters of ssh(1) that stand alone."""

OPTIONS_WITH_ARGUMENT = frozenset("BDEFIJLOPQRSWbceilmopw")
"""The letters of ssh(1) that take an argument, in the same word or the next. `-P tag` is of OpenSSH 9.4 and later."""

USAGE = "usage: mooring ssh [SSH OPTIONS] [[USER@]MACHINE | ssh://[USER@]MACHINE[:PORT]] [COMMAND [ARGUMENT ...]]"

_DOMAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


@dataclass(frozen=True, slots=True)
class GivenOption:
    """One option as it was given: its letter, and its argument where it takes one."""

    letter: str
    argument: str | None = None

    def words(self) -> tuple[str, ...]:
        """The option as ssh takes it."""
        return (f"-{self.letter}",) if self.argument is None else (f"-{self.letter}", self.argument)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to, told as `user@host`, as a URI or as a bare word. `word` is the text itself."""

    word: str
    host: str
    user: str | None = None
    port: int | None = None


@dataclass(frozen=True, slots=True)
class SshArguments:
    """A parsed command line of ssh.

    `before` and `after` are the options on either side of the destination, in order; `destination` is None where the
    words name none. `command` holds the words of the remote command. `query` is `-V` or `-Q name`, which ssh answers at
    once: parsing stopped there.
    """

    before: tuple[GivenOption, ...] = ()
    destination: Destination | None = None
    after: tuple[GivenOption, ...] = ()
    command: tuple[str, ...] = ()
    query: GivenOption | None = None

    @property
    def options(self) -> tuple[GivenOption, ...]:
        """All the options, in the order in which they were given."""
        return self.before + self.after

    def count(self, letter: str) -> int:
        """How often this option was given."""
        return sum(option.letter == letter for option in self.options)

    def last(self, letter: str) -> str | None:
        """The argument of the last option with this letter, None where there is none."""
        found = [option.argument for option in self.options if option.letter == letter]
        return found[-1] if found else None

    @property
    def command_line(self) -> str:
        """The remote command as ssh sends it: the words with one space between them; empty for a shell."""
        return " ".join(self.command)


def parse(arguments: Sequence[str]) -> SshArguments:
    """Read the words that follow `ssh`; raise UsageError in ssh's words where ssh would refuse them."""
    before, rest, ended, query = _options(arguments)
    if query is not None or not rest:
        return SshArguments(before=before, query=query)
    destination = parse_destination(rest[0])
    if ended:
        return SshArguments(before=before, destination=destination, command=tuple(rest[1:]))
    after, command, _ended, query = _options(rest[1:])
    return SshArguments(before=before, destination=destination, after=after, command=tuple(command), query=query)


def parse_destination(word: str) -> Destination:
    """Read `host`, `user@host` or `ssh://user@host:port`; raise UsageError for what ssh refuses."""
    if word.startswith("ssh://"):
        destination = _parse_uri(word)
    else:
        user, at, host = word.rpartition("@")
        if at and not user:
            _refuse(f"there is no user before the @ of {word!r}")
        destination = Destination(word, host, user if at else None)
    if not valid_host_name(destination.host):
        raise UsageError("hostname contains invalid characters")
    if destination.user is not None and not valid_user_name(destination.user):
        raise UsageError("remote username contains invalid characters")
    return destination


def parse_port(text: str) -> int | None:
    """Read a port number from 1 to 65535; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return None
    port = int(text)
    return port if 0 < port <= 65535 else None


def _options(words: Sequence[str]) -> tuple[tuple[GivenOption, ...], Sequence[str], bool, GivenOption | None]:
    """Run getopt: the options, the words behind them, whether `--` ended them, and the query that stopped it."""
    given: list[GivenOption] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word == "--":
            return tuple(given), words[index + 1 :], True, None
        if not word.startswith("-") or word == "-":
            break
        index += 1
        for position, letter in enumerate(word[1:], start=1):
            if letter in FLAGS:
                given.append(GivenOption(letter))
                if letter == "V":
                    return tuple(given), (), False, given[-1]
                continue
            if letter not in OPTIONS_WITH_ARGUMENT:
                _refuse(f"unknown option -- {letter}")
            argument = word[position + 1 :]
            if not argument:
                if index == len(words):
                    _refuse(f"option requires an argument -- {letter}")
                argument = words[index]
                index += 1
            given.append(GivenOption(letter, argument))
            if letter == "Q":
                return tuple(given), (), False, given[-1]
            break
    # ssh looks at the word before the first plain one, so the argument of an option counts when it is "--".
    ended = index > 0 and words[index - 1] == "--"
    return tuple(given), words[index:], ended, None


def _parse_uri(word: str) -> Destination:
    """Read an ssh URI (draft-ietf-secsh-scp-sftp-ssh-uri): connection parameters behind `;` are ignored, as in ssh."""
    user_text, at, rest = word.removeprefix("ssh://").partition("@")
    user: str | None = None
    if at:
        user = _decode(user_text.partition(";")[0])
        if not user:
            _refuse(f"bad user in {word!r}")
    else:
        rest = user_text
    if rest.startswith("["):
        host, closing, rest = rest[1:].partition("]")
        if not closing or (rest and rest[0] not in ":/"):
            _refuse(f"bad host in {word!r}")
    else:
        end = min((rest.index(mark) for mark in ":/" if mark in rest), default=len(rest))
        host, rest = rest[:end], rest[end:]
    port: int | None = None
    if rest.startswith(":") and len(rest) > 1:
        port = parse_port(rest[1:].partition("/")[0])
        if port is None:
            _refuse(f"bad port in {word!r}")
    # As in ssh, whose check of domain names leaves no way to write an IPv6 address in a URI.
    if not _DOMAIN_NAME.fullmatch(host) or ".." in host:
        _refuse(f"bad host in {word!r}")
    return Destination(word, host, user, port)


def _decode(text: str) -> str | None:
    """Undo the percent encoding of a URI's user; None where it is malformed."""
    result = bytearray()
    index = 0
    data = text.encode("utf-8", "surrogateescape")
    while index < len(data):
        if data[index] == ord("%"):
            digits = data[index + 1 : index + 3].decode("latin-1")
            if len(digits) != 2 or not set(digits) <= _HEXADECIMAL or int(digits, 16) == 0:
                return None
            result.append(int(digits, 16))
            index += 3
        else:
            result.append(ord(" ") if data[index] == ord("+") else data[index])
            index += 1
    return result.decode("utf-8", "surrogateescape")


def _refuse(message: str) -> NoReturn:
    raise UsageError(message, hint=USAGE)
