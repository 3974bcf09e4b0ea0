"""Work in threads of which only the newest of its kind counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.widget import Widget

from mooring.model.errors import MooringError

Done = Callable[[], None]


class NewestWork:
    """Has blocking work done for a widget. What the work returns is called on the screen, unless it came too late."""

    def __init__(self, widget: Widget, failed: Callable[[str], None]) -> None:
        """`failed` is told in words what could not be done."""
        self._widget = widget
        self._failed = failed
        self._numbers: dict[str, int] = {}
        self._busy: set[str] = set()

    def start(self, kind: str, work: Callable[[], Done]) -> None:
        """Begin; earlier work of the kind does not count any more."""
        self.drop(kind)
        self._busy.add(kind)
        number = self._numbers[kind]
        app = self._widget.app

        def run() -> None:
            try:
                done = work()
            except OSError as error:
                done = partial(self._failed, error.strerror or str(error))
            except MooringError as error:
                done = partial(self._failed, error.message)
            app.call_from_thread(finish, done)

        def finish(done: Done) -> None:
            if self._widget.is_attached and self._numbers[kind] == number:
                self._busy.discard(kind)
                done()

        self._widget.run_worker(run, thread=True, group=kind, name=f"work: {kind}")

    def drop(self, kind: str) -> None:
        """What was begun of the kind does not count any more."""
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        self._busy.discard(kind)

    def is_busy(self, kind: str) -> bool:
        """Whether work of the kind that counts has not ended."""
        return kind in self._busy
