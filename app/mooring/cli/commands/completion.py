"""`mooring completion`."""

from __future__ import annotations

import click

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> int:
    """Print the completion script of a shell.

    \b
    mooring completion fish > ~/.config/fish/completions/mooring.fish
    eval "$(mooring completion bash)"         # in ~/.bashrc
    eval "$(mooring completion zsh)"          # in ~/.zshrc, behind compinit

    Commands, options, machines and saved commands are completed. Machines are those of the last reading while no file
    of theirs has changed. No program that names machines is run for it: its last answer counts.
    """
    from mooring.cli.completion.scripts import SCRIPTS

    click.echo(SCRIPTS[shell], nl=False)
    return 0
