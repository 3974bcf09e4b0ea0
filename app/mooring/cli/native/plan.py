"""What one call of the native client is to do, decided before anything is sent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mooring.cli.errors import say
from mooring.cli.native.escapes import parse_escape_character
from mooring.cli.native.log import ClientLog, Level
from mooring.cli.ssh_command import Errand
from mooring.model.errors import UsageError
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Target
from mooring.model.ssh_argument_settings import stdio_forward, with_arguments
from mooring.model.ssh_arguments import GivenOption, SshArguments
from mooring.sshconfig import Person, ResolvedHost
from mooring.sshconfig.flags import check_flags
from mooring.sshconfig.tokens import ExpansionError, expand_home


@dataclass(frozen=True, slots=True)
class Plan:
    """Target and options, all of them resolved, and what follows from them.

    `command` is the remote command or the subsystem's name, empty for a shell. `terminal` says whether the remote side
    gets a PTY. `stdio` is where `-W` leads. `escape` is the byte that escapes, None for none.
    """

    target: Target
    resolved: ResolvedHost
    command: str
    session_type: str
    terminal: bool
    stdin_null: bool
    background: bool
    stdio: ForwardSpecification | None
    escape: int | None


def read_arguments(errand: Errand, environment: Mapping[str, str]) -> Target:
    """Make one target of the arguments and the machine; raises UsageError, in ssh's words, for what ssh refuses."""
    check_flags(errand.arguments)
    return with_arguments(errand.target, _with_found_identities(errand.arguments), environment)


def make_plan(arguments: SshArguments, target: Target, resolved: ResolvedHost, log: ClientLog) -> Plan:
    """Decide; raises UsageError, in ssh's words, for what does not fit together."""
    command = arguments.command_line or resolved.text("remotecommand")
    stdin_null = resolved.flag("stdinnull")
    return Plan(
        target=target,
        resolved=resolved,
        command=command,
        session_type=resolved.text("sessiontype"),
        terminal=arguments.last("O") in (None, "proxy") and _wants_terminal(resolved, bool(command), stdin_null, log),
        stdin_null=stdin_null,
        background=resolved.flag("forkafterauthentication"),
        stdio=stdio_forward(arguments, os.environ),
        escape=parse_escape_character(resolved.text("escapechar")),
    )


def early_log(arguments: SshArguments, target: Target) -> ClientLog:
    """The log until the configuration has been read: only the command line decides, and where `-E` or `-y` want it."""

    def said(keyword: str, default: str) -> str:
        return next((option.value for option in target.options if option.keyword.lower() == keyword), default)

    facility = said("syslogfacility", "USER") if arguments.count("y") else None
    return ClientLog(Level.named(said("loglevel", "INFO")), arguments.last("E"), facility)


def _wants_terminal(resolved: ResolvedHost, has_command: bool, stdin_null: bool, log: ClientLog) -> bool:
    """The rules of ssh: -t wants one, -tt forces one, a shell wants one, and without -tt standard input must be one."""
    request = resolved.text("requesttty")
    wanted = request in ("yes", "force", "true") or not has_command
    if request in ("no", "false") or resolved.text("sessiontype") == "none":
        wanted = False
    if wanted and request != "force" and (stdin_null or not os.isatty(0)):
        log.info("Pseudo-terminal will not be allocated because stdin is not a terminal.")
        return False
    return wanted


def _with_found_identities(arguments: SshArguments) -> SshArguments:
    """Leave out files of `-i` that are not there, and say so whatever the log level, as ssh does."""

    def found(options: tuple[GivenOption, ...]) -> tuple[GivenOption, ...]:
        return tuple(filter(None, map(_found_identity, options)))

    return replace(arguments, before=found(arguments.before), after=found(arguments.after))


def _found_identity(option: GivenOption) -> GivenOption | None:
    if option.letter != "i" or option.argument is None:
        return option
    try:
        path = expand_home(option.argument, Person.current())
        os.stat(path)  # noqa: PTH116 - a Path made of nothing is the current folder
    except ExpansionError as error:
        raise UsageError("\n".join(error.messages)) from None
    except OSError as error:
        say(f"Warning: Identity file {path} not accessible: {error.strerror}.")
        return None
    return GivenOption("i", path)
