"""Address, user, port and jump of many ssh_config hosts at once, for the list.

`mooring.sshconfig.resolve` reads all files for one host, which is right for connecting and too slow ten thousand times.
This reads them once and keeps four keywords. Where the answer hangs on what only connecting can tell (`Match` with
more than `all` or `originalhost`, an Include named by tokens), a value stays empty: never a guess.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mooring.inventory.options import expand_host_name
from mooring.sshconfig.files import ConfigurationFiles, badly_owned, read_lines
from mooring.sshconfig.include import DEEPEST, included_files
from mooring.sshconfig.lexer import LexError, split_arguments, split_keyword
from mooring.sshconfig.patterns import is_literal, match_hostname, match_pattern
from mooring.sshconfig.person import Person

_OF_INTEREST = re.compile(
    r'[ \t\r"=]*(?:host|hostname|match|include|user|port|proxyjump|proxycommand)[ \t\r\n"=]', re.IGNORECASE
)
_VALUES = frozenset({"hostname", "user", "port", "proxyjump"})
_MOST_COMPARISONS = 2_000_000
"""Hosts times patterned blocks: about a second of work. Beyond that the values are left to `resolve`."""
_MOST_FILES = 20_000
"""Files that are read, each as often as it is included: files that include others twice would double at each step."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What ssh would use; "" and None where nothing is set, or where it can't be told cheaply."""

    address: str = ""
    user: str = ""
    port: int | None = None
    jump: str = ""


@dataclass(slots=True)
class _Block:
    """Lines under one condition. `patterns` is None where the condition can't be judged; `outer` must hold too.

    `inherits` marks the lines at the head of an included file, which belong to the block with the Include.
    """

    patterns: Sequence[str] | None
    outer: _Block | None
    original_host: str | None = None
    inherits: bool = False
    values: dict[str, str] = field(default_factory=dict)
    _tests: tuple[tuple[bool, Callable[[str], bool]], ...] = ()

    def __post_init__(self) -> None:
        # Asked ten thousand times: what always holds need not be asked, and patterns are taken apart once.
        if self.outer is not None and self.outer.is_always:
            self.outer = None
        if self.patterns is not None:
            self._tests = tuple((pattern.startswith("!"), _test(pattern)) for pattern in self.patterns)

    @property
    def is_always(self) -> bool:
        """Whether the block holds for every name."""
        return self.outer is None and self.original_host is None and self.patterns == ("*",)

    def again(self) -> _Block:
        """The same condition, for the lines behind an Include."""
        return _Block(self.patterns, self.outer, self.original_host, self.inherits)

    def is_literal(self) -> bool:
        """Whether the block can only hold for the names that it lists."""
        return self.patterns is not None and all(is_literal(pattern.removeprefix("!")) for pattern in self.patterns)

    def names(self, name: str) -> bool:
        """Whether the block has the host's name on its `Host` line, without a wildcard."""
        if self.inherits:
            return self.outer is not None and self.outer.names(name)
        return self.patterns is not None and name in self.patterns and is_literal(name)

    def holds_for(self, name: str) -> bool | None:
        """Whether the lines count for a host; None is "can't be told"."""
        outer = True if self.outer is None else self.outer.holds_for(name)
        if outer is False:
            return False
        own = self._own(name)
        return own if own is False or outer else None

    def _own(self, name: str) -> bool | None:
        if self.original_host is not None:
            return match_hostname(name, self.original_host)
        if self.patterns is None:
            return None
        found = False
        for negated, test in self._tests:
            if test(name):
                if negated:
                    return False
                found = True
        return found


def _test(pattern: str) -> Callable[[str], bool]:
    """What tells whether a name fits a pattern, apart from its `!`; the usual forms need no search."""
    bare = pattern.removeprefix("!")
    if bare == "*":
        return lambda _name: True
    if is_literal(bare):
        return bare.__eq__
    if is_literal(bare[:-1]) and bare.endswith("*"):
        return lambda name: name.startswith(bare[:-1])
    return lambda name: match_pattern(name, bare)


