"""`ResolvedHost`: the answer of a resolution, as text and as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mooring.model.errors import ConfigError, UnusableSettingError
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.model.quoting import quote_user
from mooring.sshconfig.collected import Setting
from mooring.sshconfig.person import Person
from mooring.sshconfig.tokens import ExpansionError, expand_all, expand_home, expand_percent
from mooring.sshconfig.values.algorithms import KINDS
from mooring.sshconfig.values.choices import FALSE_WORDS, TRUE_WORDS
from mooring.sshconfig.values.forwards import PlacedForward
from mooring.sshconfig.values.jumps import Destination, parse_destination

_PROXY_TOKENS = "hknpr"
"""The tokens that ProxyCommand takes; every other command takes all of them."""


@dataclass(frozen=True, slots=True)
class ResolvedHost:
    """Everything that ssh would know about a host before it connects.

    `target` is what was asked for, its fallbacks included. `warnings` are lines that ssh would have printed and gone
    on. `unexecuted` are the `Match exec` lines that were not run, because the caller didn't want it.
    """

    target: Target
    settings: Mapping[str, Setting] = field(repr=False)
    forwards: tuple[PlacedForward, ...] = ()
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    person: Person = field(kw_only=True, repr=False)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    command: str = ""
    warnings: tuple[str, ...] = ()
    unexecuted: tuple[Origin, ...] = ()

    def setting(self, keyword: str) -> Setting:
        """The setting of a keyword, spelled in any case; one without values where nothing is set."""
        name = keyword.lower()
        return self.settings.get(name) or Setting(name, ())

    def text(self, keyword: str) -> str:
        """The value as `ssh -G` prints it; "" where nothing is set."""
        return self.setting(keyword).text

    def words(self, keyword: str) -> tuple[str, ...]:
        """The values of a list; for a list of algorithms, the names."""
        values = self.setting(keyword).values
        return tuple(name for name in "".join(values).split(",") if name) if keyword.lower() in KINDS else values

    def flag(self, keyword: str) -> bool:
        """Whether a yes-or-no keyword says yes; raises ValueError for one that says something else."""
        text = self.text(keyword)
        if text not in TRUE_WORDS and text not in FALSE_WORDS:
            raise ValueError(f"{keyword} is {text!r}, not yes or no")
        return text in TRUE_WORDS

    def integer(self, keyword: str) -> int:
        """The value of a number; times are in seconds."""
        return int(self.text(keyword))

    def paths(self, keyword: str) -> tuple[str, ...]:
        """The files of a list with `~`, tokens and variables replaced, "none" left out; raises `ConfigError`."""
        setting = self.setting(keyword)
        try:
            return tuple(self._path(setting.keyword, value) for value in setting.values if value.lower() != "none")
        except ExpansionError as error:
            raise ConfigError("\n".join(error.messages), setting.origin or COMMAND_LINE) from None

    def expand(self, text: str, extra: Mapping[str, str] | None = None, *, variables: bool = False) -> str:
        """Replace tokens (and `extra` ones) in text that ssh expands when it connects; raises `ConfigError`."""
        tokens = {**self.tokens, **(extra or {})}
        return self._expanded(text, tokens, variables=variables)

    @property
    def hostname(self) -> str:
        """The name or address to connect to."""
        return self.text("hostname")

    @property
    def port(self) -> int:
        """The TCP port to connect to."""
        return self.integer("port")

    @property
    def user(self) -> str:
        """The name to log in with."""
        return self.text("user")

    @property
    def host_key_alias(self) -> str:
        """The name under which the host's keys are on record; "" for its own."""
        return self.text("hostkeyalias")

    @property
    def identity_files(self) -> tuple[str, ...]:
        """The private keys to try, in order."""
        return self.paths("identityfile")

    @property
    def identities_chosen(self) -> bool:
        """Whether the identity files were set by somebody, and are not ssh's defaults."""
        return self.setting("identityfile").origin is not None

    @property
    def certificate_files(self) -> tuple[str, ...]:
        """The certificates that were named."""
        return self.paths("certificatefile")

    @property
    def user_known_hosts_files(self) -> tuple[str, ...]:
        """The person's host keys; new ones go to the first."""
        return self.paths("userknownhostsfile")

    @property
    def global_known_hosts_files(self) -> tuple[str, ...]:
        """The system's host keys."""
        return self.paths("globalknownhostsfile")

    @property
    def agent_socket(self) -> str | None:
        """The agent to ask; None where there is none, or IdentityAgent says "none"."""
        path = self.text("identityagent")
        if path in ("", "SSH_AUTH_SOCK"):
            return self.environment.get("SSH_AUTH_SOCK") or None
        if path == "none":
            return None
        if path.startswith("$") and not path.startswith("${"):
            return self.environment.get(path[1:]) or None
        return path

    @property
    def forward_agent(self) -> bool:
        """Whether an agent is lent to the host."""
        return self.flag("forwardagent")

    @property
    def forward_agent_socket(self) -> str | None:
        """The agent that is lent; None where it is `agent_socket`, or where none is lent."""
        path = self.text("forwardagent path")
        if path.startswith("$"):
            path = self.environment.get(path[1:], "")
        return path or None

    @property
    def connect_timeout(self) -> int | None:
        """Seconds until a connection that is not there counts as failed; None leaves it to the system, as 0 does."""
        text = self.text("connecttimeout")
        return None if text == "none" else int(text) or None

    @property
    def set_env(self) -> dict[str, str]:
        """The variables that SetEnv gives the remote program."""
        return dict(assignment.split("=", 1) for assignment in self.words("setenv"))

    @property
    def local_forwards(self) -> tuple[ForwardSpecification, ...]:
        """Forwards that listen here, dynamic ones among them."""
        return tuple(placed.specification for placed in self.forwards if placed.kind != "remoteforward")

    @property
    def remote_forwards(self) -> tuple[ForwardSpecification, ...]:
        """Forwards that listen on the server; a dynamic one has its SOCKS server here."""
        return tuple(placed.specification for placed in self.forwards if placed.kind == "remoteforward")

    @property
    def proxy_command(self) -> str | None:
        """The command whose standard streams are the connection, its tokens replaced; None for none.

        ssh runs it as `exec COMMAND` in the person's shell. Raises `ConfigError` for a token of other keywords.
        """
        text = self.text("proxycommand")
        return self._expanded(text, {name: self.tokens[name] for name in _PROXY_TOKENS}) if text else None

    @property
    def local_command(self) -> str | None:
        """What PermitLocalCommand lets run here after the login, its tokens replaced; None for none.

        As in ssh a wrong token is an error (`ConfigError`) where nothing may be run, too.
        """
        text = self.text("localcommand")
        command = self.expand(text, {"T": "NONE"}) if text else None
        return command if self.flag("permitlocalcommand") else None

    @property
    def proxy_jump(self) -> str | None:
        """ProxyJump as it is written; None for none."""
        return ",".join(self.words("proxyjump")) or None

    @property
    def hops(self) -> tuple[Target, ...]:
        """The jump hosts in the order in which they are passed, each to be resolved with its own options.

        The first keeps the ProxyJump of its own configuration (it may have hops before it); the others are reached
        through the one before them, and have theirs switched off.
        """
        targets: list[Target] = []
        for hop in self._destinations():
            targets.append(self._hop(hop, "none" if targets else None))
        return tuple(targets)

    @property
    def jump(self) -> Target | None:
        """The last hop, carrying the others as a ProxyJump of its own, as ssh starts it; None for none."""
        destinations = self._destinations()
        if not destinations:
            return None
        *earlier, last = destinations
        return self._hop(last, ",".join(str(hop) for hop in earlier) or None)

    def _hop(self, hop: Destination, jump: str | None) -> Target:
        options = _hop_options(hop, jump)
        machine = self.target.jump_host(hop.host)
        if machine is None:
            return Target(hop.host, options, config_file=self.target.config_file)
        return replace(machine, options=(*options, *machine.options), config_file=self.target.config_file)

    def _destinations(self) -> list[Destination]:
        found = (parse_destination(self.expand(hop)) for hop in self.words("proxyjump"))
        return [destination for destination in found if destination is not None]

    def _expanded(self, text: str, tokens: Mapping[str, str], *, variables: bool = False) -> str:
        try:
            return expand_all(text, tokens, self.environment) if variables else expand_percent(text, tokens)
        except ExpansionError as error:
            raise UnusableSettingError("\n".join(error.messages), COMMAND_LINE) from None

    def _path(self, keyword: str, value: str) -> str:
        if keyword in ("identityfile", "certificatefile"):
            return expand_all(expand_home(value, self.person), self.tokens, self.environment)
        return expand_home(value, self.person) if keyword == "globalknownhostsfile" else value


def _hop_options(hop: Destination, jump: str | None) -> tuple[OptionSetting, ...]:
    options: list[OptionSetting] = []
    if hop.user is not None:
        options.append(OptionSetting("User", quote_user(hop.user), COMMAND_LINE))
    if hop.port is not None:
        options.append(OptionSetting("Port", str(hop.port), COMMAND_LINE))
    if jump is not None:
        options.append(OptionSetting("ProxyJump", jump, COMMAND_LINE))
    return tuple(options)
