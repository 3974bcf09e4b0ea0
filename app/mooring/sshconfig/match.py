"""`Match`: whether a block applies (ssh_config(5), Match)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from mooring.sshconfig.collected import Collected
from mooring.sshconfig.directive import BadDirectiveError, Directive
from mooring.sshconfig.execution import CommandRunner, ExecutionError
from mooring.sshconfig.patterns import match_hostname, match_list
from mooring.sshconfig.person import Person
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.tokens import ExpansionError, TokenValues, expand_percent
from mooring.sshconfig.values.jumps import last_hop_host

VERSION = "OpenSSH_10.2p1"
"""What `Match version` sees: the release whose configuration we follow."""
DEFAULT_PORT = 22
_WITH_EQUALS = ("host", "originalhost", "user", "localuser", "localnetwork", "version", "tagged", "command", "exec")
_MAY_BE_EMPTY = ("tagged", "command")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a pass over the files knows besides the settings.

    `host` is the name as it stands in this pass: as it was given, then the canonical one. `command` is the remote
    command, "" for a shell. `final` says that this is the second pass.
    """

    person: Person
    environment: Mapping[str, str]
    host: str
    original_host: str
    command: str
    final: bool
    collected: Collected
    runner: CommandRunner

    @property
    def user(self) -> str:
        """The remote user, as far as it is known."""
        return self.collected.text("user") or self.person.name

    def current_host(self) -> str:
        """The host name so far, with Hostname taken into account; raises `ExpansionError`."""
        hostname = self.collected.text("hostname")
        if hostname is None or self.final:
            return self.host
        return expand_percent(hostname, {"h": self.host})

    def tokens(self) -> dict[str, str]:
        """The tokens of `Match exec` and `Include`, from what is known so far; raises `ExpansionError`."""
        host = self.current_host()
        jump = self.collected.settings.get("proxyjump")
        return TokenValues(
            person=self.person,
            host=host,
            original_host=self.original_host,
            port=int(self.collected.text("port") or DEFAULT_PORT),
            user=self.user,
            host_key_alias=self.collected.text("hostkeyalias") or host,
            jump_host=last_hop_host(jump.values) if jump else "",
        ).as_map()


class Noticer(Protocol):
    """Whoever wants to know what a Match line was about."""

    def wants_final_pass(self) -> None:
        """The line says `final`."""
        ...

    def left_unexecuted(self, directive: Directive) -> None:
        """The line says `exec`, and nothing may be run."""
        ...


def matches(directive: Directive, situation: Situation, noticer: Noticer, *, never: bool) -> bool:
    """Judge the criteria of a Match line, all of them, for a mistake in any is one; raises `BadDirectiveError`.

    `never` says that a block around this line doesn't apply: nothing is run on its behalf.
    """
    return _Judgement(directive, situation, noticer, never).judge()


class _Judgement:
    """One Match line being judged."""

    def __init__(self, directive: Directive, situation: Situation, noticer: Noticer, never: bool) -> None:
        self._directive = directive
        self._situation = situation
        self._noticer = noticer
        self._never = never
        self._result = True

    def judge(self) -> bool:
        arguments = self._directive.arguments
        count = 0
        while (written := arguments.next()) is not None:
            if written.startswith("#"):
                arguments.drop()
                break
            negated = written.startswith("!")
            name = ascii_lower(written[negated:])
            if name == "all":
                return self._all(written, negated, count)
            count += 1
            if name in ("canonical", "final"):
                if name == "final" and not negated:
                    self._noticer.wants_final_pass()
                self._apply(self._situation.final, negated)
                continue
            attribute, argument = self._argument(written, negated)
            self._apply(self._criterion(attribute, argument), negated)
        if count == 0:
            raise self._bad("One or more attributes required for Match")
        return self._result

    def _all(self, written: str, negated: bool, count: int) -> bool:
        following = self._directive.arguments.next()
        if count > 1 or (following and not following.startswith("#")):
            place = self._directive.place
            raise self._bad(f"{place}: '{written}' cannot be combined with other Match attributes")
        self._directive.arguments.drop()
        return self._result and not negated

    def _argument(self, written: str, negated: bool) -> tuple[str, str]:
        """The attribute as it is spelled, and its argument, from `name=argument` or from the next word."""
        attribute, argument = written[negated:], None
        before, equals, after = attribute.partition("=")
        if equals and ascii_lower(before) in _WITH_EQUALS:
            attribute, argument = before, after
        else:
            argument = self._directive.arguments.next()
            if argument is None:
                raise self._bad(f"{self._directive.place}: missing argument for Match '{written}'")
        if argument.startswith("#") or (not argument and ascii_lower(attribute) not in _MAY_BE_EMPTY):
            raise self._bad(f"Missing Match criteria for {attribute}")
        return attribute, argument

    def _apply(self, fits: bool | None, negated: bool) -> None:
        """None is "can't be told", which makes the block not apply, negated or not."""
        if fits is None or fits == negated:
            self._result = False

    def _criterion(self, attribute: str, argument: str) -> bool | None:
        situation = self._situation
        match ascii_lower(attribute):
            case "host":
                return match_hostname(self._host(), argument)
            case "originalhost":
                return match_hostname(situation.original_host, argument)
            case "user":
                return match_list(situation.user, argument) is True
            case "localuser":
                return match_list(situation.person.name, argument) is True
            case "localnetwork":
                return self._on_local_network(argument)
            case "version":
                return match_list(VERSION, argument) is True
            case "tagged":
                return _match_or_both_empty(situation.collected.text("tag") or "", argument)
            case "command":
                return _match_or_both_empty(situation.command, argument)
            case "sessiontype":
                return match_list(self._session_type(), argument) is True
            case "exec":
                return self._exec(argument)
            case _:
                raise self._bad(f"Unsupported Match attribute {attribute}")

    def _on_local_network(self, argument: str) -> bool:
        # Loaded only here: ctypes and ipaddress would cost every start a tenth of it.
        from mooring.sshconfig.networks import NetworkListError, on_local_network, parse_networks

        try:
            return on_local_network(parse_networks(argument))
        except NetworkListError as error:
            raise self._bad(str(error)) from None

    def _session_type(self) -> str:
        configured = self._situation.collected.text("sessiontype")
        if configured in ("subsystem", "none"):
            return configured
        return "exec" if self._situation.command else "shell"

    def _host(self) -> str:
        try:
            return self._situation.current_host()
        except ExpansionError as error:
            raise BadDirectiveError(*error.messages, fatal=True) from None

    def _exec(self, argument: str) -> bool | None:
        place = self._directive.place
        try:
            command = expand_percent(argument, self._situation.tokens())
        except ExpansionError as error:
            raise BadDirectiveError(*error.messages, fatal=True) from None
        if not self._result or self._never:
            return True
        try:
            answer = self._situation.runner.succeeds(command)
        except ExecutionError as error:
            trailer = f"{place}: match exec '{command[:100]}' error"
            raise BadDirectiveError(*error.messages, trailer, fatal=True) from None
        if answer is None:
            self._noticer.left_unexecuted(self._directive)
        return answer

    def _bad(self, message: str) -> BadDirectiveError:
        return BadDirectiveError(message, f"{self._directive.place}: Bad Match condition")


def _match_or_both_empty(text: str, patterns: str) -> bool:
    return match_list(text, patterns) is True if text else not patterns
