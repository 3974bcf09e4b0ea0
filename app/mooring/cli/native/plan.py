"""What one call of the native client is to do, decided before anything is sent."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mooring.cli.native.escapes import parse_escape_character
from mooring.cli.native.log import ClientLog, Level
from mooring.cli.ssh_command import Errand
from mooring.model.errors import UsageError
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Target
from mooring.model.ssh_argument_settings import stdio_forward, with_arguments
from mooring.model.ssh_arguments import USAGE, GivenOption, SshArguments
from mooring.sshconfig import ResolvedHost, resolve


@dataclass(frozen=True, slots=True)
class Plan:
    """Target and options, all of them resolved, and what follows from them.

    `command` is the remote command or the subsystem's name, empty for a shell (or RemoteCommand). `terminal` says
    whether the remote side gets a PTY. `stdio` is where `-W` leads. `escape` is the byte that escapes, None for none.
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


def resolve_errand(errand: Errand, log: ClientLog, environment: Mapping[str, str]) -> tuple[Target, ResolvedHost]:
    """Make one target of the arguments and the machine, and resolve it; `Match exec` runs here, once."""
    arguments = _without_missing_identities(errand.arguments, log)
    target = with_arguments(errand.target, arguments, environment)
    return target, resolve(target, command=arguments.command_line)


def make_plan(arguments: SshArguments, target: Target, resolved: ResolvedHost, log: ClientLog) -> Plan:
    """Decide; raises UsageError, in ssh's words, for what does not fit together."""
    command = arguments.command_line
    session_type = resolved.text("sessiontype")
    remote_command = resolved.text("remotecommand")
    configured = remote_command not in ("", "none")
    if session_type == "subsystem" and not command and not configured:
        raise UsageError("You must specify a subsystem to invoke.", hint=USAGE)
    if command and configured:
        raise UsageError("Cannot execute command-line and remote command.")
    background = resolved.flag("forkafterauthentication")
    if background and not command and not configured and session_type != "none":
        raise UsageError("Cannot fork into background without a command to execute.")
    stdin_null = resolved.flag("stdinnull") or background
    return Plan(
        target=target,
        resolved=resolved,
        command=command,
        session_type=session_type,
        terminal=_wants_terminal(resolved, bool(command) or configured, stdin_null, log),
        stdin_null=stdin_null,
        background=background,
        stdio=stdio_forward(arguments, os.environ),
        escape=parse_escape_character(resolved.text("escapechar")),
    )


def early_log(arguments: SshArguments) -> ClientLog:
    """The log until the configuration has been read: only the arguments decide."""
    level = Level.INFO
    for option in arguments.options:
        if option.letter == "q":
            level = Level.QUIET
        elif option.letter == "v":
            level = Level(min(max(level + 1, Level.DEBUG1), Level.DEBUG3))
    return ClientLog(level, arguments.last("E"))


def _wants_terminal(resolved: ResolvedHost, has_command: bool, stdin_null: bool, log: ClientLog) -> bool:
    """The rules of ssh: -t wants one, -tt forces one, a shell wants one, and without -tt standard input must be one."""
    request = resolved.text("requesttty")
    wanted = request in ("yes", "force", "true") or not has_command
    if request in ("no", "false") or resolved.text("sessiontype") == "none":
        wanted = False
    if wanted and request != "force" and (stdin_null or not sys.stdin.isatty()):
        log.info("Pseudo-terminal will not be allocated because stdin is not a terminal.")
        return False
    return wanted


def _without_missing_identities(arguments: SshArguments, log: ClientLog) -> SshArguments:
    """Leave out files of `-i` that are not there, and say so, as ssh does while it reads its arguments."""

    def exists(option: GivenOption) -> bool:
        if option.letter != "i" or option.argument is None:
            return True
        try:
            Path(option.argument).expanduser().stat()
        except OSError as error:
            log.info(f"Warning: Identity file {option.argument} not accessible: {error.strerror}.")
            return False
        except RuntimeError:
            log.info(f"Warning: Identity file {option.argument} not accessible: there is no such user.")
            return False
        return True

    return replace(
        arguments, before=tuple(filter(exists, arguments.before)), after=tuple(filter(exists, arguments.after))
    )
