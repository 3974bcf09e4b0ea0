"""Every error of the model crosses the process boundary as itself."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec
import pytest

from mooring.engine.failures import error_of, failure_of
from mooring.engine.protocol import Failure
from mooring.model import errors
from mooring.model.errors import EngineError, HostKeyChangedError, MooringError
from mooring.model.origin import Origin

ARGUMENTS: dict[str, Any] = {
    "message": "what happened",
    "hint": "what to do",
    "hop": "bastion",
    "origin": Origin("/home/u/.ssh/known_hosts", 7),
    "fingerprint": "SHA256:abc",
    "known_fingerprint": "SHA256:def",
    "known_name": "[web-1]:2222",
}


ERROR_CLASSES = [
    value for _name, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, MooringError)
]
OF_THE_ENGINE = [kind for kind in ERROR_CLASSES if not set(inspect.signature(kind).parameters) - set(ARGUMENTS)]


@pytest.mark.parametrize("kind", OF_THE_ENGINE)
def test_an_error_arrives_as_the_same_class_with_all_that_it_carries(kind: type[MooringError]) -> None:
    names = inspect.signature(kind).parameters
    sent = kind(**{name: ARGUMENTS[name] for name in names})
    wire = msgspec.msgpack.encode(failure_of(sent))
    received = error_of(msgspec.msgpack.decode(wire, type=Failure))
    assert type(received) is kind
    assert vars(received) == vars(sent)
    assert str(received) == "what happened"


def test_a_private_subclass_goes_as_the_error_that_the_model_knows() -> None:
    class OwnError(HostKeyChangedError):
        pass

    sent = OwnError("changed", hop="web", origin=Origin("known_hosts", 3), fingerprint="SHA256:x")
    received = error_of(failure_of(sent))
    assert type(received) is HostKeyChangedError
    assert received.origin == Origin("known_hosts", 3)


def test_an_error_that_carries_what_the_engine_knows_nothing_of_goes_as_its_ancestor() -> None:
    class ListError(MooringError):
        def __init__(self, message: str, *, rows: int) -> None:
            super().__init__(message)
            self.rows = rows

    ListError.__module__ = MooringError.__module__
    assert type(error_of(failure_of(ListError("too long", rows=3)))) is MooringError


def test_a_class_that_this_side_does_not_know_still_says_what_happened() -> None:
    received = error_of(Failure(kind="FutureError", message="the moon is full"))
    assert type(received) is EngineError
    assert received.message == "FutureError: the moon is full"
