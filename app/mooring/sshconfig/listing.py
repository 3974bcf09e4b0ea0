"""`list_hosts`: the hosts that configuration files name, without resolving or running anything."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.sshconfig.files import BadlyOwnedError, ConfigurationFiles, read_lines
from mooring.sshconfig.include import DEEPEST, included_files, places_of_inclusion
from mooring.sshconfig.lexer import LexError, split_arguments, split_keyword
from mooring.sshconfig.patterns import is_literal
from mooring.sshconfig.person import Person
from mooring.sshconfig.tokens import ExpansionError, expand_all

_OF_INTEREST = re.compile(r'[ \t\r"=]*(?:host|include)(?:[ \t\r\n"=]|$)', re.IGNORECASE)
"""Lines that are worth a closer look: in a file of ten thousand hosts most are not."""


@dataclass(frozen=True, slots=True)
class ListedHost:
    """A name on a `Host` line, and the line."""

    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Listing:
    """The hosts in the order of the files, each name once; and what could not be read."""

    hosts: tuple[ListedHost, ...]
    problems: tuple[ConfigError, ...]


def list_hosts(
    files: ConfigurationFiles,
    *,
    environment: Mapping[str, str] | None = None,
    person: Person | None = None,
    note: Callable[[str], None] | None = None,
) -> Listing:
    """List the names on `Host` lines that have no wildcard and no `!`, with Includes followed wherever they stand.

    Nothing is executed and nothing is asked of the network. An Include with tokens of a connection (%h, %r, ...) is
    left alone, since it depends on the host. A file that can't be read and a line that can't be cut into words are
    problems; the rest is listed all the same. `note` is told each file, and each folder that an Include searches,
    before it is looked at. Blocks while files are read.
    """
    lister = _Lister(os.environ if environment is None else environment, person or Person.current(), note)
    if files.user is not None:
        lister.read(files.user, of_person=True, check=not files.chosen, origin=None, required=files.chosen)
    if files.system is not None:
        lister.read(files.system, of_person=False, check=False, origin=None, required=False)
    return Listing(tuple(lister.hosts.values()), tuple(lister.problems))


class _Lister:
    """Gathers hosts and problems file by file."""

    def __init__(
        self, environment: Mapping[str, str], person: Person, note: Callable[[str], None] | None = None
    ) -> None:
        self.hosts: dict[str, ListedHost] = {}
        self.problems: list[ConfigError] = []
        self._open: list[str] = []
        self._seen: set[str] = set()
        self._environment = environment
        self._person = person
        self._note = note or (lambda _path: None)
        self._tokens = {"d": person.home, "i": str(person.uid), "u": person.name, "l": person.hostname,
                        "L": person.hostname.partition(".")[0]}  # fmt: skip

    def read(self, path: str, *, of_person: bool, check: bool, origin: Origin | None, required: bool) -> None:
        """Read one file; `origin` is the Include line that named it."""
        if path in self._open or len(self._open) > DEEPEST:
            self._problem("Too many recursive configuration includes", origin or Origin(path))
        elif path not in self._seen:
            # A second reading could only name the same hosts, and files that include each other would take for ever.
            self._seen.add(path)
            self._open.append(path)
            self._read(path, of_person=of_person, check=check, origin=origin, required=required)
            self._open.pop()

    def _read(self, path: str, *, of_person: bool, check: bool, origin: Origin | None, required: bool) -> None:
        self._note(path)
        try:
            lines = read_lines(path, trusted_by=self._person if check else None)
        except BadlyOwnedError as error:
            self._problem(error.message, Origin(path))
            return
        except FileNotFoundError:
            if required:
                self._problem(f"Can't open user config file {path}: No such file or directory", Origin(path))
            return
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            self._problem(f"Can't open user config file {path}: {reason}", origin or Origin(path))
            return
        for number, line in enumerate(lines, start=1):
            if _OF_INTEREST.match(line):
                self._line(line, Origin(path, number), of_person=of_person)

    def _line(self, line: str, origin: Origin, *, of_person: bool) -> None:
        words = split_keyword(line)
        if words is None or words[0] not in ("host", "include"):
            return
        keyword = words[0]
        try:
            arguments = split_arguments(words[1])
        except LexError as error:
            self._problem(f"{origin.path} line {origin.line}: {error}", origin)
            return
        if not arguments or "" in arguments:
            complaint = f"keyword {keyword} empty argument" if arguments else f'no argument after keyword "{keyword}"'
            self._problem(f"{origin.path} line {origin.line}: {complaint}", origin)
        if keyword == "host":
            for name in arguments:
                if name and is_literal(name) and name not in self.hosts:
                    self.hosts[name] = ListedHost(name, origin)
            return
        for pattern in arguments:
            self._include(pattern, origin, of_person=of_person)

    def _include(self, pattern: str, origin: Origin, *, of_person: bool) -> None:
        try:
            path = expand_all(pattern, self._tokens, self._environment)
        except ExpansionError as error:
            if error.missing_variable:
                self._problem(f"{origin.path} line {origin.line}: {error.messages[0].partition(': ')[2]}", origin)
            return
        if not path or (path.startswith("~") and not of_person):
            self._problem(f"{origin.path} line {origin.line}: bad include path {path}.", origin)
            return
        for place in places_of_inclusion(path, of_person=of_person, person=self._person, environment=self._environment):
            self._note(place)
        files = included_files(path, of_person=of_person, person=self._person, environment=self._environment)
        for file in files:
            self.read(file, of_person=of_person, check=True, origin=origin, required=False)

    def _problem(self, message: str, origin: Origin) -> None:
        self.problems.append(ConfigError(message, origin))
