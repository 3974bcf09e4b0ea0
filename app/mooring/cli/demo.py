"""`--demo` for the commands that have no screen: the fleet lives as long as the command runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mooring.cli.options import GlobalOptions


def with_demo(options: GlobalOptions, command: Callable[[GlobalOptions], int]) -> int:
    """Run `command`, with the machines of the demo instead of the person's own where that was asked for."""
    if not options.demo:
        return command(options)
    from mooring.demo import start_demo

    fleet = start_demo()
    try:
        return command(
            replace(
                options,
                config_file=str(fleet.config_file),
                machine_store=fleet.machine_store,
                machines_file=fleet.machines_file,
                paths=fleet.paths,
            )
        )
    finally:
        fleet.stop()
