"""Shells, editors and pickers that draw over what they drew: after each key tmux shows the same cells and cursor."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.driven_programs import driving
from support.programs import require_program
from support.tmux_reference import assert_same_screen, tmux_reference


@dataclass(frozen=True)
class Script:
    """A program without the person's own configuration; each step is what is typed and what has to be seen then."""

    words: list[str]
    steps: list[tuple[bytes, str]]
    environment: dict[str, str] = field(default_factory=dict)


TEXT = "".join(
    f"def function_{letter}():\n    return '{letter}\u00e9\u65e5'  # a comment\n\n" for letter in string.ascii_lowercase
)

SCRIPTS = {
    "nano": Script(
        ["nano", "--ignorercfiles", "--linenumbers", "--syntax=python", "text.py"],
        [
            (b"", "function_a"),
            (b"\x16", "function_m"),
            (b"hello ", "hello"),
            (b"\x0b\x15", "hello"),
            (b"\x17function_z\r", "function_z"),
            (b"\x18", "Save modified buffer"),
            (b"\x03", "Cancelled"),
        ],
    ),
    "mc": Script(
        ["mc", "--nosubshell", "--color", "places", "places"],
        [
            (b"", "10Quit"),
            (b"\x1bOB\x1bOB", "10Quit"),
            (b"\x1b[20~", "Left"),
            (b"\x1bOB", "File listing"),
            (b"\x1bOC", "View file..."),
            (b"\x1b\x1b", "10Quit"),
            (b"\t", "10Quit"),
            (b"\x1b[18~", "Create a new Directory"),
            (b"delta", "delta"),
        ],
    ),
    "zsh": Script(
        ["zsh", "-f", "-i"],
        [
            (b"", "plain> "),
            (b"PROMPT='%F{green}%B%1~%b%f > ' RPROMPT='%F{208}%U%?%u%f'; clear\r", "> "),
            (b"autoload -U compinit; compinit -D; zstyle ':completion:*' menu select; echo rea\"\"dy\r", "ready"),
            (b"ls places/\t\t", "gamma"),
            (b"\t", "gamma"),
            (b"\x03echo one two\x1bb\x1b.new ", "new two"),
            (b"\x0b\x19\x01\x12place", "bck-i-search"),
        ],
        {"PS1": "plain> "},
    ),
    "fish": Script(
        ["fish", "--no-config", "--private"],
        [
            (b"function fish_prompt; set_color -o green; echo -n 'here> '; end; clear\r", "here>"),
            (b"echo 'one", "one"),
            (b" two' | cat\r", "one two    "),
            (b"ls places/\t", "gamma"),
            (b"\t\t", "gamma"),
            (b"\x1b[A\x1b[A", "here>"),
        ],
    ),
    "fzf": Script(
        ["fzf", "--multi", "--preview", "echo preview of {}", "--preview-window", "right,40%"],
        [
            (b"", "preview of 1 "),
            (b"12", "preview of 12 "),
            (b"\x1b[A\x1b[A", "preview of 121 "),
            (b"\t", "(1)"),
            (b"\x7f", "> 1 "),
        ],
        {"FZF_DEFAULT_COMMAND": "seq 1 500", "FZF_DEFAULT_OPTS": "--color=dark"},
    ),
    "nvim": Script(
        ["nvim", "-u", "NONE", "-i", "NONE", "-n", "-c", "syntax on | set number cursorline termguicolors", "text.py"],
        [
            (b"", "function_a"),
            (b"/function_c\r", "function_c"),
            (b":vsplit\r", "text.py"),
            (b"ddOtext \xc3\xa9\xe6\x97\xa5\x1b", "text \u00e9\u65e5"),
            (b"\x06\x06\x05", "function_s"),
            (b":set nonumber\r", "set nonumber"),
            (b"G", "function_z"),
        ],
    ),
    "btop": Script(
        ["btop", "--utf-force"],
        [
            (b"", "signals"),
            (b"\x1b[B\x1b[B", "signals"),
            (b"e", "signals"),
            (b"\x1b", "v1."),
            (b"\x1b", "signals"),
            (b"1", "mem"),
        ],
    ),
    "emacs": Script(
        ["emacs", "-nw", "-Q", "--eval", "(setq make-backup-files nil auto-save-default nil)", "text.py"],
        [
            (b"", "For information about GNU Emacs"),
            (b"\x13function_c", "I-search: function_c"),
            (b"\r\x0b", "**-"),
            (b"\x182\x18o\x1b>", "function_z"),
            (b"\x1bx", "M-x"),
            (b"calendar\r", "Calendar"),
        ],
    ),
}


def prepare(home: Path) -> None:
    """Put into the home what the scripts name; nothing of the person's own is read."""
    (home / "text.py").write_text(TEXT)
    for name in ("alpha", "beta", "gamma"):
        (home / "places" / name).mkdir(parents=True)


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_step_is_what_tmux_shows(name: str, own_home: Path) -> None:
    script = SCRIPTS[name]
    require_program(script.words[0])
    prepare(own_home)
    with driving(script.words, environment=script.environment) as program, tmux_reference() as tmux:
        shown = 0
        for keys, awaited in script.steps:
            if keys:
                program.press(keys)
            program.wait_for(awaited)
            program.settle()
            tmux.feed(bytes(program.written[shown:]))
            shown = len(program.written)
            where = f"{name} after {keys!r},"
            assert_same_screen(program.emulator, tmux.cells, where=where)
            cursor = program.emulator.cursor
            assert (cursor.x, cursor.y) == tmux.cursor, where
        assert not program.emulator.unknown_sequences
