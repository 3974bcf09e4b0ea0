"""A program in a real terminal: tmux on a socket of its own, driven as a person would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from support.programs import require_program

DEADLINE = 20.0
"""Seconds until something that has to come counts as not coming."""

_LOOK = 0.03


class Tmux:
    """One tmux server with one pane, which stays when its program ends; `screen` is what a person would see in it."""

    def __init__(self, program: str, folder: Path, environment: Mapping[str, str]) -> None:
        configuration = folder / "tmux.conf"
        configuration.write_text("set -g remain-on-exit on\nset -s escape-time 0\nset -g status off\n")
        self._base = [program, "-S", str(folder / "socket"), "-f", str(configuration)]
        self._environment = dict(environment)

    def run(self, *words: str) -> str:
        """Give tmux a command and return what it says."""
        done = subprocess.run(
            [*self._base, *words], env=self._environment, capture_output=True, text=True, timeout=20, check=True
        )
        return done.stdout

    def start(self, words: Sequence[str], *, columns: int, lines: int) -> None:
        """Run `words` in the pane."""
        self.run("new-session", "-d", "-x", str(columns), "-y", str(lines), f"exec {shlex.join(words)}")

    def stop(self) -> None:
        """End the server and what runs in it."""
        subprocess.run(
            [*self._base, "kill-server"], env=self._environment, capture_output=True, timeout=20, check=False
        )

    # What a person does.

    def send(self, *names: str) -> None:
        """Press keys by tmux's names ("Enter", "C-c", "F12", "M-."), or single characters."""
        self.run("send-keys", *names)

    def type(self, text: str) -> None:
        """Type text as it stands."""
        self.run("send-keys", "-l", text)

    def send_bytes(self, data: bytes) -> None:
        """Type bytes that tmux has no key for."""
        self.run("send-keys", "-H", *(f"{byte:02x}" for byte in data))

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.run("resize-window", "-x", str(columns), "-y", str(lines))

    @contextmanager
    def fast_typing(self) -> Iterator[Callable[[str], None]]:
        """Press many keys by their names, each in well under a millisecond: `send` starts a process for one."""
        control = subprocess.Popen(
            [*self._base, "-C", "attach-session", "-f", "ignore-size,no-output"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        assert control.stdin is not None
        keys = control.stdin

        def press(name: str) -> None:
            quote = '"' if "'" in name else "'"
            keys.write(f"send-keys {quote}{name}{quote}\n")
            keys.flush()

        try:
            yield press
        finally:
            keys.close()
            control.wait(timeout=DEADLINE)

    # What a person sees.

    @property
    def screen(self) -> str:
        """The visible lines."""
        return self.run("capture-pane", "-p")

    @property
    def history(self) -> str:
        """The visible lines behind those that have scrolled past."""
        return self.run("capture-pane", "-p", "-S", "-")

    @property
    def screen_with_styles(self) -> str:
        """The visible lines with their SGR sequences."""
        return self.run("capture-pane", "-p", "-e")

    def asks(self, form: str) -> str:
        """What tmux answers to a format of its own, as "#{pane_pid}"."""
        return self.run("display-message", "-p", form).strip()

    @property
    def process(self) -> int:
        """The pid of the program."""
        return int(self.asks("#{pane_pid}"))

    @property
    def has_alternate_screen(self) -> bool:
        """Whether the program is on the alternate screen."""
        return self.asks("#{alternate_on}") == "1"

    def wait_for(self, *texts: str, absent: str | None = None, seconds: float = DEADLINE) -> str:
        """Wait until all of `texts` are seen and `absent` is not; return the screen, or fail with it."""

        def arrived(screen: str) -> bool:
            return all(text in screen for text in texts) and (absent is None or absent not in screen)

        wanted = f"{texts!r}" if absent is None else f"{texts!r} without {absent!r}"
        return self._wait(arrived, wanted, seconds)

    def wait_for_match(self, pattern: str, *, seconds: float = DEADLINE) -> str:
        """Wait until the regular expression matches, `^` and `$` at any line."""
        return self._wait(lambda screen: re.search(pattern, screen, re.MULTILINE) is not None, pattern, seconds)

    def wait_until_dead(self, *, seconds: float = DEADLINE) -> int:
        """Wait until the program has ended; return its status, or 128 and the signal that ended it."""
        self._wait(lambda _screen: self._has_status(), "the program's end", seconds)
        signal = self.asks("#{pane_dead_signal}")
        return 128 + int(signal) if signal else int(self.asks("#{pane_dead_status}"))

    def _has_status(self) -> bool:
        # tmux 3.3a at times misses the SIGCHLD of a pane whose terminal closed first, and reaps at the next one.
        self.run("run-shell", "-b", "true")
        return bool(self.asks("#{pane_dead_status}#{pane_dead_signal}"))

    def _wait(self, arrived: Callable[[str], bool], wanted: str, seconds: float) -> str:
        end = time.monotonic() + seconds
        while not arrived(screen := self.screen):
            assert time.monotonic() < end, f"waited {seconds} s for {wanted}; the screen shows:\n{screen}"
            time.sleep(_LOOK)
        return screen


@contextmanager
def running_in_tmux(
    words: Sequence[str], *, columns: int = 120, lines: int = 34, environment: Mapping[str, str] | None = None
) -> Iterator[Tmux]:
    """Run a program in a terminal of its own; everything ends with the block. `environment` adds to ours."""
    program = require_program("tmux")
    own = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh"}
    for name in ("TMUX", "TMUX_PANE", "NO_COLOR", "COLUMNS", "LINES"):
        own.pop(name, None)
    own.update(environment or {})
    with tempfile.TemporaryDirectory(prefix="mooring-tmux-") as folder:
        tmux = Tmux(program, Path(folder), own)
        tmux.start(words, columns=columns, lines=lines)
        try:
            yield tmux
        finally:
            tmux.stop()
