"""A shell, a command or a subsystem on the remote side, with this terminal in front of it."""

from __future__ import annotations

import asyncio
import os
import signal

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
    if release is not None:
        release()
    if not plan.terminal:
        return await _relay(plan, shell, output, None, None, leave)
    loop = asyncio.get_running_loop()
    with RawMode() as raw:
        loop.add_signal_handler(signal.SIGWINCH, lambda: shell.resize(terminal_size()))
        try:
            escapes = None if plan.escape is None else EscapeFilter(plan.escape)
            commands = EscapeCommands(plan, connection, shell, log, raw, leave)
            status = await _relay(plan, shell, output, escapes, commands, leave)
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


async def _relay(
    plan: Plan,
    shell: Shell,
    output: Output,
    escapes: EscapeFilter | None,
    commands: CommandHandler | None,
    leave: asyncio.Event,
) -> int:
    sending: asyncio.Task[None] | None = None
    if plan.stdin_null:
        shell.write_eof()
    else:
        sending = asyncio.create_task(send_input(0, shell, escapes, commands), name="standard input")
    ending = asyncio.create_task(shell.wait(), name="end of the remote program")
    try:
        await until_first(ending, leave, beside=sending)
        await output.finish()
        return ending.result().exit_code if ending.done() else FAILURE
    finally:
        await cancel(ending, *([] if sending is None else [sending]))
