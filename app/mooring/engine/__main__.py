"""`python -m mooring.engine --fd N`: the engine process, started by `mooring.engine.process` and by nothing else."""

from __future__ import annotations

import argparse
import asyncio
import faulthandler
import logging
import signal
import socket
from pathlib import Path
from typing import Any

from mooring.engine.server import EngineServer
from mooring.ssh.vain_sends import leave_out_vain_sends

_logger = logging.getLogger("mooring.engine")


def main() -> None:
    """Serve the UI at the other end of the inherited socket."""
    parser = argparse.ArgumentParser(prog="mooring.engine", description="Mooring's SSH engine (started by mooring).")
    parser.add_argument("--fd", type=int, required=True, help="the inherited socket")
    parser.add_argument("--runtime", type=Path, help="the directory for a socket by which later UIs can attach")
    arguments = parser.parse_args()
    faulthandler.enable()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    leave_out_vain_sends()
    channel = socket.socket(fileno=arguments.fd)
    channel.set_inheritable(False)
    asyncio.run(_serve(channel, arguments.runtime))


async def _serve(channel: socket.socket, runtime: Path | None) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_report)
    server = EngineServer()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, server.end)
    # A handler that does nothing, rather than SIG_IGN, which a ProxyCommand would inherit.
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    await server.serve(channel, runtime)


def _report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody caught, without the reprs of futures and handles: those may hold an answer of the person's."""
    _logger.error("%s", context.get("message"), exc_info=context.get("exception"))


if __name__ == "__main__":
    main()
