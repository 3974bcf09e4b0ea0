"""`mooring doctor`: what the terminal answers is understood, and every mistake has its place and a remedy."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pexpect
import pytest

from mooring.cli.doctor.terminal_query import TerminalAnswers, read_answers
from mooring.cli.main import run
from mooring.store import Paths
from support.command_line import MOORING

KITTY = (
    b"\x1bP>|kitty(0.35.2)\x1b\\\x1b[?0u\x1b[?2026;2$y\x1b[?1006;2$y\x1b[?2004;2$y\x1bP1$r0;38:2:1:2:3m\x1b\\"
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;52;c"
)


@pytest.mark.parametrize(
    ("answer", "understood"),
    [
        (b"", TerminalAnswers()),
        (b"\x1b[?6c", TerminalAnswers(answered=True, kitty_keyboard=False, synchronized=False)),
        (
            KITTY,
            TerminalAnswers(True, "kitty(0.35.2)", True, True, True, True, True, clipboard=True, dark=True),
        ),
        (
            b"\x1bP>|XTerm(379)\x1b\\\x1b[?2026;0$y\x1b[?1006;2$y\x1b[?2004;4$y\x1bP1$r0;38:5:16m\x1b\\"
            b"\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?64;1;2c",
            TerminalAnswers(True, "XTerm(379)", False, False, True, False, None, None, dark=False),
        ),
    ],
)
def test_what_a_terminal_answers(answer: bytes, understood: TerminalAnswers) -> None:
    assert read_answers(answer) == understood


def test_a_terminal_is_asked_and_what_it_lacks_has_a_remedy(tmp_path: Path) -> None:
    told = tmp_path / "told"
    words = [*map(shlex.quote, MOORING), "doctor", "--json", ">", str(told)]
    child = pexpect.spawn(
        "sh",
        ["-c", f"unset COLORTERM NO_COLOR TMUX; TERM=xterm {' '.join(words)}"],
        timeout=60,
        dimensions=(30, 100),
    )
    child.expect(r"\x1b\[>0q.*\x1b\[c")
    child.send(KITTY.replace(b"\x1b[?0u", b""))
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    found = {entry["what"]: entry for entry in json.loads(told.read_text()) if entry["part"] == "terminal"}
    assert "TERM is xterm, kitty(0.35.2), dark" in found
    assert "100x30" in found
    assert "clipboard: the terminal takes it (OSC 52)" in found
    colours = found["the terminal has 16 million colours, and COLORTERM does not say so"]
    assert (colours["level"], colours["remedy"]) == ("warning", "export COLORTERM=truecolor")
    assert any(what.startswith("no kitty keyboard protocol") for what in found)


def test_mistakes_have_their_place_a_remedy_and_a_status(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = Paths.of_this_person()
    paths.config.mkdir(parents=True)
    paths.settings_file.write_text('theme = "nord"\nsplsh = true\n[keys.list]\nhlp = "h"\n')
    paths.commands_file.write_text('[[command]]\nname = "x"\n')
    paths.machines_file.write_text('[[machine]]\nname = "one"\nport = \n')
    paths.settings_file.chmod(0o666)
    paths.state.parent.mkdir(parents=True, exist_ok=True)
    paths.state.write_text("in the way")
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nobody"))
    assert run(["-F", "none", "doctor", "--json"]) == 1
    problems = [entry for entry in json.loads(capsys.readouterr().out) if entry["level"] == "problem"]
    places = {(entry["file"], entry["line"]) for entry in problems}
    assert {
        (str(paths.settings_file), 2),
        (str(paths.settings_file), 4),
        (str(paths.commands_file), 1),
        (str(paths.machines_file), 3),
    } <= places
    said = " ".join(entry["what"] for entry in problems)
    assert "agent at" in said
    assert f"{paths.state} is no folder" in said
    assert f"others may write to {paths.settings_file}" in said
    remedies = {entry["what"]: entry["remedy"] for entry in problems}
    assert remedies["there is no setting `splsh`"] == "did you mean `splash`?"
    assert all(remedy for what, remedy in remedies.items() if not what.startswith("one "))
    assert run(["-F", "none", "doctor"]) == 1
    shown = capsys.readouterr().out
    assert f"✕ {paths.settings_file}:2: there is no setting `splsh`" in shown
    assert "problems" in shown.splitlines()[-1]


def test_a_home_that_ssh_does_not_go_by_is_said(
    capsys: pytest.CaptureFixture[str], own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run(["doctor"]) == 0
    assert "$HOME" not in capsys.readouterr().out
    monkeypatch.setenv("HOME", str(tmp_path))
    run(["doctor"])
    assert f"$HOME is {tmp_path}, but ssh_config is read in {own_home}/.ssh/config" in capsys.readouterr().out


def test_a_place_where_nothing_can_be_kept_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(in_the_way))
    assert run(["-F", "none", "doctor"]) == 1
    assert f"{in_the_way}/mooring can't be made below {in_the_way}: nothing is remembered" in capsys.readouterr().out


def test_in_a_terminal_no_line_is_broken_by_its_edge() -> None:
    words = [*MOORING, "-F", "none", "doctor"]
    # Whoever started the tests may have told the size of another terminal.
    own = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    child = pexpect.spawn(words[0], words[1:], dimensions=(60, 60), env=own, encoding="utf-8", timeout=60)
    child.expect(pexpect.EOF)
    lines = (child.before or "").replace("\r", "").splitlines()
    found = [line for line in lines if line.startswith("  ")]
    assert len(found) > 5
    for line in found:
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
        assert len(plain) <= 60 or max(map(len, plain.split())) > 40, "a path is not broken"
    assert any(line.startswith("      ") for line in found), "what is too long goes on behind its beginning"
