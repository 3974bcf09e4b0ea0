"""The arguments of ssh(1), read as ssh reads them.

One table says which letters take an argument; `parse` follows ssh's own loop: getopt(3) of BSD up to the first word
that is no option, which is the destination, then getopt once more, then the command. So flags may be bundled (`-fN`,
`-p22`), options may stand on either side of the destination, and what follows the first plain word after it is the
command, flags included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from mooring.model.errors import UsageError
from mooring.model.ssh_names import valid_host_name, valid_user_name
from mooring.model.ssh_uri import SCHEME, parse_ssh_uri

FLAGS = frozenset("1246ACGKMNTVXYafgknqstvxy")
"""The letters of ssh(1) that stand alone."""

OPTIONS_WITH_ARGUMENT = frozenset("BDEFIJLOPQRSWbceilmopw")
"""The letters of ssh(1) that take an argument, in the same word or the next. `-P tag` is of OpenSSH 9.4 and later."""

USAGE = "usage: mooring ssh [SSH OPTIONS] [[USER@]MACHINE | ssh://[USER@]MACHINE[:PORT]] [COMMAND [ARGUMENT ...]]"


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
    if word.startswith(SCHEME):
        uri = parse_ssh_uri(word)
        if uri is None:
            _refuse(f"{word!r} is no address that ssh takes")
        destination = Destination(word, uri.host, uri.user, uri.port)
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


def _refuse(message: str) -> NoReturn:
    raise UsageError(message, hint=USAGE)
