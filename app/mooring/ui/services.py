"""What the application is given to work with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mooring import desktop, session, system_ssh
from mooring.model.errors import MooringError
from mooring.store import Settings
from mooring.ui import sessions
from mooring.ui.keys import Keymap
from mooring.ui.keys.tables import standard

if TYPE_CHECKING:
    from mooring.desktop import ClipboardProgram
    from mooring.inventory import Source
    from mooring.inventory.looks import FileState
    from mooring.session import SessionListener, Sessions, TerminalChoices

NO_SSH = "no ssh program is here to hand over to"


@dataclass(frozen=True, slots=True)
class Services:
    """The parts below the screen, each replaceable: `sources` name the machines, in order of precedence.

    `problems` are what went wrong before the screen was there (settings). `keymap` are the keys that they ask for.
    `config_file` and `machines_file` are named to somebody who has no machines yet; what the person adds to machines
    goes to `annotations_file`, and connections are remembered in `recent_file`, None for nowhere. With `probe_visible`
    machines in view are looked for without anybody's asking. `find_ssh` gives None where handing over is not possible
    or not wanted, which `without_ssh` then says. `to_open` names what to begin with: a workspace, or machines.
    `keeps_sessions` says whether sessions may go on without the screens.
    `settings_looks` is how `settings_file` looked when it was read: a change since then holds at once, as one from the
    screens does; None for a file that nobody watches. `choices_of` makes of the settings what new sessions get, and
    `sources_of` the sources, where those may change while the program runs.
    `commands_file` holds the saved commands, `command_usage_file` what was done with them, `runs_folder` the runs that
    were; a project's own commands are looked for from `project_folder` upwards, None for nowhere.
    """

    sources: tuple[Source, ...]
    settings: Settings = field(default_factory=Settings)
    keymap: Keymap = field(default_factory=lambda: Keymap(standard(), standard()))
    problems: tuple[MooringError, ...] = ()
    make_sessions: Callable[[SessionListener], Sessions] = lambda listener: session.Sessions(listener)
    find_ssh: Callable[[], str | None] = lambda: system_ssh.find_ssh()
    find_clipboard: Callable[[], ClipboardProgram | None] = lambda: desktop.find_clipboard(os.environ)
    without_ssh: str = NO_SSH
    config_file: str | None = None
    machines_file: Path = Path("machines.toml")
    annotations_file: Path = Path("annotations.toml")
    recent_file: Path | None = None
    probe_visible: bool = False
    settings_file: Path = Path("settings.toml")
    settings_looks: Mapping[str, FileState] | None = None
    choices_of: Callable[[Settings], TerminalChoices] = lambda settings: sessions.terminal_choices(settings)
    sources_of: Callable[[Settings], tuple[Source, ...]] | None = None
    workspaces_file: Path = Path("workspaces.toml")
    commands_file: Path = Path("commands.toml")
    command_usage_file: Path = Path("commands.json")
    runs_folder: Path = Path("runs")
    project_folder: Path | None = None
    to_open: tuple[str, ...] = ()
    keeps_sessions: bool = True
