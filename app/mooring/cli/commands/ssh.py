"""`mooring ssh`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command(options_metavar="[SSH OPTIONS] [MACHINE [COMMAND...]]")
@click.pass_obj
def command(options: GlobalOptions) -> int:
    """Log in to a machine, or run a command there.

    \b
    mooring ssh web-1
    mooring ssh web-1 df -h
    mooring ssh -L 8080:localhost:80 web-1
    mooring ssh web-1 'cat > notes' < notes
    mooring --native-ssh ssh -v web-1

    MACHINE is the name of a machine, else a host name; `default` when there is none. Options of ssh(1) stand on either
    side of it, and all behind the first word that is neither is the remote command, flags included. The status is that
    of the remote command, and 255 when the connection fails.

    The system's ssh connects where there is one, Mooring's own otherwise, and with `mooring --native-ssh`. A shell is
    left by `exit`; a connection that hangs, by enter, `~` and `.`
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.ssh_command import run_ssh

    return with_demo(options, run_ssh)
