"""The demonstration writes to its own folder and nowhere else, and that is gone with it."""

from __future__ import annotations

import os
from pathlib import Path

from support.command_line import run_mooring
from support.screens import running_screens
from support.waiting import wait_until


def files_below(folder: Path) -> list[str]:
    """Every file, by its path below `folder`."""
    return [
        os.path.relpath(Path(parent) / name, folder) for parent, _folders, names in os.walk(folder) for name in names
    ]


def test_the_screens_leave_nothing_of_a_demo_behind(own_home: Path, tmp_path: Path) -> None:
    with running_screens("--demo", environment={"TMPDIR": str(tmp_path)}) as tmux:
        tmux.wait_for("web-1")
        tmux.send("/")
        tmux.type("web-1")
        tmux.wait_for("1 of")
        tmux.send("Enter")
        tmux.wait_for("● open")
        assert list(tmp_path.glob("mooring-demo-*/mooring/state/engine.log"))
        tmux.send("F12", "x")
        tmux.wait_for("1 session is open")
        tmux.send("Enter")
        tmux.wait_for("web-1", absent="● open")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0
    wait_until(lambda: files_below(tmp_path) == [], what="the demo's folder is removed")
    assert files_below(own_home) == []


def test_a_command_leaves_nothing_of_a_demo_behind(own_home: Path, tmp_path: Path) -> None:
    run = run_mooring("--demo", "--native-ssh", "ssh", "web-1", "echo", "there", environment={"TMPDIR": str(tmp_path)})
    assert (run.returncode, run.stdout) == (0, b"there\n"), run.stderr
    wait_until(lambda: files_below(tmp_path) == [], what="the demo's folder is removed")
    assert files_below(own_home) == []
