"""What ssh refuses among its flags by what it knows of configuration: algorithms, and the hosts of a jump."""

from __future__ import annotations

from mooring.model.errors import UsageError
from mooring.model.ssh_arguments import SshArguments
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.values.algorithms import CIPHERS, MACS, are_known
from mooring.sshconfig.values.jumps import jump_complaint


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
                complaint = jump_complaint(argument.partition("#")[0].split(","), strict=True)
                if complaint is not None:
                    raise UsageError("\n".join((*complaint, "Invalid -J argument")))
            case _:
                pass
