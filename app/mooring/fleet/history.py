"""Runs that were, with their answers: in the state folder, private, and bounded in number and size."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from mooring.fleet.capture import MEBI, Capture
from mooring.fleet.plan import RunPlan
from mooring.fleet.result import MachineResult
from mooring.model.errors import ConfigError, MooringError, UsageError
from mooring.model.origin import Origin
from mooring.store.paths import make_private_directory
from mooring.store.read import read_text_file
from mooring.store.write import write_atomically

KEEP_RUNS = 50
KEEP_BYTES = 256 * MEBI

LAST = "last"
"""The name of the newest run."""

_RECORD = "run.json"
_LARGEST_RECORD = 64 * MEBI
_ABANDONED = 24 * 3600.0
"""Seconds after which a folder without a record is one that nobody will finish."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run as it is kept. `id` sorts by time; `started` is UTC, ISO 8601. The rest is as in RunPlan."""

    id: str
    started: str
    seconds: float
    line: str
    results: tuple[MachineResult, ...]
    saved: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    sudo: bool = False

    @property
    def failed(self) -> tuple[str, ...]:
        """The machines that a rerun is for: every one that did not end with status 0."""
        return tuple(result.machine for result in self.results if result.status != 0)


class RunHistory:
    """The kept runs below `folder`, which is made (mode 0700) with the first. Everything here blocks."""

    def __init__(self, folder: Path, *, keep_runs: int = KEEP_RUNS, keep_bytes: int = KEEP_BYTES) -> None:
        self._folder = folder
        self._keep_runs = keep_runs
        self._keep_bytes = keep_bytes

    @property
    def folder(self) -> Path:
        """Where the runs lie."""
        return self._folder

    def begin(self) -> Path:
        """A new run's folder (mode 0700), for its captures. Raises OSError."""
        make_private_directory(self._folder)
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        return make_private_directory(self._folder / f"{moment}-{secrets.token_hex(2)}")

    def save(self, folder: Path, plan: RunPlan, results: tuple[MachineResult, ...], seconds: float) -> RunRecord:
        """Keep a run whose captures are in `folder`; equal outputs lie on disk once. Old runs go. Raises OSError.

        The captures' own files are moved: from here on only those of the returned record can be read.
        """
        kept = tuple(
            replace(result, output=_stored(folder, result.output), errors=_stored(folder, result.errors))
            for result in results
        )
        record = _record_of(folder, plan, kept, seconds)
        # Not msgspec's encoder: a command may hold surrogates, for bytes that are no UTF-8.
        write_atomically(folder / _RECORD, json.dumps(_as_data(record)).encode())
        self._forget_old()
        return record

    def unsaved(self, folder: Path, plan: RunPlan, results: tuple[MachineResult, ...], seconds: float) -> RunRecord:
        """The record of a run that could not be saved: to be shown as long as its folder is there."""
        there = tuple(
            replace(result, output=_still_there(folder, result.output), errors=_still_there(folder, result.errors))
            for result in results
        )
        return _record_of(folder, plan, there, seconds)

    def discard(self, folder: Path) -> None:
        """Remove a run's folder and all in it."""
        shutil.rmtree(folder, ignore_errors=True)

    def ids(self) -> tuple[str, ...]:
        """The kept runs, newest first."""
        try:
            folders = [entry for entry in self._folder.iterdir() if (entry / _RECORD).is_file()]
        except FileNotFoundError:
            return ()
        return tuple(sorted((folder.name for folder in folders), reverse=True))

    def load(self, name: str = LAST) -> RunRecord:
        """The run whose id begins so, or the last. Raises UsageError, and ConfigError for one that is broken."""
        ids = self.ids()
        found = ids[:1] if name == LAST else tuple(one for one in ids if one.startswith(name))
        if len(found) != 1:
            what = "There is no run yet" if name == LAST else f"{len(found) or 'No'} runs are called {name}"
            raise UsageError(f"{what}.", hint="`mooring history` lists the runs that are kept.")
        return self._read(found[0])

    def records(self) -> Iterator[RunRecord]:
        """All kept runs, newest first; those that can't be read are left out."""
        for name in self.ids():
            with contextlib.suppress(MooringError):
                yield self._read(name)

    def _read(self, name: str) -> RunRecord:
        path = self._folder / name / _RECORD
        try:
            data = json.loads(read_text_file(path, limit=_LARGEST_RECORD))
            record = msgspec.convert(data, type=RunRecord, dec_hook=_from_name)
        except FileNotFoundError:
            raise UsageError(f"The run {name} is gone.") from None
        except (ValueError, msgspec.ValidationError) as error:
            raise ConfigError("is no record of a run", Origin(str(path))) from error
        results = tuple(
            replace(result, output=_found(path.parent, result.output), errors=_found(path.parent, result.errors))
            for result in record.results
        )
        return replace(record, results=results)

    def _forget_old(self) -> None:
        """Remove the oldest runs above the bounds, and what a run that broke off left."""
        used = 0
        for count, name in enumerate(self.ids()):
            folder = self._folder / name
            used += sum(entry.stat().st_size for entry in folder.iterdir())
            if count and (count >= self._keep_runs or used > self._keep_bytes):
                self.discard(folder)
        for folder in self._folder.iterdir():
            if not (folder / _RECORD).exists() and time.time() - folder.stat().st_mtime > _ABANDONED:
                self.discard(folder)


