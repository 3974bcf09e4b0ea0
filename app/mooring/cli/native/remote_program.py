"""A shell, a command or a subsystem on the remote side, with this terminal in front of it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable

from mooring.cli.errors import FAILURE
from mooring.cli.native.background import Release
from mooring.cli.native.escape_commands import EscapeCommands
from mooring.cli.native.escapes import EscapeFilter
from mooring.cli.native.log import ClientLog
from mooring.cli.native.plan import Plan
from mooring.cli.native.raw_mode import RawMode, terminal_size
from mooring.cli.native.relay import CommandHandler, Output, send_input
from mooring.cli.native.tasks import cancel, until_first
from mooring.cli.native.terminal_modes import local_terminal_modes
from mooring.model.errors import ConnectionLostError, NoAnswerError
from mooring.ssh import Connection, PtyRequest, Shell


async def run_program(
    plan: Plan, connection: Connection, log: ClientLog, leave: asyncio.Event, release: Release | None
) -> int:
    """Start it, pass bytes until it ends or `leave` is set, and return the status to end with.

    Raises MooringError when it can't be started, and ConnectionLostError when the connection breaks.
    """
    output = Output()
    shell = await _open(plan, connection, output)
    output.attach(shell)
    # A copy, as the output's: what happens to 0 when the client goes to the background does not touch it.
    standard_input = None if plan.stdin_null else os.dup(0)
    if release is not None:
        release()
    if not plan.terminal:
        return await _stay(_relay(standard_input, shell, output, None, None, leave), connection, leave, RawMode())
    loop = asyncio.get_running_loop()
    with RawMode() as raw:
        loop.add_signal_handler(signal.SIGWINCH, lambda: shell.resize(terminal_size()))
        try:
            escapes = None if plan.escape is None else EscapeFilter(plan.escape)
            commands = EscapeCommands(plan, connection, shell, output, log, raw, leave)
            relay = _relay(standard_input, shell, output, escapes, commands, leave)
            status = await _stay(relay, connection, leave, raw)
        finally:
            loop.remove_signal_handler(signal.SIGWINCH)
        log.info(f"Connection to {plan.resolved.text('hostname')} closed.")
    return status


async def _open(plan: Plan, connection: Connection, output: Output) -> Shell:
    if plan.session_type == "subsystem" and plan.command:
        return await connection.open_subsystem(plan.command, output)
    pty = None
    if plan.terminal:
        pty = PtyRequest(os.environ.get("TERM", ""), terminal_size(), modes=local_terminal_modes(0))
    if plan.command:
        return await connection.execute(plan.command, output, pty=pty)
    if pty is None:
        return await connection.open_shell_without_terminal(output)
    return await connection.open_shell(pty, output)


async def _stay(relay: Awaitable[int], connection: Connection, leave: asyncio.Event, raw: RawMode) -> int:
    """Relay to the end of the program, and to that of all that is open on forwards; the status to end with.

    A connection that breaks is said whatever the log level, as ssh does, unless it was given up (NoAnswerError).
    """
    try:
        status = await relay
        # The terminal is the person's own again: nobody reads it any more, and ^C has to end what is left.
        raw.pause()
        return status if leave.is_set() else await _outstay(connection, status, leave)
    except NoAnswerError:
        raise
    except ConnectionLostError as error:
        ClientLog().say(error.message)
        return FAILURE


async def _outstay(connection: Connection, status: int, leave: asyncio.Event) -> int:
    """Stay while connections on forwards are open, or until `leave` is set, as ssh does; the status to end with."""
    idle = asyncio.create_task(connection.wait_idle(), name="end of forwarded connections")
    try:
        await until_first(idle, leave)
        if not idle.done():
            return FAILURE
        idle.result()
        return status
    finally:
        await cancel(idle)


async def _relay(
    standard_input: int | None,
    shell: Shell,
    output: Output,
    escapes: EscapeFilter | None,
    commands: CommandHandler | None,
    leave: asyncio.Event,
) -> int:
    sending: asyncio.Task[None] | None = None
    if standard_input is None:
        shell.write_eof()
    else:
        sending = asyncio.create_task(send_input(standard_input, shell, escapes, commands), name="standard input")
    ending = asyncio.create_task(shell.wait(), name="end of the remote program")
    try:
        await until_first(ending, leave, beside=sending)
        await output.finish()
        return ending.result().exit_code if ending.done() else FAILURE
    finally:
        await cancel(ending, *([] if sending is None else [sending]))
