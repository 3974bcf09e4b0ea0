"""Where Mooring's files are, by the customs of the operating system (XDG on Linux)."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin

_NAME = "mooring"


@dataclass(frozen=True, slots=True)
class Paths:
    """Mooring's three directories: none is created before something is written to it.

    `config` is the person's (settings, machines, commands), `state` is ours (logs, history), `runtime` holds sockets
    and goes with the login session.
    """

    config: Path
    state: Path
    runtime: Path

    @classmethod
    def of_this_person(cls) -> Paths:
        """The usual places, from the environment."""
        state = platformdirs.user_state_path(_NAME, appauthor=False)
        # Without a login session there is no runtime directory; platformdirs would go to /tmp, where others write too.
        session = os.environ.get("XDG_RUNTIME_DIR", "")
        return cls(
            config=platformdirs.user_config_path(_NAME, appauthor=False),
            state=state,
            runtime=Path(session) / _NAME if _is_ours(session) else state / "run",
        )

    @classmethod
    def inside(cls, folder: Path) -> Paths:
        """The same three below one folder, for what must leave nothing behind."""
        return cls(config=folder / "config", state=folder / "state", runtime=folder / "run")

    @property
    def settings_file(self) -> Path:
        """What `mooring.store.settings` reads."""
        return self.config / "settings.toml"

    @property
    def machines_file(self) -> Path:
        """The person's own machines, read by `mooring.inventory`."""
        return self.config / "machines.toml"

    @property
    def annotations_file(self) -> Path:
        """What the person adds to machines of other sources, read by `mooring.inventory`."""
        return self.config / "annotations.toml"

    @property
    def recent_file(self) -> Path:
        """When the person was on which machine, kept by `mooring.store.recent`."""
        return self.state / "recent.json"

    @property
    def answers(self) -> Path:
        """The last answers of programs that name machines, kept by `mooring.inventory`."""
        return self.state / "answers"

    @property
    def commands_file(self) -> Path:
        """The person's saved commands, read by `mooring.commands`."""
        return self.config / "commands.toml"

    @property
    def command_usage_file(self) -> Path:
        """Favourite commands and the values last given to them."""
        return self.state / "commands.json"

    @property
    def completion_file(self) -> str:
        """The words that shells are offered, kept by `mooring.cli.completion`."""
        return str(self.state / "completion.json")

    @property
    def runs(self) -> Path:
        """The folder of fleet runs that were, kept by `mooring.fleet`."""
        return self.state / "runs"

    @property
    def recordings(self) -> Path:
        """Where sessions are recorded to, unless the settings name another folder."""
        return self.state / "recordings"

    @property
    def workspaces_file(self) -> Path:
        """The workspaces that the person saved, kept by `mooring.store.workspaces`."""
        return self.config / "workspaces.toml"

    @property
    def engine_log(self) -> Path:
        """What the engine process complains to."""
        return self.state / "engine.log"


def make_private_directory(path: Path) -> Path:
    """Create `path` with mode 0700 where it is missing, and its parents as mkdir -p does."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def make_runtime_directory(path: Path) -> Path:
    """Create `path` for sockets, and make sure that nobody else could have put it there or can reach into it.

    XDG_RUNTIME_DIR can name a place where another user may be first. Raises ConfigError when the directory
    is not ours alone.
    """
    make_private_directory(path)
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise ConfigError("belongs to somebody else, and can't hold our sockets", Origin(str(path)))
    if status.st_mode & 0o077:
        path.chmod(0o700)
    return path


def _is_ours(session: str) -> bool:
    """Whether a runtime directory is there for us: behind `su` and `sudo` the variable may be somebody else's."""
    try:
        status = os.stat(session)  # noqa: PTH116 (an empty name is no directory, where Path takes it for the current one)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and os.access(session, os.W_OK | os.X_OK)
