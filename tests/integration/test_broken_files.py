"""Every file that Mooring reads, broken in turn and all at once: it starts, says where and why, and leaves the file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mooring.cli.main import run
from mooring.commands.usage import CommandUsage
from mooring.model.origin import Origin
from mooring.model.saved_command import SavedCommand
from mooring.store import Paths, RecentFile
from support.screens import running_screens

PERSONS = {
    "settings.toml": "theme = 5\nsplash = [\n",
    "machines.toml": '[[machine]]\nname = "web-1"\nhost = "192.0.2.1"\n[[machine]]\nname = \n',
    "commands.toml": '[[command]]\nname = "df"\ncommand = "df"\n[[command]]\nname = "x\n',
    "annotations.toml": '[[machine]]\nname = "web-1"\ntags = [\n',
    "workspaces.toml": '[[workspace]]\nname = "a"\n[[workspace.tab]]\nmachine = \n',
}
"""A person's own files, cut off in the middle."""

OURS = {"recent.json": '{"web-1": [[1.0, "na', "commands.json": '{"favourites": ["a'}
"""What Mooring itself remembers; nobody has to mend it."""


def truncated(path: Path) -> None:
    path.write_text({**PERSONS, **OURS}[path.name])


def wrong_types(path: Path) -> None:
    table = path.stem.rstrip("s")
    path.write_text("[1, 2]" if path.suffix == ".json" else f"{table} = 3\ntheme = {{}}\n")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def unreadable(path: Path) -> None:
    path.symlink_to(path.name)


def directory(path: Path) -> None:
    path.mkdir()


def fifo(path: Path) -> None:
    os.mkfifo(path)


BREAKAGES = (truncated, wrong_types, binary, unreadable, directory, fifo)


def place(name: str) -> Path:
    paths = Paths.of_this_person()
    folder = paths.state if name in OURS else paths.config
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def looks(folder: Path) -> dict[str, object]:
    """All there is in a folder, to the byte; what is no file by its kind."""
    return {
        path.name: path.read_bytes() if path.is_file() and not path.is_symlink() else path.lstat().st_mode
        for path in folder.iterdir()
    }


@pytest.mark.parametrize("break_it", BREAKAGES)
@pytest.mark.parametrize("name", [*PERSONS, *OURS])
def test_one_broken_file_is_said_with_its_place_and_stays(
    name: str, break_it: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = place(name)
    break_it(path)
    before = looks(path.parent)
    run(["-F", "none", "doctor", "--json"])
    found = [entry for entry in json.loads(capsys.readouterr().out) if entry["level"] in ("problem", "warning")]
    about = [entry for entry in found if str(path) in (entry["file"] or entry["what"])]
    assert bool(about) == (name in PERSONS), found
    if break_it is truncated and about:
        assert about[0]["line"] is not None
    assert looks(path.parent) == before


def test_what_mooring_remembers_is_set_aside_before_it_is_written_anew() -> None:
    recent, usage = place("recent.json"), place("commands.json")
    for path in (recent, usage):
        truncated(path)
    command = SavedCommand("df", "df", Origin("commands.toml", 1))
    assert RecentFile(recent).record("web-2", "native").of("web-2")
    CommandUsage(usage).set_favourite(command, wanted=True)
    assert {path.name for path in recent.parent.iterdir()} >= {"recent.json.broken", "commands.json.broken"}
    assert recent.with_name("recent.json.broken").read_text() == OURS["recent.json"]
    assert RecentFile(recent).load().of("web-2")
    assert CommandUsage(usage).is_favourite(command)


def test_with_all_of_them_broken_the_screens_start_and_overwrite_nothing() -> None:
    paths = Paths.of_this_person()
    for name in (*PERSONS, *OURS):
        truncated(place(name))
    config, state = looks(paths.config), looks(paths.state)
    with running_screens("-F", "none", columns=200) as tmux:
        tmux.wait_for("web-1")
        tmux.wait_for("settings.toml:3")
        tmux.send("q")
        tmux.wait_until_dead()
    assert looks(paths.config) == config
    assert {name: looks(paths.state)[name] for name in state} == state
