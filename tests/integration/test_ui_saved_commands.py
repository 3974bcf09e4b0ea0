"""Saved commands in the real program: beside vim on one connection, and on many machines behind a real sshd."""

from __future__ import annotations

import json
from pathlib import Path

from mooring.fleet.history import RunHistory
from support.fleet import write_fleet_config
from support.programs import require_program
from support.saved_commands import write_commands
from support.screens import running_screens
from support.sshd import SshServer
from support.waiting import wait_until

COMMANDS = """\
[[command]]
name = "who and where"
command = "echo $((6 * 7)) {{word}}; test {{machine.name}} != web-2 || { echo gone >&2; exit 3; }"
parameters.word.default = "it's"
"""
NAMES = ("web-1", "web-2", "web-3", "web-4")


def test_a_command_beside_vim_and_then_on_every_machine(sshd: SshServer, own_home: Path, tmp_path: Path) -> None:
    require_program("vim")
    config = write_fleet_config(sshd, NAMES, {"web-4": ["Port 1"]})
    write_commands(own_home / ".config" / "mooring", COMMANDS)
    (tmp_path / "notes.txt").write_text("first line\n")
    with running_screens("-F", str(config), columns=120, lines=32) as tmux:
        tmux.wait_for("enter open", "web-4")
        logins = sshd.logins
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type(f"vim -u NONE -N {tmp_path}/notes.txt\r")
        tmux.wait_for("first line", '"')
        tmux.send("F12", "c")
        tmux.wait_for("who and where", "for all machines")
        tmux.send("Enter")
        tmux.wait_for("""echo $((6 * 7)) 'it'"'"'s'; test 'web-1' != web-2""", "enter runs it")
        tmux.send("Enter")
        tmux.wait_for("42 it's", "web-1 · done", "first line")
        assert sshd.logins == logins + 1, "on the same connection"
        tmux.send("Escape")
        tmux.wait_for("f12 leader")
        tmux.type("Gosecond\x1b:wq\r")
        notes = tmp_path / "notes.txt"
        wait_until(lambda: notes.read_text() == "first line\nsecond\n", what="vim has the keys again")
        tmux.send("F12", "1")
        tmux.wait_for("name", "address")
        tmux.send("a", "r")
        tmux.wait_for("4 marked")
        tmux.send("Enter")
        tmux.wait_for("on 4 machines: web-[1-4]", "enter runs it")
        tmux.send("Enter")
        screen = tmux.wait_for("✕ web-2  status 3", "✕ web-4", "✓ web-[1,3]", "2 of 4 failed")
        assert "gone" in screen, "the first group, the smallest, is shown"
        tmux.send("d")
        tmux.wait_for("+gone")
        tmux.send("w")
        tmux.wait_for("Write these answers to", "~/mooring-")
        tmux.send("C-u")
        tmux.wait_for("Write these answers to", absent="~/mooring-")
        tmux.type(f"{tmp_path}/all.json\r")
        tmux.wait_for("written to")
    machines = json.loads((tmp_path / "all.json").read_text())["machines"]
    assert [(each["machine"], each["status"]) for each in machines] == [
        ("web-1", 0),
        ("web-2", 3),
        ("web-3", 0),
        ("web-4", 255),
    ]
    assert len(RunHistory(own_home / ".state" / "mooring" / "runs").ids()) == 2
