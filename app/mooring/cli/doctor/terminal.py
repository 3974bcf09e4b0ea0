"""The terminal that Mooring would run in: by its environment, its size, and what it says of itself."""

from __future__ import annotations

import locale
import os
import shutil
import termios
from collections.abc import Iterator, Mapping

from mooring.cli.doctor.finding import Finding, fine, note, problem, warning
from mooring.cli.doctor.terminal_query import TerminalAnswers, ask_terminal

_SMALLEST = (40, 10)
_COMFORTABLE = (80, 24)
_NAMELESS = ("", "dumb", "unknown")
"""What TERM says of terminals that would print a question as text."""


def examine_terminal(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the terminal of this process; without one only the environment is looked at."""
    try:
        descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        yield note("there is no terminal here to be asked", "run `mooring doctor` in the one that you use")
        yield from _encoding()
        return
    try:
        is_known = environment.get("TERM", "") not in _NAMELESS
        answers = ask_terminal(descriptor) if is_known else TerminalAnswers()
        size = os.get_terminal_size(descriptor)
    except (OSError, termios.error) as error:
        yield problem(f"the terminal can't be asked: {error}", "run `mooring doctor` in another one")
        return
    finally:
        os.close(descriptor)
    yield from _identity(environment, answers)
    yield from _encoding()
    yield _size(size.columns, size.lines)
    yield _colours(environment, answers)
    yield from _keys(environment, answers)
    yield from _clipboard(environment, answers)


def _identity(environment: Mapping[str, str], answers: TerminalAnswers) -> Iterator[Finding]:
    term = environment.get("TERM", "")
    name = f", {answers.name}" if answers.name else ""
    if term in _NAMELESS:
        yield problem(f"TERM is {term or 'not set'}", "start Mooring in a terminal; TERM=xterm-256color fits most")
    elif not answers.answered:
        yield warning(
            f"TERM is {term}, and the terminal answers no question about itself",
            "it may be a console or a very slow line; colours and keys are taken from TERM alone",
        )
    else:
        background = {True: ", dark", False: ", light", None: ""}[answers.dark]
        yield fine(f"TERM is {term}{name}{background}")


def _encoding() -> Iterator[Finding]:
    encoding = locale.getpreferredencoding(do_setlocale=False)
    if encoding.replace("-", "").casefold() == "utf8":
        yield fine("text is UTF-8")
    else:
        yield problem(
            f"text is {encoding}: frames and signs will be garbled", "set a UTF-8 locale: export LC_ALL=C.UTF-8"
        )


def _size(columns: int, lines: int) -> Finding:
    size = f"{columns}x{lines}"
    if not columns or not lines:
        return note("the terminal does not tell its size", "stty rows 24 cols 80")
    if columns < _SMALLEST[0] or lines < _SMALLEST[1]:
        return problem(f"{size} is too small for the screens", "make the window 40x10 or larger")
    if columns < _COMFORTABLE[0] or lines < _COMFORTABLE[1]:
        return note(f"{size}: side panels fold away", "80x24 has room for everything")
    return fine(f"{size}")


def _colours(environment: Mapping[str, str], answers: TerminalAnswers) -> Finding:
    if environment.get("NO_COLOR"):
        return note("NO_COLOR is set: the screens have no colours; sessions keep theirs", "unset NO_COLOR for colours")
    if environment.get("COLORTERM", "").strip().casefold() in ("truecolor", "24bit"):
        return fine("16 million colours")
    if answers.true_colour:
        return warning(
            "the terminal has 16 million colours, and COLORTERM does not say so", "export COLORTERM=truecolor"
        )
    if "256" in environment.get("TERM", ""):
        return fine("256 colours")
    return note("16 colours", "TERM=xterm-256color, where the terminal has more")


def _keys(environment: Mapping[str, str], answers: TerminalAnswers) -> Iterator[Finding]:
    if not answers.answered:
        return
    if answers.kitty_keyboard:
        yield fine("kitty keyboard protocol: every key can be told from every other")
    else:
        remedy = "kitty, foot, WezTerm, Ghostty, Alacritty and iTerm2 have it; the keys that Mooring itself needs work"
        if environment.get("TMUX"):
            remedy = "tmux 3.5 and later: set -g extended-keys on, set -g extended-keys-format csi-u"
        yield note("no kitty keyboard protocol: ctrl+enter and such can't be told from enter", remedy)
    if answers.sgr_mouse is False:
        yield note("no mouse in SGR form: clicks right of column 223 are lost", "every key does what the mouse does")
    elif answers.sgr_mouse:
        yield fine("mouse")
    if answers.bracketed_paste is False:
        yield warning("no bracketed paste: what is pasted counts as typed", "look before you paste")
    if answers.synchronized is False:
        yield note("no synchronized output (mode 2026): a repaint may be seen halfway")


def _clipboard(environment: Mapping[str, str], answers: TerminalAnswers) -> Iterator[Finding]:
    programs = ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe")
    found = [program for program in programs if shutil.which(program)]
    if environment.get("TMUX"):
        yield note("tmux: text copied in Mooring reaches the clipboard if tmux lets it", "set -g set-clipboard on")
    elif answers.clipboard:
        yield fine("clipboard: the terminal takes it (OSC 52)")
    elif found:
        yield fine(f"clipboard: by {found[0]}")
    else:
        yield note(
            "clipboard: nobody can tell whether the terminal takes text (OSC 52), and no program for it is here",
            "try it: select text in a session, and paste elsewhere; else install xclip or wl-clipboard",
        )
