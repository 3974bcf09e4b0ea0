"""The keys and bounds that settings.toml gives to a session, in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.store import Paths
from support.screens import running_screens
from support.sshd import SshServer


@pytest.fixture
def config(plain_sshd: SshServer) -> Path:
    return plain_sshd.write_client_config("harbour")


def write_settings(text: str) -> None:
    """Write the person's settings into the test's own home."""
    file = Paths.of_this_person().settings_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_the_compact_preset_needs_no_page_keys_and_no_function_keys(config: Path) -> None:
    write_settings('key_preset = "compact"\n')
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        tmux.send("Enter")
        tmux.wait_for("● open", "ctrl+g leader", "alt+← → tabs")
        tmux.type("seq -f 'line %g.' 100\r")
        tmux.wait_for("line 100.")
        tmux.send("M-Up")
        tmux.wait_for("line 60.", absent="line 100.")
        tmux.send_bytes(b"\x1b[1;4A")
        tmux.wait_for("line 1.", absent="line 60.")
        tmux.send_bytes(b"\x1b[1;4B")
        tmux.wait_for("line 100.")
        tmux.send("M-Left")
        tmux.wait_for("enter open")
        tmux.send("M-Right")
        tmux.wait_for("ctrl+g leader")
        tmux.type("exit\r")
        tmux.wait_for("r reconnect")
        tmux.send("M-Up")
        tmux.wait_for("line 60.", absent="line 100.")
        tmux.send("C-g")
        tmux.wait_for("x close")
        tmux.send("x")
        tmux.wait_for("enter open", absent="r reconnect")


def test_the_memory_of_the_scrollback_is_bounded_by_the_settings(config: Path) -> None:
    write_settings("scrollback_lines = 1000000\nscrollback_megabytes = 1\n")
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("echo 'the be''ginning'; seq -f 'number %060.0f' 60000; echo 'the e''nd'\r")
        tmux.wait_for("the end")
        tmux.send_bytes(b"\x1b[1;2H")
        tmux.wait_for_match(r"│number 0{50}", seconds=20)
        assert "the beginning" not in tmux.screen
