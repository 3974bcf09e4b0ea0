"""`-V` and `-Q`: what the native client is, and what it can do."""

from __future__ import annotations

from importlib.metadata import version

from mooring.cli.errors import say
from mooring.model.errors import UsageError
from mooring.model.ssh_arguments import GivenOption


def answer(query: GivenOption) -> int:
    """Answer and return the status; raises UsageError for a query that nobody knows."""
    if query.letter == "V":
        say(f"Mooring_{version('mooring')}, AsyncSSH {version('asyncssh')}")
        return 0
    from mooring.ssh.supported import supported_algorithms

    names = supported_algorithms(query.argument or "")
    if names is None:
        raise UsageError(f'Unsupported query "{query.argument}"')
    for name in names:
        print(name)
    return 0
