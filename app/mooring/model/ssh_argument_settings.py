"""What the flags of ssh(1) mean in the language of ssh_config(5).

The native path resolves settings, so a command line becomes settings here, in order of precedence. ssh has two kinds of
flags: those that only fill a value that is still open (`-p`, `-l`, `-o`, the user of the destination), and those that
replace whatever stood before (`-c`, `-v`, `-A`). Both are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from mooring.model.errors import UsageError
from mooring.model.forward_specification import ForwardSpecification, parse_forward
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.ports import port_number
from mooring.model.quoting import quote, quote_user
from mooring.model.ssh_arguments import USAGE, GivenOption, SshArguments
from mooring.model.ssh_names import valid_user_name

_CONFIG_LINE = re.compile(
    r"\s*(?:=\s*)?(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\s=\"]+)\s*=?)\s*(?P<value>.*)", re.DOTALL
)
"""As OpenSSH's strdelim cuts it: behind a quoted keyword an equals sign belongs to the value."""

_REPLACING: dict[str, tuple[tuple[str, str], ...]] = {
    "4": (("AddressFamily", "inet"),),
    "6": (("AddressFamily", "inet6"),),
    "A": (("ForwardAgent", "yes"),),
    "a": (("ForwardAgent", "no"),),
    "C": (("Compression", "yes"),),
    "f": (("ForkAfterAuthentication", "yes"), ("StdinNull", "yes")),
    "g": (("GatewayPorts", "yes"),),
    "K": (("GSSAPIAuthentication", "yes"), ("GSSAPIDelegateCredentials", "yes")),
    "k": (("GSSAPIDelegateCredentials", "no"),),
    "n": (("StdinNull", "yes"),),
    "q": (("LogLevel", "QUIET"),),
    "T": (("RequestTTY", "no"),),
    "X": (("ForwardX11", "yes"),),
    "x": (("ForwardX11", "no"),),
    "Y": (("ForwardX11", "yes"), ("ForwardX11Trusted", "yes")),
}
_REPLACING_WITH_ARGUMENT = {
    "B": "BindInterface",
    "b": "BindAddress",
    "c": "Ciphers",
    "I": "PKCS11Provider",
    "m": "MACs",
    "S": "ControlPath",
}
MASTER_COMMANDS = ("cancel", "channels", "check", "conninfo", "exit", "forward", "proxy", "stop")
"""What `-O` may ask of the master of a shared connection."""
LOG_LEVELS = ("QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG1", "DEBUG2", "DEBUG3")
"""The levels of LogLevel, each saying more than the one before."""

_FORWARDS = {
    "L": ("LocalForward", "local"),
    "R": ("RemoteForward", "remote"),
    "D": ("DynamicForward", "dynamic"),
}


def settings_of(arguments: SshArguments, environment: Mapping[str, str]) -> tuple[OptionSetting, ...]:
    """Return the settings that these arguments make, the strongest first, to stand above every file.

    Raises UsageError in ssh's words for an argument that ssh refuses. Options that are no setting (`-E`, `-F`, `-G`,
    `-O`, `-Q`, `-V`, `-W`, `-y`) are left to the caller, but for what `-W` implies.
    """
    collector = _Collector(environment)
    for option in arguments.before:
        collector.take(option)
    destination = arguments.destination
    if destination is not None:
        if destination.user is not None:
            collector.fill("User", quote_user(destination.user))
        if destination.port is not None:
            collector.fill("Port", str(destination.port))
    for option in arguments.after:
        collector.take(option)
    collector.check_together(arguments)
    return tuple(collector.settings)


def with_arguments(target: Target, arguments: SshArguments, environment: Mapping[str, str]) -> Target:
    """Put what these arguments say above what `target` says. Raises as `settings_of` does."""
    return replace(
        target,
        options=(*settings_of(arguments, environment), *target.options),
        fallbacks=(*target.fallbacks, *stdio_fallbacks(arguments)),
    )


