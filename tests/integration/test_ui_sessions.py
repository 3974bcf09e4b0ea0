"""A working day's sessions in the real program, against a real sshd."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from support.screens import running_screens
from support.sshd import SshServer
from support.tmux import Tmux


@pytest.fixture
def config(plain_sshd: SshServer) -> Path:
    return plain_sshd.write_client_config("harbour")


def test_a_tab_is_divided_and_each_shell_has_the_size_that_is_seen(config: Path) -> None:
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        tmux.send("Enter")
        tmux.wait_for("● open", "there>")
        tmux.send("F12", "|")
        tmux.wait_for_match(r"there>.*│there>")
        tmux.type("echo right $(stty size)\r")
        tmux.wait_for("right 31 44")
        tmux.send("F12", "Left")
        tmux.type("echo left $(stty size)\r")
        tmux.wait_for("left 31 45", "right 31 44")
        tmux.send("F12", "S-Left", "S-Left")
        tmux.wait_for("any other key goes on")
        tmux.type("echo smaller $(stty size)\r")
        tmux.wait_for("smaller 31 37")
        tmux.type("printf '\\033]2;logs of the day\\007'\r")
        tmux.wait_for("harbour · logs of the day")
        tmux.send("F12", "!")
        tmux.wait_for("3 ● harbour (2)", "smaller 31 37", absent="right 31 44")
        tmux.type("echo alone $(stty size)\r")
        tmux.wait_for("alone 32 90")
        tmux.send("F12", "!")
        tmux.wait_for("alone 32 90", "right 31 44", absent="harbour (2)")
        tmux.type("exit 3\r")
        tmux.wait_for("ended with status 3")
        tmux.send("F12", "x")
        tmux.wait_for("right 31 44", absent="alone 32 90")
        tmux.type("echo whole $(stty size)\r")
        tmux.wait_for("whole 32 90")


def test_what_is_typed_goes_to_every_shell_that_was_chosen(config: Path) -> None:
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        tmux.send("Enter")
        tmux.wait_for("● open", "there>")
        tmux.send("F12", "v")
        tmux.wait_for_match(r"there>.*│there>")
        tmux.send("F12", "b")
        tmux.wait_for("enter starts with 2")
        tmux.send("Enter")
        tmux.wait_for("BROADCAST: you type into 2 sessions", "» ● harbour")
        tmux.type("echo both $((6 * 7))\r")
        tmux.wait_for_match(r"│both 42 +│both 42")
        tmux.send("F12", "b")
        tmux.wait_for("the broadcast is over")
        tmux.type("echo one $((5 * 7))\r")
        assert "one 35" in tmux.wait_for_match(r"│ +│one 35|│there> +│one 35")


def test_a_workspace_is_saved_and_opened_from_the_command_line(config: Path) -> None:
    with running_screens("-F", str(config), "open", "harbour") as tmux:
        tmux.wait_for("2 ")
        tmux.wait_for("● open", "there>")
        tmux.send("F12", "-")
        tmux.wait_for_match(r"there>[^$]*there>")
        tmux.send("F12", "e")
        tmux.wait_for("Name of this tab")
        tmux.type("quay\r")
        tmux.wait_for("2 ● quay +1")
        tmux.send("F12", "w")
        tmux.wait_for("a name")
        tmux.type("day")
        tmux.send("C-s")
        tmux.wait_for("workspace day is saved; mooring open day opens it")
    with running_screens("-F", str(config), "open", "day") as tmux:
        tmux.wait_for("quay +1")
        tmux.wait_for("2 ● quay +1", "● open")
        tmux.wait_for_match(r"there>[^$]*there>")
        tmux.type("stty size\r")
        tmux.wait_for_match(r"15 90|16 90")


def test_several_machines_are_opened_from_the_command_line(config: Path) -> None:
    config.write_text(config.read_text().replace("Host harbour", "Host harbour quay"))
    with running_screens("-F", str(config), "open", "harbour", "quay") as tmux:
        tmux.wait_for("2 ● harbour", "3 ● quay")
        for number in ("2", "3"):
            tmux.send("F12", number)
            tmux.wait_for("● open", "there>")
            tmux.type(f"echo shell $(({number} * 11))\r")
            tmux.wait_for(f"shell {int(number) * 11}")


@contextmanager
def stopped_server(tmux: Tmux) -> Iterator[int]:
    """Stop the process of sshd that serves the shell in view; it goes on behind the block."""
    tmux.type("clear; echo server $PPID is it\r")
    server = int(re.findall(r"server (\d+) is it", tmux.wait_for_match(r"server \d+ is it"))[-1])
    os.kill(server, signal.SIGSTOP)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.kill(server, signal.SIGCONT)


def test_a_server_that_stands_still_holds_nothing_up_and_the_session_goes_on_when_it_does(config: Path) -> None:
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        tmux.send("Enter")
        tmux.wait_for("● open", "there>")
        with stopped_server(tmux):
            tmux.type("echo typed $((40 + 2))\r")
            tmux.wait_for("◌ no answer from harbour", "what you type waits", "f12 r connects anew", seconds=60)
            tmux.type("echo held $((40 + 3))\r")
            tmux.send("F12", "[")
            tmux.wait_for("copy mode")
            tmux.send("q")
            tmux.wait_for("◌ no answer from harbour", absent="copy mode")
            # The connection that all share does not answer: this one has another.
            tmux.send("F12", "d")
            tmux.wait_for("● open", "3 ● harbour (2)", "there>", absent="no answer", seconds=60)
            tmux.type("echo beside $((40 + 4))\r")
            tmux.wait_for("beside 44")
            tmux.send("F12", "2")
            tmux.wait_for("◌ no answer from harbour")
        tmux.wait_for("typed 42", "held 43", absent="no answer")
        with stopped_server(tmux):
            tmux.send("F12", "x")
            tmux.wait_for("Close and end it")
            tmux.send("Enter")
            tmux.wait_for("1 session", absent="3 ●")
        tmux.send("F12", "2")
        tmux.wait_for("beside 44")
        with stopped_server(tmux):
            tmux.send("F12", "m")
            tmux.send("q")
            tmux.wait_for("Quit and keep it running")
            tmux.send("e")
            tmux.wait_until_dead()
