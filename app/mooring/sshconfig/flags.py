"""What ssh refuses among its flags by what it knows of configuration: algorithms, and the hosts of a jump."""

from __future__ import annotations

from mooring.model.errors import UsageError
from mooring.model.ssh_arguments import SshArguments
from mooring.model.ssh_names import valid_host_name, valid_user_name
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.values.algorithms import CIPHERS, MACS, are_known
from mooring.sshconfig.values.jumps import parse_destination


def check_flags(arguments: SshArguments) -> None:
    """Raise UsageError, in the words of ssh.c, for a `-c`, `-m` or `-J` that ssh does not take.

    `-c` knows the signs `+` and `^` in front of a list, `-m` knows none. What a `-J` names ends in the command lines of
    a shell, so it has to look like a host and a user.
    """
    for option in arguments.options:
        argument = option.argument or ""
        match option.letter:
            case "c" if not are_known(CIPHERS, argument[argument[:1] in ("+", "^") :]):
                raise UsageError(f"Unknown cipher type '{argument}'")
            case "m" if not are_known(MACS, argument):
                raise UsageError(f"Unknown mac type '{argument}'")
            case "J" if ascii_lower(argument) != "none":
                for hop in argument.partition("#")[0].split(","):
                    _check_hop(hop)
            case _:
                pass


def _check_hop(hop: str) -> None:
    destination = parse_destination(hop)
    if destination is None:
        raise UsageError("Invalid -J argument")
    if not valid_host_name(destination.host):
        raise UsageError(f'parse_jump: invalid hostname "{destination.host}"\nInvalid -J argument')
    if destination.user is not None and not valid_user_name(destination.user):
        raise UsageError(f'parse_jump: invalid username "{destination.user}"\nInvalid -J argument')
