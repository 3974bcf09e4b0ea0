"""Which sources have to be read again, because a file that they read has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from mooring.inventory.looks import FileState, file_state

INTERVAL = 2.0
"""Seconds between two looks at everything."""

_SHARE = 50
"""Looking takes at most one part in so many of the time, however many files there are."""

_SETTLING = 0.1
"""Seconds for which files have to stay as they are before they are read: editors write in several steps."""

_LONGEST_SETTLING = 2.0

SourceLooks = Mapping[str, Mapping[str, FileState]]
"""For each source the files and folders that it read, as they were then (`InventoryReader.looks`)."""


class SourceWatcher:
    """Calls back, in a thread of its own, with the names of the sources whose files changed.

    It looks by stat(2) every few seconds, which works on every file system, also on those where other computers write.
    A change is told once; `watch` with the looks of the new reading begins anew, and finds what changed meanwhile.
    """

    def __init__(self, changed: Callable[[frozenset[str]], None], *, interval: float = INTERVAL) -> None:
        self._changed = changed
        self._interval = interval
        self._looks: SourceLooks = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch sources", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def watch(self, looks: SourceLooks) -> None:
        """Compare with these from now on."""
        with self._lock:
            self._looks = {name: dict(states) for name, states in looks.items()}

    def close(self) -> None:
        """Call nobody any more; a call that is under way goes on."""
        self._closed.set()

    def _run(self) -> None:
        pause = self._interval
        while not self._closed.wait(pause):
            started = time.monotonic()
            with self._lock:
                looks = self._looks
            changed = changed_sources(looks)
            pause = max(self._interval, (time.monotonic() - started) * _SHARE)
            if changed and (settled := self._settled({name: looks[name] for name in changed})) is not None:
                with self._lock:
                    if self._looks is looks:
                        self._looks = {**looks, **settled}
                self._changed(changed)

    def _settled(self, looks: SourceLooks) -> SourceLooks | None:
        """Wait until the files stay as they are, and return how they are then; None when that is of no use any more."""
        deadline = time.monotonic() + _LONGEST_SETTLING
        now = _now(looks)
        while not self._closed.wait(_SETTLING):
            before, now = now, _now(looks)
            if now == before or time.monotonic() > deadline:
                return now
        return None


def changed_sources(looks: SourceLooks) -> frozenset[str]:
    """The sources of which a file looks different from what is noted."""
    return frozenset(
        name for name, states in looks.items() if any(file_state(path) != state for path, state in states.items())
    )


def _now(looks: SourceLooks) -> SourceLooks:
    return {name: {path: file_state(path) for path in states} for name, states in looks.items()}
