"""The last steps of a resolution: checks across settings, and the tokens in their values (ssh.c, main)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from mooring.model.errors import UnusableSettingError
from mooring.model.machine import Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.ssh_names import valid_user_name
from mooring.sshconfig.collected import Collected
from mooring.sshconfig.match import DEFAULT_PORT
from mooring.sshconfig.person import Person
from mooring.sshconfig.reader import Report
from mooring.sshconfig.resolved import ResolvedHost
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.tokens import ExpansionError, TokenValues, expand_all, expand_home, expand_percent
from mooring.sshconfig.values.jumps import last_hop_host, parse_destination


def finish(
    target: Target,
    host: str,
    collected: Collected,
    report: Report,
    *,
    command: str,
    environment: Mapping[str, str],
    person: Person,
) -> ResolvedHost:
    """Make the answer out of settings that are complete but for their tokens; raises `ConfigError`."""
    last = _Finish(target, host, collected, report, command, environment, person)
    last.fill()
    last.check()
    tokens = last.expand()
    return ResolvedHost(
        target=target,
        settings=collected.settings,
        forwards=tuple(collected.forwards),
        tokens=tokens,
        person=person,
        environment=environment,
        command=command,
        warnings=tuple(report.messages),
        unexecuted=tuple(report.unexecuted),
    )


class _Finish:
    """The settings of one host in their last steps."""

    def __init__(
        self,
        target: Target,
        host: str,
        collected: Collected,
        report: Report,
        command: str,
        environment: Mapping[str, str],
        person: Person,
    ) -> None:
        self._target = target
        self._host = host
        self._collected = collected
        self._report = report
        self._command = command
        self._environment = environment
        self._person = person

    def fill(self) -> None:
        """Set what is known only now: host, user, port; and what follows from other settings."""
        collected = self._collected
        collected.fill("host", (self._target.host,))
        collected.replace("hostname", (self._host,))
        collected.fill("user", (self._person.name,))
        collected.fill("port", (str(DEFAULT_PORT),))
        alias = collected.text("hostkeyalias")
        if alias is not None:
            collected.replace("hostkeyalias", (ascii_lower(alias),))
        if collected.text("updatehostkeys") == "ask" and self._nobody_to_ask():
            collected.replace("updatehostkeys", ("false",))

    def check(self) -> None:
        """Refuse what ssh refuses when it puts the settings together."""
        collected = self._collected
        hops = collected.settings.get("proxyjump")
        last_hop = parse_destination(hops.values[-1]) if hops and hops.values else None
        if last_hop is not None:
            user, port = collected.text("user"), int(collected.text("port") or DEFAULT_PORT)
            if (last_hop.host, last_hop.port or DEFAULT_PORT, last_hop.user or user) == (self._host, port, user):
                self._refuse("proxyjump", f"jumphost loop via {last_hop.host}")
            collected.replace("proxyusefdpass", ("no",))
        if collected.text("proxycommand") == "-" and collected.text("proxyusefdpass") == "yes":
            self._refuse("proxycommand", "ProxyCommand=- and ProxyUseFDPass are incompatible")
        if collected.text("connectionattempts") == "0":
            self._refuse("connectionattempts", "Invalid number of ConnectionAttempts")
        remote_command = collected.text("remotecommand")
        if self._command and remote_command is not None:
            self._refuse("remotecommand", "Cannot execute command-line and remote command.")
        if (
            collected.text("forkafterauthentication") == "yes"
            and not self._command
            and remote_command is None
            and collected.text("sessiontype") != "none"
        ):
            self._refuse("forkafterauthentication", "Cannot fork into background without a command to execute.")

    def expand(self) -> dict[str, str]:
        """Replace tokens where ssh does before it connects; what the tokens stand for."""
        collected = self._collected
        hops = collected.settings.get("proxyjump")
        known = TokenValues(
            person=self._person,
            host=self._host,
            original_host=self._target.host,
            port=int(collected.text("port") or DEFAULT_PORT),
            user="",
            host_key_alias=collected.text("hostkeyalias") or "",
            jump_host=last_hop_host(hops.values) if hops else "",
        )
        tokens = replace(known, user=self._user(known)).as_map()
        self._each("remotecommand", lambda text: expand_percent(text, tokens))

        def path(text: str) -> str:
            return expand_all(expand_home(text, self._person), tokens, self._environment)

        def assignment(text: str) -> str:
            name, _equals, value = text.partition("=")
            return f"{name}={expand_all(value, tokens, self._environment)}"

        for keyword in ("controlpath", "identityagent", "revokedhostkeys", "forwardagent path"):
            self._each(keyword, path)
        self._check_agent_socket()
        self._each("versionaddendum", lambda text: expand_all(text, tokens, self._environment))
        for keyword in ("globalknownhostsfile", "userknownhostsfile"):
            if ascii_lower(collected.settings[keyword].values[0]) == "none":
                collected.replace(keyword, ())
        self._each("userknownhostsfile", path)
        self._each("setenv", assignment)
        try:
            collected.forwards[:] = [placed.expanded(tokens) for placed in collected.forwards]
        except ExpansionError as error:
            self._refuse("localforward", *error.messages)
        collected.tell_forwards()
        return tokens

    def _user(self, known: TokenValues) -> str:
        """The remote user, whose name may hold tokens where somebody set it."""
        setting = self._collected.settings["user"]
        if setting.origin is None:
            return setting.text
        self._each("user", lambda text: expand_all(text, known.without_user(), self._environment))
        expanded = self._collected.settings["user"].text
        if expanded != setting.text and not valid_user_name(expanded):
            self._refuse("user", "remote username contains invalid characters")
        return expanded

    def _check_agent_socket(self) -> None:
        path = self._collected.text("forwardagent path")
        if path is None:
            return
        try:
            Path(path).stat()
        except OSError as error:
            complaint = f'Cannot forward agent socket path "{path}": {os.strerror(error.errno or 0)}'
            if self._collected.text("exitonforwardfailure") == "yes":
                self._refuse("forwardagent path", complaint)
            if self._collected.text("loglevel") not in ("QUIET", "FATAL"):
                self._report.say(complaint)

    def _nobody_to_ask(self) -> bool:
        """Whether UpdateHostKeys=ask can't ask: a command runs, or the connection is shared."""
        collected = self._collected
        shared = collected.text("controlpersist") != "no" and "controlpath" in collected.settings
        runs_command = bool(self._command) or "remotecommand" in collected.settings
        quiet = collected.text("loglevel") in ("QUIET", "FATAL", "ERROR")
        return shared or runs_command or collected.text("requesttty") == "false" or quiet

    def _each(self, keyword: str, change: Callable[[str], str]) -> None:
        setting = self._collected.settings.get(keyword)
        if setting is None:
            return
        try:
            self._collected.replace(keyword, tuple(change(value) for value in setting.values))
        except ExpansionError as error:
            self._refuse(keyword, *error.messages)

    def _refuse(self, keyword: str, *messages: str) -> None:
        setting = self._collected.settings.get(keyword)
        self._report.say(*messages)
        failure = self._report.failure((setting.origin if setting else None) or COMMAND_LINE)
        raise UnusableSettingError(failure.message, failure.origin)
