"""The player: a recording's terminal, a progress line, and the keys."""

from __future__ import annotations

from functools import partial
from time import monotonic

from textual import events
from textual.app import ComposeResult
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from mooring.playback import Length, Player, Recording, measure
from mooring.ui.actions import Actions
from mooring.ui.actions.player import TENTHS
from mooring.ui.dialogs.help import HelpDialog
from mooring.ui.keys import Area, Keymap
from mooring.ui.player.progress import ProgressLine
from mooring.ui.screens.status_bar import StatusBar
from mooring_widgets.plain_text import plain_text
from mooring_widgets.terminal import PalettePolicy
from mooring_widgets.terminal.replay_view import ReplayView

_FRAME = 1 / 30
_SLICE = 0.02
"""Seconds of a frame in which the recording is fed; keys and painting have the rest."""
_SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 16.0, 32.0)
_STEP, _LEAP = 5.0, 60.0


class PlayScreen(Screen[None]):
    """Plays one recording. Going somewhere far away takes several frames, which the progress line shows."""

    def __init__(
        self, recording: Recording, keymap: Keymap, palette: PalettePolicy, *, speed: float, idle_limit: float | None
    ) -> None:
        super().__init__()
        self._recording = recording
        self._keymap = keymap
        self._player = Player(recording, idle_limit=idle_limit)
        self._view = ReplayView(self._player.emulator, palette=palette)
        self._progress = ProgressLine()
        self._status = StatusBar()
        self._speed = speed
        self._plays = True
        self._target = 0.0
        self._length: Length | None = None
        self._last_frame = monotonic()
        self._actions = Actions()
        self._say_who_does_what()

    @property
    def player(self) -> Player:
        """What plays."""
        return self._player

    @property
    def plays(self) -> bool:
        """Whether time passes."""
        return self._plays

    @property
    def length(self) -> Length | None:
        """How long the recording is; None while that is being found out."""
        return self._length

    def compose(self) -> ComposeResult:
        """Terminal, progress, keys."""
        with ScrollableContainer(can_focus=False, id="replay"):
            yield self._view
        yield self._progress
        yield self._status

    def on_mount(self) -> None:
        """Begin."""
        self._status.show_keys(self._keymap.footer(Area.PLAYER))
        self._status.show_facts(Content(plain_text(self._recording.path.name)))
        self.run_worker(self._measure, thread=True, name="measure the recording", group="measure")
        self.set_interval(_FRAME, self._next_frame)

    def on_key(self, event: events.Key) -> None:
        """Do what the key asks for."""
        found = self._keymap.find(Area.PLAYER, event.key)
        if found is not None and found.action:
            event.stop()
            event.prevent_default()
            self._actions.perform(found.action)

    def on_progress_line_wanted(self, event: ProgressLine.Wanted) -> None:
        """A place of the line was clicked."""
        event.stop()
        self._go_to_part(event.part)

    def _say_who_does_what(self) -> None:
        handle = self._actions.handle
        handle("play-pause", self._play_or_pause)
        handle("play-back", partial(self._go_by, -_STEP))
        handle("play-on", partial(self._go_by, _STEP))
        handle("play-far-back", partial(self._go_by, -_LEAP))
        handle("play-far-on", partial(self._go_by, _LEAP))
        for tenth in TENTHS:
            handle(f"play-at-{tenth}0", partial(self._go_to_part, tenth / 10))
        handle("play-to-end", partial(self._go_to_part, 1.0))
        handle("play-step", self._step)
        handle("play-faster", partial(self._change_speed, 1))
        handle("play-slower", partial(self._change_speed, -1))
        handle("play-leave", lambda: self.app.exit(return_code=0))
        handle("help", lambda: self.app.push_screen(HelpDialog(Area.PLAYER, self._keymap)))

    # What the keys do.

    def _play_or_pause(self) -> None:
        if self._player.is_over and self._target >= self._player.position:
            self._go_to(0.0)
            self._plays = True
        else:
            self._plays = not self._plays

    def _go_by(self, seconds: float) -> None:
        self._go_to(self._target + seconds)

    def _go_to_part(self, part: float) -> None:
        if self._length is not None:
            self._go_to(self._length.seconds * part)

    def _go_to(self, position: float) -> None:
        end = self._length.seconds if self._length is not None else None
        self._target = max(position if end is None else min(position, end), 0.0)
        self._player.aim(self._target)

    def _step(self) -> None:
        self._plays = False
        self._player.step()
        self._target = self._player.position

    def _change_speed(self, step: int) -> None:
        if step > 0:
            self._speed = next((speed for speed in _SPEEDS if speed > self._speed), self._speed)
        else:
            self._speed = next((speed for speed in reversed(_SPEEDS) if speed < self._speed), self._speed)

    # Time.

    def _next_frame(self) -> None:
        now = monotonic()
        passed, self._last_frame = now - self._last_frame, now
        player = self._player
        is_there = player.play_to(self._target, _SLICE)
        if is_there and self._plays and not player.is_over:
            self._target += passed * self._speed
            player.play_to(self._target, _SLICE)
        if player.is_over and is_there:
            self._target = min(self._target, player.position)
            self._plays = False
        if player.problem and player.is_over:
            path = self._recording.path
            self._status.show_message(player.problem.replace(str(path), path.name), warning=True)
        self._view.show(player.emulator)
        length = self._length.seconds if self._length is not None else None
        state = "■" if player.is_over else "▶" if self._plays else "‖"
        self._progress.show(player.position, length, state=state if is_there else "…", speed=self._speed)

    def _measure(self) -> None:
        worker: Worker[object] = get_current_worker()
        length = measure(self._recording, self._player.idle_limit, lambda: not worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._measured, length)

    def _measured(self, length: Length) -> None:
        self._length = length
