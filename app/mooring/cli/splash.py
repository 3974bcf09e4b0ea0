"""The splash on the command line: on standard error, so that no pipe ever sees it."""

from __future__ import annotations

from mooring.cli.errors import say
from mooring.model.connection import ConnectionFacts
from mooring.model.machine import Machine


def show_splash(machine: Machine, facts: ConnectionFacts) -> None:
    """Print the splash, unless the settings turn it off."""
    from mooring.model.splash import splash
    from mooring.store import Paths, load_settings

    if not load_settings(Paths.of_this_person().settings_file).settings.splash:
        return
    for line in splash(machine, facts):
        say(line)