def _record_of(folder: Path, plan: RunPlan, results: tuple[MachineResult, ...], seconds: float) -> RunRecord:
    started = datetime.fromtimestamp(time.time() - seconds, UTC).isoformat(timespec="seconds")
    return RunRecord(folder.name, started, seconds, plan.line, results, plan.saved, dict(plan.values), plan.sudo)


def _still_there(folder: Path, capture: Capture) -> Capture:
    """The capture with its file where saving has left it, which may have come only so far."""
    if capture.path is None or capture.path.exists():
        return capture
    return replace(capture, path=_place(folder, capture))


def _place(folder: Path, capture: Capture) -> Path:
    """Under a name that equal captures share."""
    return folder / f"{capture.digest}-{capture.kept}"


def _stored(folder: Path, capture: Capture) -> Capture:
    """Put a capture's bytes in their place."""
    if not capture.kept:
        return replace(capture, data=b"", path=None)
    path = _place(folder, capture)
    if capture.path is not None:
        capture.path.replace(path)
    elif not path.exists():
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(capture.data)
    return replace(capture, data=b"", path=path)


def _found(folder: Path, capture: Capture) -> Capture:
    """The capture with its file where it lies now; a name that leads out of the folder is none."""
    return capture if capture.path is None else replace(capture, path=folder / capture.path.name)


def _as_data(record: RunRecord) -> dict[str, object]:
    """The fields as they are read back. Not `dataclasses.asdict`, which copies every value twice over."""
    return {
        **{name: getattr(record, name) for name in ("id", "started", "seconds", "line", "saved", "sudo")},
        "values": dict(record.values),
        "results": [_result_as_data(result) for result in record.results],
    }


def _result_as_data(result: MachineResult) -> dict[str, object]:
    ended = result.exit
    return {
        **{name: getattr(result, name) for name in ("machine", "state", "reason", "reason_kind", "seconds")},
        "exit": None if ended is None else asdict(ended),
        "output": _capture_as_data(result.output),
        "errors": _capture_as_data(result.errors),
    }


def _capture_as_data(capture: Capture) -> dict[str, object]:
    """The bytes are in a file, whose name is enough: it lies beside the record."""
    name = None if capture.path is None else capture.path.name
    return {"size": capture.size, "kept": capture.kept, "digest": capture.digest, "path": name}


def _from_name(kind: type, value: object) -> Path:
    """The reverse."""
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError(f"{kind.__name__} has no place in a record")
