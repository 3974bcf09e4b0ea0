"""Sources read at the same time, each in a thread of its own, and merged as their answers come."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from mooring.inventory.inventory import Inventory, SourceStatus, gather
from mooring.inventory.looks import FileState
from mooring.inventory.source import PatientSource, Source, SourceResult
from mooring.model.errors import SourceError

PATIENCE = 120.0
"""Seconds that a source may take which says nothing about that: a folder on a server that is down, say."""

_GRACE = 5.0
"""Seconds beyond its own patience in which a source may give up by itself, and say more about it."""

_NOTHING = SourceResult()

_Answer = tuple[str, SourceResult]


class InventoryReader:
    """Reads sources, keeps the last answer of each, and makes one inventory of them.

    To be used from one thread, which may wait; `include` and `close` may come from any. A source that raises, or gives
    no answer in time, is a problem of its own and hides nothing of the others. Threads that hang are daemons, and never
    two of a source: an answer that comes late counts in the next `read`.
    """

    def __init__(
        self, sources: Sequence[Source], *, patience: float = PATIENCE, known: Mapping[str, SourceResult] | None = None
    ) -> None:
        """`sources` are in order of precedence; of two with one name the first is read.

        `known` are answers, by name, that count until there are others: those of a reader before this one.
        """
        self._sources = {source.name: source for source in reversed(sources)}
        self._order = tuple(dict.fromkeys(source.name for source in sources))
        self._patience = patience
        self._results = {name: result for name, result in (known or {}).items() if name in self._sources}
        self._running: set[str] = set()
        self._answers = queue.SimpleQueue[_Answer | None]()
        self._included: set[str] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()

    @property
    def results(self) -> Mapping[str, SourceResult]:
        """The last answer of each source."""
        return self._results

    @property
    def looks(self) -> Mapping[str, Mapping[str, FileState]]:
        """What each source's last answer hangs on, for a watcher."""
        return {name: result.looks for name, result in self._results.items()}

    def read(self, names: Collection[str] | None = None) -> Iterator[Inventory]:
        """Read the sources called `names`, or all, and give the inventory each time that answers have come.

        Until its new answer is there, a source counts with its last one. The last inventory that is given is complete,
        unless `close` came before.
        """
        waiting: dict[str, float] = {}
        self._begin(self._order if names is None else names, waiting)
        if not waiting and not self.has_more:
            yield self._gathered(waiting)
        while waiting or self.has_more:
            with self._lock:
                more, self._included = self._included, set()
            self._begin(more, waiting)
            for name, result in self._next(waiting):
                waiting.pop(name, None)
                self._keep(name, result)
            if self._closed.is_set():
                return
            yield self._gathered(waiting)

    def include(self, names: Collection[str]) -> None:
        """Have the `read` that is under way read these sources too; without one, `has_more` says that one is due."""
        with self._lock:
            self._included |= set(names)
        self._answers.put(None)

    @property
    def has_more(self) -> bool:
        """Whether sources are to be read that no `read` has begun with."""
        with self._lock:
            return bool(self._included)

    def close(self) -> None:
        """End the programs that sources wait for, and a `read` that is under way; neither can be used after that."""
        self._closed.set()
        for source in self._sources.values():
            if isinstance(source, PatientSource):
                source.cancel()
        self._answers.put(None)

    def _begin(self, names: Collection[str], waiting: dict[str, float]) -> None:
        now = time.monotonic()
        for name in self._order:
            if name in names and name not in waiting:
                waiting[name] = now + self._patience_for(name)
                self._start(name)

    def _start(self, name: str) -> None:
        if name not in self._running:
            self._running.add(name)
            source = self._sources[name]
            threading.Thread(target=_read, args=(source, self._answers), name=f"read {name}", daemon=True).start()

    def _next(self, waiting: Mapping[str, float]) -> Iterator[_Answer]:
        """Wait for an answer and take what else has come; what is overdue is answered for."""
        timeout = max(0.0, min(waiting.values(), default=0.0) - time.monotonic())
        with contextlib.suppress(queue.Empty):
            answer = self._answers.get(timeout=timeout)
            while answer is not None:
                self._running.discard(answer[0])
                yield answer
                answer = self._answers.get_nowait()
        now = time.monotonic()
        for name in [name for name, deadline in waiting.items() if deadline <= now]:
            problem = SourceError(name, f"gave no answer within {self._patience_for(name):.0f} s")
            yield name, SourceResult(problems=(problem,))

    def _keep(self, name: str, result: SourceResult) -> None:
        """Take an answer. A source that fails as a whole had machines before: they are still there to be reached."""
        last = self._results.get(name)
        if last is not None and not result.machines and any(isinstance(each, SourceError) for each in result.problems):
            result = replace(result, machines=last.machines, complete=last.complete)
        self._results[name] = result

    def _patience_for(self, name: str) -> float:
        source = self._sources[name]
        return source.patience + _GRACE if isinstance(source, PatientSource) else self._patience

    def _gathered(self, waiting: Collection[str]) -> Inventory:
        results = [self._results.get(name, _NOTHING) for name in self._order]
        statuses = [
            SourceStatus(name, len(result.machines), result.problems, result.remarks, reading=name in waiting)
            for name, result in zip(self._order, results, strict=True)
        ]
        return gather(statuses, results)


def _read(source: Source, answers: queue.SimpleQueue[_Answer | None]) -> None:
    try:
        result = source.read()
    except Exception as error:  # noqa: BLE001 (a source, a third party's too, fails alone and with its reason)
        result = SourceResult(problems=(SourceError(source.name, f"failed: {type(error).__name__}: {error}"),))
    answers.put((source.name, result))