def stdio_fallbacks(arguments: SshArguments) -> tuple[OptionSetting, ...]:
    """Return what `-W` sets where nothing else does: no other forwarding, and failing when the forwarding fails."""
    if not arguments.count("W"):
        return ()
    return tuple(
        OptionSetting(keyword, "yes", COMMAND_LINE) for keyword in ("ClearAllForwardings", "ExitOnForwardFailure")
    )


def stdio_forward(arguments: SshArguments, environment: Mapping[str, str]) -> ForwardSpecification | None:
    """Return where `-W host:port` (or `-W socket`) leads, in the `listen` side as ssh reads it; None without `-W`."""
    text = arguments.last("W")
    return None if text is None else _stdio_forward(text, environment)


def split_option(text: str) -> OptionSetting | None:
    """Split what follows `-o` into keyword and value, as a line of ssh_config(5); None for a blank or a comment."""
    match = _CONFIG_LINE.match(text)
    if match is None or text.lstrip().startswith("#"):
        return None
    keyword = match["plain"] if match["plain"] is not None else match["quoted"]
    return OptionSetting(keyword, match["value"].strip(), COMMAND_LINE)


class _Collector:
    """Settings in the making: the first one of a keyword is the one that counts."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.settings: list[OptionSetting] = []
        self._environment = environment
        self._is_verbose = False
        self._leads_to: ForwardSpecification | None = None
        self._master_command: str | None = None

    def fill(self, keyword: str, value: str, *, is_empty: bool = False) -> None:
        """Add a setting that counts where no earlier one of its keyword does."""
        self.settings.append(OptionSetting(keyword, value, COMMAND_LINE, is_empty))

    def replace(self, keyword: str, value: str, *, is_empty: bool = False) -> None:
        """Add a setting that counts whatever stood before; what it replaces is still there to be checked."""
        position = next((index for index, _ in self._of(keyword)), len(self.settings))
        self.settings.insert(position, OptionSetting(keyword, value, COMMAND_LINE, is_empty))

    def current(self, keyword: str) -> str | None:
        """The value that counts so far."""
        return next((setting.value for _, setting in self._of(keyword)), None)

    def _of(self, keyword: str) -> list[tuple[int, OptionSetting]]:
        return [(i, s) for i, s in enumerate(self.settings) if s.keyword.lower() == keyword.lower()]

    def take(self, option: GivenOption) -> None:
        """Add what one option says."""
        letter, argument = option.letter, option.argument
        for keyword, value in _REPLACING.get(letter, ()):
            self.replace(keyword, value)
        match letter, argument:
            case "1", None:
                _refuse("SSH protocol v.1 is no longer supported")
            case "t", None:
                self.replace("RequestTTY", "force" if self._says("RequestTTY", "yes", "true") else "yes")
            case "v", None:
                self._verbose()
            case "M", None:
                self.replace("ControlMaster", "ask" if self._says("ControlMaster", "yes", "true") else "yes")
            case "N", None:
                if self.current("SessionType") is not None and not self._says("SessionType", "none"):
                    _refuse("Cannot specify -N with -s/SessionType")
                self.replace("SessionType", "none")
                self.replace("RequestTTY", "no")
            case "s", None:
                if self.current("SessionType") is not None and not self._says("SessionType", "subsystem"):
                    _refuse("Cannot specify -s with -N/SessionType")
                self.replace("SessionType", "subsystem")
            case _, str():
                self._take_with_argument(letter, argument)
            case _:
                pass

    def _take_with_argument(self, letter: str, argument: str) -> None:
        if letter in _REPLACING_WITH_ARGUMENT:
            self.replace(_REPLACING_WITH_ARGUMENT[letter], quote(argument), is_empty=not argument)
            return
        if letter in _FORWARDS:
            self._forward(letter, argument)
            return
        match letter:
            case "o":
                setting = split_option(argument)
                if setting is not None:
                    self.settings.append(setting)
            case "i":
                self.fill("IdentityFile", quote(argument))
            case "l":
                if self.current("User") is None and not valid_user_name(argument):
                    _refuse("remote username contains invalid characters")
                self.fill("User", quote_user(argument), is_empty=not argument)
            case "P":
                self.fill("Tag", quote(argument), is_empty=not argument)
            case "p":
                port = port_number(argument)
                if not port and self.current("Port") is None:
                    _refuse(f"Bad port '{argument}'")
                self.fill("Port", str(port or 22))
            case "J":
                if self.current("ProxyJump") is not None:
                    _refuse("Only a single -J option is permitted (use commas to separate multiple jump hops)")
                if self.current("ProxyCommand") is not None:
                    _refuse("Cannot specify -J with ProxyCommand")
                self.fill("ProxyJump", argument)
            case "e":
                if not _valid_escape(argument):
                    _refuse(f"Bad escape character '{argument}'.")
                self.replace("EscapeChar", quote(argument))
            case "O":
                if self._leads_to is not None:
                    _refuse("Cannot specify multiplexing command with -W")
                if self._master_command is not None:
                    _refuse("Multiplexing command already specified")
                if argument not in MASTER_COMMANDS:
                    _refuse("Invalid multiplex command.")
                self._master_command = argument
            case "W":
                if self._leads_to is not None:
                    _refuse("stdio forward already specified")
                if self._master_command is not None:
                    _refuse("Cannot specify stdio forward with -O")
                self._leads_to = _stdio_forward(argument, self._environment)
                self.replace("RequestTTY", "no")
                self.replace("SessionType", "none")
            case "w":
                self._tunnel(argument)
            case _:
                pass

    def check_together(self, arguments: SshArguments) -> None:
        """Refuse what ssh refuses once it has seen all of them."""
        if arguments.destination is None:
            return
        if not arguments.command and self._says("SessionType", "subsystem"):
            raise UsageError("You must specify a subsystem to invoke.", hint=USAGE)
        if arguments.count("y") and arguments.count("E"):
            _refuse("Can't specify both -y and -E")

    def _says(self, keyword: str, *values: str) -> bool:
        return (self.current(keyword) or "").lower() in values

    def _verbose(self) -> None:
        """The first -v gives DEBUG1 whatever stood there, each further one a step more, from QUIET too after a -q."""
        level = (self.current("LogLevel") or "").upper()
        if not self._is_verbose or level not in LOG_LEVELS:
            self.replace("LogLevel", "DEBUG1")
        else:
            self.replace("LogLevel", LOG_LEVELS[min(LOG_LEVELS.index(level) + 1, len(LOG_LEVELS) - 1)])
        self._is_verbose = True

    def _forward(self, letter: str, argument: str) -> None:
        keyword, name = _FORWARDS[letter]
        found = parse_forward(argument, self._environment, dynamic=letter == "D", remote=letter == "R")
        if found is None and letter == "R":
            found = parse_forward(argument, self._environment, dynamic=True, remote=True)
        if found is None:
            _refuse(f"Bad {name} forwarding specification '{argument}'")
        if letter == "D" and not found.dynamic:
            keyword = "LocalForward"
        sides = [quote(side) for side in (found.listen, found.connect) if side]
        self.fill(keyword, " ".join(sides))

    def _tunnel(self, argument: str) -> None:
        parts = argument.split(":", 1)
        if not all(part.lower() == "any" or (part.isdigit() and int(part) < 0x7FFFFFFE) for part in parts):
            _refuse(f"Bad tun device '{argument}'")
        if self.current("Tunnel") is None:
            self.fill("Tunnel", "yes")
        self.replace("TunnelDevice", argument)


def _stdio_forward(text: str, environment: Mapping[str, str]) -> ForwardSpecification:
    found = parse_forward(text, environment, dynamic=True)
    if found is None:
        _refuse(f"Bad stdio forwarding specification '{text}'")
    return found


def _valid_escape(text: str) -> bool:
    return text == "none" or len(text) == 1 or (len(text) == 2 and text[0] == "^" and 64 <= ord(text[1]) < 128)


def _refuse(message: str) -> NoReturn:
    raise UsageError(message)
