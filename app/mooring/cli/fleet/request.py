"""What `mooring run` and `mooring history` were asked for, as their flags say it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Form(StrEnum):
    """How answers are shown: line by line as they come, machines that say the same together, or each machine apart."""

    STREAM = "stream"
    GATHER = "gather"
    BY_MACHINE = "by machine"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class View:
    """How answers are shown. `masks` are names of `mooring.fleet.Mask`; `export` is a file or a folder to write."""

    form: Form = Form.STREAM
    diff: bool = False
    side_by_side: bool = False
    masks: tuple[str, ...] = ()
    export: Path | None = None


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What is to be run, where, and within which bounds (seconds; None is no bound)."""

    patterns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    saved: str | None = None
    parameters: tuple[str, ...] = ()
    rerun: str | None = None
    sudo: bool = False
    at_once: int | None = None
    timeout: float | None = None
    total_timeout: float | None = None
    stop_after: int | None = None
    canary: bool = False
    yes: bool = False
    one_password: bool = False
    no_stdin: bool = False
    no_history: bool = False
    preview: bool = False
    view: View = View()
