"""Errors as data: what fails in the engine is raised again, as the same class, where the person sits."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from mooring.engine.protocol import Failure
from mooring.model.errors import EngineError, MooringError

_CARRIED = ("hint", "hop", "origin", "fingerprint", "known_fingerprint", "known_name")
"""The keyword arguments that an error's constructor may have; `Failure` has a field for each."""


def failure_of(error: MooringError) -> Failure:
    """Turn an error into data.

    A class from outside `mooring.model.errors` goes as its nearest ancestor there, and so does one that carries what
    no error of the engine does.
    """
    known = next(kind for kind in type(error).__mro__ if _can_be_carried(kind))
    carried = {name: getattr(error, name) for name in _carried_by(known)}
    return Failure(kind=known.__name__, message=error.message, **carried)


def error_of(failure: Failure) -> MooringError:
    """Make the error again, to be raised or shown. A class that we don't know becomes an EngineError that says so."""
    kind = next((each for each in _error_classes(MooringError) if each.__name__ == failure.kind), None)
    if kind is None:
        return EngineError(f"{failure.kind}: {failure.message}", hint=failure.hint)
    error: MooringError = kind(failure.message, **{name: getattr(failure, name) for name in _carried_by(kind)})
    return error


def _carried_by(kind: type[MooringError]) -> list[str]:
    parameters = inspect.signature(kind).parameters
    return [name for name in _CARRIED if name in parameters]


def _can_be_carried(kind: type) -> bool:
    if kind.__module__ != MooringError.__module__:
        return False
    return all(name in ("message", *_CARRIED) for name in inspect.signature(kind).parameters)


def _error_classes(kind: type[MooringError]) -> Iterator[type[MooringError]]:
    if kind.__module__ == MooringError.__module__:
        yield kind
        for child in kind.__subclasses__():
            yield from _error_classes(child)
