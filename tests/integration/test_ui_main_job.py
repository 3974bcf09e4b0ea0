"""The main job, as a person does it: the real program in a real terminal, against a real sshd."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.programs import require_program
from support.screens import running_screens
from support.sshd import SshServer
from support.tmux import Tmux
from support.waiting import wait_until


def write_fleet(sshd: SshServer, folder: Path, *extra: str) -> Path:
    """An ssh_config with the test's server under a name, and others that nobody answers for."""
    config = sshd.write_client_config("harbour", *extra)
    others = "".join(f"Host quay-{n}\n  HostName 127.0.0.1\n  Port 1\n" for n in range(1, 6))
    fleet = folder / "config"
    fleet.write_text(config.read_text() + others)
    fleet.chmod(0o600)
    return fleet


@contextmanager
def program(config: Path, *, columns: int = 120, lines: int = 34) -> Iterator[Tmux]:
    """Mooring on that configuration, the machines listed."""
    with running_screens("-F", str(config), columns=columns, lines=lines) as tmux:
        tmux.wait_for("quay-5")
        yield tmux


def open_harbour(tmux: Tmux) -> None:
    """Filter, and open from the filter."""
    tmux.send("/")
    tmux.type("hrb")
    tmux.wait_for("1 of 6")
    tmux.send("Enter")
    tmux.wait_for("● open", "native")


@pytest.fixture
def fleet(plain_sshd: SshServer, tmp_path: Path) -> Path:
    return write_fleet(plain_sshd, tmp_path)


def test_list_filter_open_run_edit_hand_over_come_back_and_quit(fleet: Path) -> None:
    require_program("vim")
    require_program("ssh")
    with program(fleet) as tmux:
        open_harbour(tmux)
        tmux.type("echo $((6 * 7)) $TERM\r")
        tmux.wait_for("42 xterm-256color")

        tmux.type("vim -u NONE -N\r")
        tmux.wait_for("~", absent="42 xterm-256color")
        # A few rounds before leaving: answers to what vim asks of the terminal must not be left to the shell.
        for letters in ("moor", "ing", "s"):
            tmux.type(f"A{letters}")
            tmux.wait_for(letters)
            tmux.send("Escape")
            # An ESC that arrives together with the next letter is alt with that letter.
            tmux.wait_for(letters, absent="-- INSERT --")
        tmux.wait_for("moorings")
        tmux.type(":q!\r")
        tmux.wait_for("42 xterm-256color", "there>")

        tmux.send("F12")
        tmux.wait_for("x close", "s ssh")
        tmux.send("s")
        tmux.wait_for_match(r"^there> *$")
        tmux.type("echo by hand; exit 3\r")
        tmux.wait_for("ssh to harbour ended with status 3", "42 xterm-256color", "● open")

        tmux.type("exit 5\r")
        tmux.wait_for("harbour ended with status 5", "42 xterm-256color")
        tmux.send("F12", "x")
        tmux.wait_for("1 Machines", absent="2 ■")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0
        assert not tmux.has_alternate_screen


def test_keys_that_other_programs_keep_reach_the_remote(fleet: Path) -> None:
    with program(fleet) as tmux:
        open_harbour(tmux)
        tmux.type("stty raw -echo; PS1=; printf 'rea''dy\\r\\n'; od -An -tx1 -v -w1\r")
        tmux.wait_for("ready")
        for key, code in (("C-c", "03"), ("C-q", "11"), ("C-p", "10"), ("M-.", "1b"), ("Escape", "1b")):
            tmux.send("C-l")
            tmux.send(key)
            tmux.wait_for(code)


def test_quitting_asks_while_a_session_is_open_and_ends_it_by_a_key(fleet: Path) -> None:
    with program(fleet) as tmux:
        open_harbour(tmux)
        tmux.send("F12", "m")
        tmux.wait_for("quit", "filter")
        tmux.send("q")
        tmux.wait_for("1 session is open")
        tmux.send("Escape")
        tmux.wait_for("● open", absent="1 session is open")
        tmux.send("q")
        tmux.wait_for("1 session is open")
        tmux.send("e")
        assert tmux.wait_until_dead() == 0


def test_closing_a_tab_asks_while_its_shell_is_open_and_enter_means_yes(fleet: Path) -> None:
    with program(fleet) as tmux:
        open_harbour(tmux)
        tmux.send("F12", "x")
        tmux.wait_for("1 session is open", "Close and end it")
        tmux.send("Escape")
        tmux.wait_for("● open", absent="1 session is open")
        tmux.type("echo still $((6 * 7))\r")
        tmux.wait_for("still 42")
        tmux.send("F12", "x")
        tmux.wait_for("1 session is open")
        tmux.send("Enter")
        tmux.wait_for("enter open", absent="2 ● harbour")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0


def test_where_the_native_client_was_asked_for_nothing_is_handed_over_and_that_is_said(fleet: Path) -> None:
    with running_screens("--native-ssh", "-F", str(fleet)) as tmux:
        tmux.wait_for("quay-5")
        tmux.send("o")
        tmux.wait_for("--native-ssh was asked for: there is nothing to hand over to")
        open_harbour(tmux)
        tmux.send("F12", "s")
        tmux.wait_for("--native-ssh was asked for: there is nothing to hand over to", "● open")


def test_searching_copying_and_pasting_in_a_session(fleet: Path) -> None:
    with program(fleet) as tmux:
        # What a program copies by OSC 52 becomes a buffer of tmux's.
        tmux.run("set-option", "-s", "set-clipboard", "on")
        open_harbour(tmux)
        tmux.type("seq -f 'entry %g.' 500\r")
        tmux.wait_for("entry 500.")
        tmux.send("F12", "/")
        tmux.wait_for("stay here", "go back")
        tmux.type("entry 7")
        tmux.wait_for("11 of 11", "entry 79.")
        tmux.send("Up")
        tmux.wait_for("10 of 11")
        tmux.send("Enter")
        tmux.wait_for("f12 leader", "entry 78.", absent="10 of 11")
        tmux.send("F12", "[")
        tmux.wait_for("copy mode")
        tmux.type("?entry 44.")
        tmux.wait_for("1 of 1 ", "│entry 44.")
        tmux.send("Enter")
        tmux.wait_for("copy mode", absent="1 of 1 ")
        tmux.type("Vjy")
        tmux.wait_for("copied 2 lines", absent="copy mode")
        wait_until(lambda: tmux.run("list-buffers") != "", what="the terminal has what was copied")
        assert tmux.run("show-buffer") == "entry 44.\nentry 45."
        tmux.type("cat\r")
        tmux.wait_for_match(r"│there> cat$")
        tmux.run("set-buffer", "first\nsecond\n")
        tmux.run("paste-buffer", "-p")
        tmux.wait_for("Paste 2 lines into harbour?", "second", "Leave it")
        tmux.send("Enter")
        tmux.wait_for_match(r"│second(?s:.*)│second")
