"""Who listens on a port of this computer, as far as we are told: of other people's programs we are not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_LISTENING = "0A"
"""TCP_LISTEN in the state column of proc(5), /proc/net/tcp."""

_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class PortHolder:
    """A process of ours that listens; `name` is that of its program."""

    process_id: int
    name: str
    is_engine: bool

    def __str__(self) -> str:
        program = "another Mooring" if self.is_engine else self.name
        return f"{program} (process {self.process_id})"


def find_port_holder(port: int) -> PortHolder | None:
    """Find the process that listens on a TCP port; None where there is none that we may look into. It blocks.

    It reads proc(5): elsewhere than on Linux there is never an answer.
    """
    inodes = {f"socket:[{inode}]" for family in ("tcp", "tcp6") for inode in _listening(family, port)}
    if not inodes:
        return None
    for folder in _PROCESSES.glob("[0-9]*"):
        if _has_open(folder, inodes):
            return _holder(folder)
    return None


def _listening(family: str, port: int) -> list[str]:
    try:
        lines = (_PROCESSES / "net" / family).read_text().splitlines()[1:]
    except OSError:
        return []
    found = []
    for line in lines:
        fields = line.split()
        if len(fields) > 9 and fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
            found.append(fields[9])
    return found


def _has_open(folder: Path, inodes: set[str]) -> bool:
    try:
        return any(str(descriptor.readlink()) in inodes for descriptor in (folder / "fd").iterdir())
    except OSError:
        # Another user's, or it has just ended.
        return False


def _holder(folder: Path) -> PortHolder | None:
    try:
        words = (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        name = (folder / "comm").read_text().strip()
    except OSError:
        return None
    return PortHolder(int(folder.name), name, "mooring.engine" in words)
