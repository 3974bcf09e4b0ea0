"""The demo as its user sees it: start it, know where its files are, stop it."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import msgspec

from mooring.demo.announcement import Announcement
from mooring.inventory.sources import InventorySources
from mooring.model.errors import MooringError
from mooring.store.paths import Paths

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0


class DemoError(MooringError):
    """The demo machines could not be started."""


@dataclass(frozen=True)
class DemoFleet:
    """A running demo. All its files lie in `folder`; `ports` tells each machine's port on 127.0.0.1."""

    folder: Path
    ports: dict[str, int]
    process: subprocess.Popen[bytes]

    @property
    def config_file(self) -> Path:
        """The ssh_config to give as `-F`; it needs nothing of the person's own."""
        return self.folder / "ssh_config"

    @property
    def machine_store(self) -> Path:
        """The docker-machine store, as MACHINE_STORAGE_PATH would name it."""
        return self.folder / "machine"

    @property
    def machines_file(self) -> Path:
        """The machines.toml with groups, tags, notes, and what has to be typed."""
        return self.folder / "machines.toml"

    @property
    def sources(self) -> InventorySources:
        """The demo's machines and nobody else's."""
        annotations = self.paths.annotations_file
        return InventorySources(str(self.config_file), self.machine_store, self.machines_file, annotations)

    @property
    def paths(self) -> Paths:
        """Where everything is written that would go to the person's own folders otherwise."""
        return Paths.inside(self.folder / "mooring")

    def stop(self) -> None:
        """End the machines and all that runs on them, and remove their files. To call it twice does no harm."""
        _end(self.process)
        if self.folder.exists():
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> DemoFleet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()


def start_demo() -> DemoFleet:
    """Start the demo machines in a child process and wait until they listen (about a second).

    The child ends with this process, however it ends: it holds one end of a pipe. Raises DemoError.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "mooring.demo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        folder, ports = _announcement(process)
    except BaseException:
        _end(process)
        raise
    return DemoFleet(folder, ports, process)


def _announcement(process: subprocess.Popen[bytes]) -> tuple[Path, dict[str, int]]:
    """Read the child's one line of JSON."""
    line = _read_line(process)
    try:
        message = msgspec.json.decode(line, type=Announcement)
    except msgspec.MsgspecError:
        process.kill()
        complaint = process.communicate()[1].decode(errors="replace").strip()
        raise DemoError("the demo machines did not start", hint=complaint.rpartition("\n")[2] or None) from None
    if message.error:
        raise DemoError(f"the demo machines did not start: {message.error}")
    return Path(message.folder), message.ports


def _read_line(process: subprocess.Popen[bytes]) -> bytes:
    if process.stdout is None:
        raise RuntimeError("the demo was started without its pipes")
    descriptor = process.stdout.fileno()
    deadline = time.monotonic() + _START_SECONDS
    line = b""
    while not line.endswith(b"\n"):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise DemoError(f"the demo machines did not start within {_START_SECONDS:.0f} seconds")
        data = os.read(descriptor, 65536)
        if not data:
            break
        line += data
    return line


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close our end of the lifeline, and wait for the child to clean up."""
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