class QuickLook:
    """The four keywords of all files, ready to be asked about any number of hosts."""

    def __init__(self, blocks: Sequence[_Block], host_count: int, *, complete: bool = True) -> None:
        self._by_name: dict[str, list[tuple[int, _Block]]] = {}
        self._patterned: list[tuple[int, _Block]] = []
        for order, block in enumerate(blocks):
            if not block.values:
                continue
            if block.patterns is not None and block.is_literal():
                for name in set(block.patterns):
                    self._by_name.setdefault(name, []).append((order, block))
            else:
                self._patterned.append((order, block))
        self._too_many = not complete or len(self._patterned) * host_count > _MOST_COMPARISONS
        self._glances: dict[str, Glance] = {}

    @classmethod
    def into(cls, files: ConfigurationFiles, host_count: int) -> QuickLook:
        """Read the files for `host_count` questions. What can't be read counts as empty: the listing reports it."""
        reader = _Reader(os.environ, Person.current())
        if files.user is not None:
            reader.read(files.user, _EVERYTHING, of_person=True, check=not files.chosen)
        if files.system is not None:
            reader.read(files.system, _EVERYTHING, of_person=False, check=False)
        return cls(reader.blocks, host_count, complete=reader.files_left > 0)

    def at(self, name: str) -> Glance:
        """Look at one host, listed or not: `Host *` counts for every name."""
        found = self._glances.get(name)
        return self._look(name)[0] if found is None else found

    def named(self, name: str) -> Glance:
        """The same, but only what a `Host` line with this very name sets: it beats what other sources say."""
        glance, named = self._look(name)
        # Whoever is listed is looked at once more, when all sources are merged.
        self._glances[name] = glance
        return Glance(
            address=glance.address if "hostname" in named else "",
            user=glance.user if "user" in named else "",
            port=glance.port if "port" in named else None,
            jump=glance.jump if "proxyjump" in named else "",
        )

    def _look(self, name: str) -> tuple[Glance, set[str]]:
        if self._too_many:
            return Glance(), set()
        blocks = sorted((*self._by_name.get(name, ()), *self._patterned), key=lambda pair: pair[0])
        found: dict[str, str] = {}
        named: set[str] = set()
        for _order, block in blocks:
            holds = block.holds_for(name)
            if holds is False:
                continue
            for keyword, value in block.values.items():
                found.setdefault(keyword, value if holds else "")
            if block.names(name):
                named.update(block.values)
        port = found.get("port", "")
        glance = Glance(
            address=expand_host_name(found.get("hostname", ""), name),
            user=_plain(found.get("user", "")),
            port=int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else None,
            jump=_plain(found.get("proxyjump", "")),
        )
        return glance, named


_EVERYTHING = _Block(("*",), None)


class _Reader:
    """Gathers blocks in the order in which ssh would come to them."""

    def __init__(self, environment: Mapping[str, str], person: Person) -> None:
        self.blocks: list[_Block] = []
        self.files_left = _MOST_FILES
        self._open: list[str] = []
        self._environment = environment
        self._person = person

    def read(self, path: str, outer: _Block, *, of_person: bool, check: bool) -> None:
        """Read one file, whose blocks hold where `outer` does. One that includes itself, which ssh refuses, ends."""
        if path in self._open or len(self._open) > DEEPEST or self.files_left <= 0:
            return
        self.files_left -= 1
        try:
            if check and badly_owned(path, self._person):
                return
            lines = read_lines(path)
        except OSError:
            return
        self._open.append(path)
        self._take(lines, outer, of_person=of_person)
        self._open.pop()

    def _take(self, lines: Sequence[str], outer: _Block, *, of_person: bool) -> None:
        block = self._begin(_Block(("*",), outer, inherits=True))
        for line in lines:
            if not _OF_INTEREST.match(line):
                continue
            words = split_keyword(line)
            if words is None:
                continue
            try:
                arguments = split_arguments(words[1])
            except LexError:
                continue
            match words[0].lower():
                case "host":
                    block = self._begin(_Block(tuple(arguments), outer))
                case "match":
                    block = self._begin(_match_block(arguments, outer))
                case "include":
                    for pattern in arguments:
                        self._include(pattern, block, of_person=of_person)
                    block = self._begin(block.again())
                case "proxycommand":
                    # Whichever of the two comes first counts (ssh_config(5), ProxyJump).
                    block.values.setdefault("proxyjump", "none")
                case keyword if keyword in _VALUES and arguments:
                    block.values.setdefault(keyword, arguments[0])

    def _begin(self, block: _Block) -> _Block:
        self.blocks.append(block)
        return block

    def _include(self, pattern: str, block: _Block, *, of_person: bool) -> None:
        if "%" in pattern or "${" in pattern:
            # It depends on the connection: whatever it might set is not known from here on.
            unknown = self._begin(_Block(None, block))
            unknown.values = dict.fromkeys(_VALUES, "")
            return
        for path in included_files(pattern, of_person=of_person, person=self._person, environment=self._environment):
            self.read(path, block, of_person=of_person, check=True)


def _match_block(arguments: Sequence[str], outer: _Block) -> _Block:
    match [argument.lower() for argument in arguments]:
        case ["all"]:
            return _Block(("*",), outer)
        case ["originalhost", _]:
            return _Block(None, outer, original_host=arguments[1])
        case _:
            return _Block(None, outer)


def _plain(value: str) -> str:
    """A value that stands for itself; "" where it holds tokens or the environment."""
    return "" if "%" in value or "${" in value else value
