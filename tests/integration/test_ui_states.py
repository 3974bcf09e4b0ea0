"""What the real program does when things are not as they should be."""

from __future__ import annotations

import os
import re
import shlex
import signal
from pathlib import Path

import pytest

from mooring.store.paths import Paths
from support.command_line import MOORING
from support.screens import running_screens
from support.sshd import SshServer
from support.tmux import running_in_tmux
from support.waiting import process_runs, wait_until


def children(process: int) -> list[int]:
    """The pids of a process's children, of all its threads."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


@pytest.fixture
def config(plain_sshd: SshServer) -> Path:
    return plain_sshd.write_client_config("harbour")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal_and_ends_the_engine(
    config: Path, own_home: Path, number: signal.Signals
) -> None:
    settings = own_home / ".config/mooring/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("keep_sessions_minutes = 0\n")
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        offspring = children(tmux.process)
        assert offspring, "the engine is a child of the program"
        os.kill(tmux.process, number)
        assert tmux.wait_until_dead() == 128 + number
        assert not tmux.has_alternate_screen
        wait_until(lambda: not any(map(process_runs, offspring)), what="the engine ends")


def test_an_engine_that_dies_is_said_and_the_next_session_gets_another(config: Path) -> None:
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("echo still to be read\r")
        tmux.wait_for_match(r"│still to be read")
        for engine in children(tmux.process):
            os.kill(engine, signal.SIGKILL)
        tmux.wait_for("The engine that carried harbour is gone", "still to be read", "✕ failed")
        tmux.send("F12", "r")
        tmux.wait_for("● open", absent="The engine that carried")


def test_a_session_whose_server_is_killed_comes_back_in_its_tab_unless_that_is_not_wanted(
    config: Path, own_home: Path
) -> None:
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("kill -9 $PPID")
        # What is not here yet would go with the connection.
        tmux.wait_for("kill -9 $PPID")
        tmux.send("Enter")
        tmux.wait_for("lost: Connection to 127.0.0.1 closed by remote host.", "any key tries now", "↻ harbour")
        tmux.send("Space")
        tmux.wait_for("connected again", "● open", absent="lost:")
        tmux.type("echo $((6*7)) again\r")
        tmux.wait_for("42 again", "kill -9 $PPID")
    settings = own_home / ".config" / "mooring" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("reconnect = false\nkeep_sessions_minutes = 0\n")
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("kill -9 $PPID\r")
        tmux.wait_for("The connection to harbour was lost", "r reconnect")


def test_a_terminal_too_small_says_so_and_recovers(config: Path) -> None:
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("harbour")
        tmux.resize(39, 9)
        tmux.wait_for("Too small: 39x9", "40x10", absent="harbour")
        tmux.resize(100, 30)
        tmux.wait_for("harbour", absent="Too small")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0


def test_started_in_a_tiny_terminal_it_says_so(config: Path) -> None:
    with running_screens("-F", str(config), columns=20, lines=5) as tmux:
        tmux.wait_for("Too small")
        tmux.send("q")


def test_without_any_machine_it_says_what_to_do(tmp_path: Path) -> None:
    empty = tmp_path / "config"
    empty.touch(mode=0o600)
    with running_screens("-F", str(empty)) as tmux:
        tmux.wait_for("No machines yet", "your ssh configuration", "mooring --demo", "[[machine]]")
        tmux.wait_for("n new   tab details   , settings", absent="enter open")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0


def test_a_broken_configuration_names_its_line_and_the_rest_is_listed(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(f"Host quay\nInclude {tmp_path}/broken\nHost pier\n")
    (tmp_path / "broken").write_text('Host "reef\n')
    for file in (config, tmp_path / "broken"):
        file.chmod(0o600)
    with running_screens("-F", str(config)) as tmux:
        screen = tmux.wait_for("quay", "pier", "! ")
        panel = "".join(line.partition("│")[0].strip() for line in screen.splitlines())
        assert "broken line 1: invalid quotes" in panel
        tmux.send("q")
        assert tmux.wait_until_dead() == 0


def test_below_a_hundred_columns_one_thing_is_seen_at_a_time(config: Path) -> None:
    with running_screens("-F", str(config), columns=80, lines=24) as tmux:
        tmux.wait_for("harbour", absent="What ssh makes of it")
        tmux.send("Tab")
        tmux.wait_for("What ssh makes of it", absent="/ filter")
        tmux.send("Tab")
        tmux.wait_for("/ filter", absent="What ssh makes of it")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("stty size\r")
        tmux.wait_for("22 80", absent="/ filter")
        tmux.send("F12", "m")
        tmux.wait_for("/ filter")
        tmux.send("Escape")
        tmux.wait_for("22 80", absent="/ filter")


def test_the_remote_side_follows_the_size(config: Path) -> None:
    with running_screens("-F", str(config), columns=80, lines=24) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("while stty size; do sleep 0.1; done\r")
        tmux.wait_for("22 80")
        # Faster than anybody drags an edge.
        for number in range(50):
            tmux.resize(70 + number % 17, 20 + number % 9)
        tmux.resize(90, 40)
        tmux.wait_for("38 90", "● open")
        tmux.send("C-c")
        tmux.type("echo $((6*7)) lines\r")
        tmux.wait_for("42 lines")


def test_without_colours_every_state_still_has_its_sign(config: Path) -> None:
    with running_screens("-F", str(config), environment={"NO_COLOR": "1"}) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● harbour", "✓", "● open")


def test_errors_that_go_to_a_file_leave_the_screens_where_they_are_seen(config: Path, tmp_path: Path) -> None:
    line = f"{shlex.join([*MOORING, '-F', str(config)])} 2> {shlex.quote(str(tmp_path / 'errors'))}"
    with running_in_tmux(["sh", "-c", line]) as tmux:
        tmux.wait_for("harbour", "enter open")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0


@pytest.mark.parametrize("terminal", ["linux", "xterm-16color"])
def test_sixteen_colours_keep_their_meanings(config: Path, terminal: str) -> None:
    with running_screens("-F", str(config), columns=80, lines=24, terminal=terminal) as tmux:
        tmux.wait_for("• harbour", " ms")
        painted = tmux.screen_with_styles
        assert "[38;" not in painted
        assert "[48;" not in painted
        (row,) = [line for line in painted.splitlines() if "harbour" in line]
        blue, bright_green, bright_white = "44", "92", "97"
        assert re.search(rf"\x1b\[{bright_green}m[^\x1b]*•", row), row
        assert re.search(rf"\x1b\[{bright_white}m[^\x1b]*harbour", row), row
        assert f"[{blue}m" in row
        tmux.send("Enter")
        tmux.wait_for("● harbour", "✓", "● open")
        tmux.type("printf '\\e[38;5;196mred\\e[0m\\n'\r")
        tmux.wait_for_match(r"^ *red *$")


def test_the_splash_can_be_turned_off(config: Path) -> None:
    settings = Paths.of_this_person().settings_file
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("splash = false\n")
    settings.chmod(0o600)
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open", "there>", absent="native ssh, publickey")
