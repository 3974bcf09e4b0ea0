"""The terminal of a session: what is typed and pasted in it may be typed in others as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual import events

from mooring_widgets.terminal import TerminalView

Others = Callable[[], Iterable["SessionTerminal"]]


class SessionTerminal(TerminalView):
    """Passes keys and pastes on to `others`, each of which sends them in the form that its own program asked for.

    Mouse, focus and the emulator's own answers stay here: they are about this screen alone.
    """

    others: Others | None = None

    def type_key(self, event: events.Key) -> None:
        """Type a key here and in the others."""
        for terminal in self._with_others():
            terminal.type_key_here(event)

    def type_key_here(self, event: events.Key) -> None:
        """Type a key in this session alone."""
        super().type_key(event)

    def paste(self, text: str) -> None:
        """Paste here and in the others."""
        for terminal in self._with_others():
            terminal.paste_here(text)

    def paste_here(self, text: str) -> None:
        """Paste in this session alone."""
        super().paste(text)

    @property
    def tells_pastes(self) -> bool:
        """Whether every program that would get a paste can tell it from typing."""
        return all(terminal.emulator.modes.bracketed_paste for terminal in self._with_others())

    def _with_others(self) -> Iterator[SessionTerminal]:
        yield self
        if self.others is not None:
            yield from self.others()
