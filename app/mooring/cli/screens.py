"""The full-screen program: `mooring` alone, and `mooring open`."""

from __future__ import annotations

import gc

from mooring.cli.options import GlobalOptions
from mooring.cli.own_terminal import take_terminal


def run_screens(
    options: GlobalOptions, *, to_open: tuple[str, ...] = (), engine: int | None = None, take_over: bool = False
) -> int:
    """Start the screens, with a workspace or some machines open, and return their status.

    `engine` is the process id of an engine to attach to, and `take_over` sends another UI away from it. Raises
    UsageError where there is no terminal for them.
    """
    take_terminal("mooring: the screens need a terminal", hint="`mooring ls` and `mooring ssh` work without one.")
    # A thousand modules are loaded now and stay: looking for garbage among them takes a tenth of that time. Whoever
    # starts the screens turns it on again.
    gc.disable()
    from mooring.ui import UiOptions, run

    return run(
        UiOptions(
            config_file=options.config_file,
            native=options.native,
            demo=options.demo,
            machine_store=options.machine_store,
            machines_file=options.machines_file,
            to_open=to_open,
            engine=engine,
            take_over=take_over,
        )
    )
