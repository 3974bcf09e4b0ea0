"""The demo's own process: `python -m mooring.demo`, started by `mooring.demo.start_demo` and by nobody else.

Standard input is the lifeline: it is a pipe that nobody writes to, and its end means that the parent is gone, however
that came about. Standard output carries one line of JSON: where the fleet is, or why it could not be made.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import msgspec

from mooring.demo.announcement import Announcement
from mooring.demo.credentials import make_credentials, make_key
from mooring.demo.files import FleetFiles, write_fleet_files
from mooring.demo.homes import write_home
from mooring.demo.processes import kill_all_of
from mooring.demo.roster import ROSTER
from mooring.demo.site_network import SiteNetwork

_STOP_SECONDS = 5.0


def main() -> int:
    """Run the fleet until the parent is gone, and leave nothing behind."""
    # The parent may die before we look: its end of the pipe is then closed already, and read at once.
    folder = Path(tempfile.mkdtemp(prefix="mooring-demo-")).resolve()
    try:
        asyncio.run(_run(folder))
    except OSError as error:
        _tell(Announcement(error=str(error)))
        return 1
    finally:
        _remove(folder)
    return 0


async def _run(folder: Path) -> None:
    ended = _watch_for_the_end()
    client_key = make_key("mooring demo")
    credentials = {machine.name: make_credentials(machine, client_key) for machine in ROSTER}
    files = FleetFiles(folder)
    homes = {machine.name: files.home_of(machine) for machine in ROSTER}
    for machine in ROSTER:
        write_home(homes[machine.name], machine)
    network = SiteNetwork(ROSTER, credentials, homes)
    try:
        await network.start(folder)
        write_fleet_files(files, ROSTER, credentials, client_key, network.ports)
        log = os.open(folder / "demo.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        _tell(Announcement(folder=str(folder), ports=network.ports))
        # The parent reads no further: what asyncio or asyncssh have to complain of goes to the log.
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.close(log)
        await ended.wait()
    finally:
        async with asyncio.timeout(_STOP_SECONDS):
            await network.stop()


def _watch_for_the_end() -> asyncio.Event:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)

    def lifeline_readable() -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            loop.remove_reader(sys.stdin.fileno())
            ended.set()

    loop.add_reader(sys.stdin.fileno(), lifeline_readable)
    return ended


def _tell(announcement: Announcement) -> None:
    # A parent that is gone already needs no telling: its lifeline ends this process too.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), msgspec.json.encode(announcement) + b"\n")


def _remove(folder: Path) -> None:
    """End what still runs on the machines, then remove their files; a program may write one more meanwhile."""
    for _attempt in range(5):
        kill_all_of(folder)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


if __name__ == "__main__":
    sys.exit(main())
