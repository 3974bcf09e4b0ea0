"""The screens end without a word and come back: what was on them is there again."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.command_line import run_mooring
from support.screens import running_screens
from support.sshd import SshServer
from support.waiting import process_runs, wait_until


@pytest.fixture
def config(plain_sshd: SshServer) -> Path:
    return plain_sshd.write_client_config("harbour")


@pytest.fixture
def engines() -> Iterator[set[int]]:
    """Engines that a test has seen; they are gone at the end."""
    seen = set[int]()
    yield seen
    for process_id in seen:
        if process_runs(process_id):
            os.kill(process_id, signal.SIGTERM)
    wait_until(lambda: not any(map(process_runs, seen)), what="the engines end")


def listed(engines: set[int]) -> list[dict[str, Any]]:
    """What `mooring sessions` tells."""
    done = run_mooring("sessions", "--json")
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    engines.update(engine["process_id"] for engine in told)
    return told


def test_quitting_keeps_sessions_and_another_mooring_takes_them_over(config: Path, engines: set[int]) -> None:
    # In ninety columns the list, whose measured times change, is folded away.
    with running_screens("-F", str(config), columns=90) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("vim -u NONE -i NONE -n +'set nu' $(seq 30)\r")
        tmux.wait_for("[New File]", absent="there>")
        tmux.type(":call setline(1, range(100, 200))\r50Gzt3iwords\x1b")
        tmux.wait_for("wordswordswords149")
        before = tmux.screen
        tmux.send("F12", "m")
        tmux.send("q")
        tmux.wait_for("1 session is open", "Quit and keep it running")
        tmux.send("Enter")
        tmux.wait_for("1 session goes on; mooring attach shows it")
        assert tmux.wait_until_dead() == 0
    [engine] = listed(engines)
    assert engine["ui"] is None and engine["ends"] is None
    with running_screens("-F", str(config), columns=90) as first:
        assert first.wait_for("wordswordswords149").splitlines()[1:-1] == before.splitlines()[1:-1]
        with running_screens("-F", str(config), "attach", "--take-over", columns=90) as second:
            second.wait_for("wordswordswords149", "● open")
            first.wait_for("Another Mooring shows harbour now", "has taken these sessions over")
            first.send("F12", "m")
            first.send("q")
            assert first.wait_until_dead() == 0
            second.type(":q!\r")
            second.wait_for("30 files to edit", "there> ", absent="149")
            second.type("exit\r")
            second.wait_for("harbour ended with status 0")
            second.send("F12", "m")
            second.send("q")
            assert second.wait_until_dead() == 0
    wait_until(lambda: not process_runs(engine["process_id"]), what="the engine ends with its UI")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL])
def test_sessions_go_on_without_screens_and_are_shown_by_the_next(
    config: Path, engines: set[int], number: signal.Signals
) -> None:
    with running_screens("-F", str(config), keeps_sessions=True) as tmux:
        tmux.wait_for("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type("echo it was $((6*7)) before\r")
        tmux.wait_for("it was 42 before")
        [engine] = listed(engines)
        assert engine["ui"] == tmux.process
        refused = run_mooring("attach")
        assert b"another mooring" in refused.stderr and b"--take-over" in refused.stderr
        os.kill(tmux.process, number)
        tmux.wait_until_dead()
    wait_until(lambda: listed(engines)[0]["ui"] is None, what="the engine notices that its UI is gone")
    [engine] = listed(engines)
    assert [(each["machine"], each["state"]) for each in engine["sessions"]] == [("harbour", "open")]
    table = run_mooring("sessions").stdout.decode()
    assert "harbour" in table and "nobody" in table
    with running_screens("-F", str(config), "attach") as tmux:
        tmux.wait_for("it was 42 before", "● open")
        tmux.type("exit 3\r")
        tmux.wait_for("harbour ended with status 3")
        tmux.send("q")
    wait_until(lambda: not process_runs(engine["process_id"]), what="the engine ends with its UI")
    assert run_mooring("attach").stderr == b"mooring: there are no sessions to attach to\n"
