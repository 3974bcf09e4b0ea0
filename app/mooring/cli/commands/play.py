"""`mooring play`."""

from __future__ import annotations

from pathlib import Path

import click

from mooring.cli.own_terminal import take_terminal


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--speed",
    type=click.FloatRange(0.01, 1000),
    default=1.0,
    metavar="FACTOR",
    help="How many times as fast as it was.",
)
@click.option(
    "--idle-limit",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="How long a pause lasts at most; else as the file says.",
)
def command(file: Path, speed: float, idle_limit: float | None) -> int:
    """Play a recording (asciicast v2, or plain text).

    \b
    mooring play session.cast
    mooring play --speed 4 --idle-limit 2 session.cast

    `space` pauses, the arrow keys seek, `+` and `-` change the speed, `?` shows all keys, and `q` leaves. `f12 l` in a
    session records one.
    """
    take_terminal("mooring: a recording is played in a terminal")
    from mooring.ui.player import PlayOptions, run_player

    return run_player(PlayOptions(file, speed, idle_limit))
