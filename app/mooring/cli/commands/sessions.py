"""`mooring sessions`, as click knows it."""

from __future__ import annotations

import click


@click.command(name="sessions")
@click.option("--json", "as_json", is_flag=True, help="All that is known, as JSON, one object an engine.")
def command(as_json: bool) -> int:
    """List the screens' sessions, also those left running.

    \b
    mooring sessions
    mooring sessions --json

    Sessions outlive the screens that opened them: when these were left on purpose, until they end; after a closed
    terminal window or a crash for as long as keep_sessions_minutes in settings.toml says. `mooring attach` goes back.
    """
    from mooring.cli.sessions_command import run_sessions

    return run_sessions(as_json=as_json)
