"""Real programs in the widget and in tmux alone: the same keys, the same screen, cell by cell with attributes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest

from mooring_widgets.emulator import Emulator, Style
from support.programs import require_program
from support.tmux import DEADLINE, Tmux, running_in_tmux
from support.waiting import wait_until

TESTS = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": str(TESTS), "LESSHISTFILE": "-", "PS1": "$ ", "HISTFILE": ""}


@dataclass(frozen=True)
class Step:
    """Keys to press (tmux's names), and what is then seen."""

    keys: Sequence[str]
    seen: str
    gone: str | None = None


SCRIPTS = {
    "bash": (
        ["bash", "--norc"],
        "$",
        [
            Step(["ls --color=always -d /etc /usr", "Enter"], "/usr\n$"),
            Step(["printf '\\033[1;4;38;5;200mstyled\\033[0m 日本\\n'", "Enter"], "styled 日本\n$"),
            Step(["echo one tow", "M-t", "C-a", "#", "C-e", "M-b", "M-u"], "#echo tow ONE"),
        ],
    ),
    "vim": (
        ["vim", "-u", "NONE", "-N", "-c", "set ruler nobackup hlsearch background=dark", "lines.txt"],
        "line 1",
        [
            Step(["/20", "Enter"], "20,6"),
            Step(["oinserted"], "-- INSERT --"),
            Step(["Escape"], "inserted", gone="-- INSERT --"),
            Step(["yy", "3p"], "3 more lines"),
            Step(["C-f", "C-b", "G"], "line 100"),
            Step([":vsplit", "Enter", "C-w", "w", "gg"], "1,1"),
        ],
    ),
    "less": (
        ["less", "lines.txt"],
        "line 1",
        [
            Step(["NPage", "Down", "Down"], "line 30"),
            Step(["/line 77", "Enter"], "line 77\n"),
            Step(["g", "G"], "(END)"),
        ],
    ),
    "tmux": (
        ["tmux", "-f", "inner.conf", "-S", "inner", "new-session", "-n", "window", "sh"],
        "[0]",
        [
            Step(["C-b", "%"], "│"),
            Step(["echo right", "Enter"], "│right"),
            Step(["C-b", "Left", "echo left", "Enter"], "\nleft"),
        ],
    ),
}


def cells(capture: str) -> list[tuple[str, tuple[tuple[int, Style], ...]]]:
    """What `capture-pane -e` printed, as rows with their styles: tmux writes equal screens in different ways."""
    emulator = Emulator(80, 24)
    emulator.feed(capture.rstrip("\n").replace("\n", "\r\n").encode())
    return [(row.text, row.runs) for row in emulator.rows]


def differing(direct: Tmux, widget: Tmux) -> list[object]:
    """The rows that differ, and the cursors when they do."""
    rows = zip(cells(direct.screen_with_styles), cells(widget.screen_with_styles), strict=True)
    cursors = [tmux.asks("#{cursor_x},#{cursor_y},#{cursor_flag}") for tmux in (direct, widget)]
    return [pair for pair in rows if pair[0] != pair[1]] + ([cursors] if cursors[0] != cursors[1] else [])


def settle(tmux: Tmux, step: Step) -> None:
    """Wait until a step's outcome is seen."""
    tmux.wait_for(step.seen, absent=step.gone)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_program_looks_as_it_does_without_us(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words, first, steps = SCRIPTS[name]
    program = [require_program(words[0]), *words[1:]]
    plain = ["env", "-u", "TMUX", "-u", "TMUX_PANE", "TERM=xterm-256color", "COLORTERM=truecolor", *program]
    folders = [tmp_path / side for side in ("direct", "widget")]
    for folder in folders:
        folder.mkdir()
        (folder / "inner.conf").write_text("set -g automatic-rename off\nset -g status-right ''\n")
        (folder / "lines.txt").write_text("".join(f"line {number}\n" for number in range(1, 101)))
    monkeypatch.chdir(folders[0])
    with running_in_tmux(plain, columns=80, lines=24, environment=ENVIRONMENT) as direct:
        monkeypatch.chdir(folders[1])
        wrapped = [sys.executable, "-m", "support.terminal_app", *program]
        with running_in_tmux(wrapped, columns=80, lines=24, environment=ENVIRONMENT) as widget:
            for step in [Step([], first), *steps]:
                for tmux in (direct, widget):
                    for key in step.keys:
                        tmux.send(key)
                    settle(tmux, step)
                with suppress(AssertionError):
                    wait_until(lambda: not differing(direct, widget), what="equal screens", limit=DEADLINE / 4)
                assert differing(direct, widget) == [], step


def test_htop_paints_and_leaves_the_screen_as_it_was(tmp_path: Path) -> None:
    require_program("htop")
    # htop lists the shell with its script, too.
    script = "echo be''fore; htop; echo after; read line"
    environment = {**ENVIRONMENT, "XDG_CONFIG_HOME": str(tmp_path)}
    with running_in_tmux(
        [sys.executable, "-m", "support.terminal_app", "sh", "-c", script],
        columns=100,
        lines=30,
        environment=environment,
    ) as tmux:
        screen = tmux.wait_for("Load average", "F10Quit")
        assert "before" not in screen
        tmux.send("F5")
        tmux.wait_for("F5List")
        tmux.send("F10")
        assert tmux.wait_for("after").splitlines()[:2] == ["before", "after"]


def test_an_interrupted_flood_gives_the_prompt_back_at_once() -> None:
    words = [sys.executable, "-m", "support.terminal_app", "bash", "--norc"]
    with running_in_tmux(words, columns=100, lines=30, environment={**ENVIRONMENT, "PS1": "prompt "}) as tmux:
        tmux.wait_for("prompt")
        tmux.type("yes\n")
        tmux.wait_for("y\ny\ny\ny\ny\n")
        began = perf_counter()
        tmux.send("C-c")
        tmux.wait_for("^C\nprompt")
        # On a quiet machine 0.1 s; the aim is 0.3 s, and tests run beside others.
        assert perf_counter() - began < 2.0
