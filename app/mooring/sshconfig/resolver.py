"""`resolve`: what ssh would do with a target, option by option (ssh.c, main)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mooring.model.errors import NameResolutionError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.ssh_names import valid_host_name, valid_user_name
from mooring.sshconfig import defaults
from mooring.sshconfig.canonical import canonicalize
from mooring.sshconfig.collected import Collected
from mooring.sshconfig.execution import CommandRunner
from mooring.sshconfig.files import ConfigurationFiles
from mooring.sshconfig.finish import finish
from mooring.sshconfig.keywords import Keyword, lookup
from mooring.sshconfig.match import Situation
from mooring.sshconfig.person import Person
from mooring.sshconfig.read_before import FileMemory
from mooring.sshconfig.reader import Reader, Report
from mooring.sshconfig.resolved import ResolvedHost
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.tokens import ExpansionError, expand_percent
from mooring.sshconfig.vendor import Vendor, vendor_here


def resolve(
    target: Target,
    *,
    command: str = "",
    run_match_exec: bool = True,
    environment: Mapping[str, str] | None = None,
    files: ConfigurationFiles | None = None,
    person: Person | None = None,
    memory: FileMemory | None = None,
    vendor: Vendor | None = None,
) -> ResolvedHost:
    """Resolve a target as `ssh` does: options, then the person's file, then the system's; the first value wins.

    `command` is the remote command, which `Match command` and `Match sessiontype` look at. With `run_match_exec` False
    nothing is run, and such blocks don't apply; `ResolvedHost.unexecuted` names them. `environment`, `files`,
    `person` and `vendor` are those of this process where they are left out. `memory` is for whoever resolves many
    targets.

    Blocks while it works (`Match exec`, and name servers where CanonicalizeHostname is on). Raises `ConfigError`, whose
    message is what ssh prints before it ends with 255, and `NameResolutionError`.
    """
    request = _Request.of(target, command, run_match_exec, environment, files, person)
    if memory is not None:
        request = replace(request, memory=memory)
    return request.with_options(request.winning()).resolved(target, vendor or vendor_here())


def winning_fallbacks(
    target: Target,
    *,
    command: str = "",
    run_match_exec: bool = True,
    environment: Mapping[str, str] | None = None,
    files: ConfigurationFiles | None = None,
    person: Person | None = None,
) -> tuple[OptionSetting, ...]:
    """The fallbacks that count: no `Host` block that names the host without a wildcard sets their keyword.

    They are what the system `ssh` has to be given as `-o`, behind the target's own options. Raises as `resolve` does.
    """
    return _Request.of(target, command, run_match_exec, environment, files, person).winning()


@dataclass(frozen=True, slots=True)
class _Request:
    """One target on its way through options and files, with everything that the answer depends on."""

    target: Target
    command: str
    environment: Mapping[str, str]
    files: ConfigurationFiles
    person: Person
    runner: CommandRunner
    memory: FileMemory | None = None

    @classmethod
    def of(
        cls,
        target: Target,
        command: str,
        run_match_exec: bool,
        environment: Mapping[str, str] | None,
        files: ConfigurationFiles | None,
        person: Person | None,
    ) -> _Request:
        """Fill in what the caller left to this process."""
        environment = os.environ if environment is None else environment
        person = person or Person.current()
        files = files or ConfigurationFiles.of(target.config_file, person)
        return cls(target, command, environment, files, person, CommandRunner(environment, allowed=run_match_exec))

    def with_options(self, more: tuple[OptionSetting, ...]) -> _Request:
        """The same with further options behind the target's own."""
        return replace(self, target=replace(self.target, options=self.target.options + more))

    def winning(self) -> tuple[OptionSetting, ...]:
        """The fallbacks whose keyword no block sets that names the host literally."""
        if not self.target.fallbacks:
            return ()
        collected = Collected()
        self._read(collected, Report())
        named = {_matter(keyword) for keyword in collected.named}
        return tuple(option for option in self.target.fallbacks if _matter(option.keyword) not in named)

    def resolved(self, asked: Target, vendor: Vendor) -> ResolvedHost:
        """The whole answer, for the target that was `asked` for."""
        collected = Collected()
        report = Report()
        host = self._read(collected, report)
        complaint = defaults.fill(collected, vendor)
        if complaint is not None:
            report.say(complaint)
            raise report.failure(COMMAND_LINE)
        report.messages.extend(self.runner.errors)
        return finish(
            asked,
            host,
            collected,
            report,
            command=self.command,
            environment=self.environment,
            person=self.person,
        )

    def _read(self, collected: Collected, report: Report) -> str:
        """Read options and files, twice where the settings ask for it; the canonical host name."""
        situation = Situation(
            person=self.person,
            environment=self.environment,
            host=self.target.host,
            original_host=self.target.host,
            command=self.command,
            final=False,
            collected=collected,
            runner=self.runner,
        )
        self._read_options(situation, report)
        self._read_files(situation, report)
        defaults.fill_for_canonical_names(collected)
        host = self._host_name(collected, report)
        if report.final_wanted or collected.text("canonicalizehostname") != "false":
            collected.replace("hostname", (host,))
            self._read_files(replace(situation, host=host, final=True), report)
        return host

    def _read_options(self, situation: Situation, report: Report) -> None:
        reader = Reader(replace(situation, host="", original_host=""), report)
        for option in self.target.options:
            reader.read_option(option)
        situation.collected.named.clear()
        user = situation.collected.settings.get("user")
        if user is not None and user.origin == COMMAND_LINE and not valid_user_name(user.text):
            report.say("remote username contains invalid characters")
            raise report.failure(COMMAND_LINE)
        if not valid_host_name(self.target.host):
            report.say("hostname contains invalid characters")
            raise report.failure(COMMAND_LINE)

    def _read_files(self, situation: Situation, report: Report) -> None:
        reader = Reader(situation, report, self.memory)
        files = self.files
        if files.user is not None:
            reader.read_file(files.user, of_person=True, check=not files.chosen, must_exist=files.chosen)
        if files.system is not None:
            reader.read_file(files.system, of_person=False, check=False)

    def _host_name(self, collected: Collected, report: Report) -> str:
        """The name to connect to, with Hostname's tokens and its canonical form."""
        host = self.target.host
        hostname = collected.settings.get("hostname")
        if hostname is not None:
            try:
                host = expand_percent(hostname.text, {"h": host})
            except ExpansionError as error:
                report.say(*error.messages)
                raise report.failure(hostname.origin or COMMAND_LINE) from None
        try:
            return canonicalize(host, collected, report.messages)
        except NameResolutionError as error:
            if report.messages:
                error.message = "\n".join([*report.messages, error.message])
            raise


def _matter(written: str) -> str:
    """What a keyword is about: other spellings are the same, and both ways through a proxy are one matter."""
    keyword = lookup(ascii_lower(written))
    name = keyword.name if isinstance(keyword, Keyword) else written
    return "proxyjump" if name == "proxycommand" else name
