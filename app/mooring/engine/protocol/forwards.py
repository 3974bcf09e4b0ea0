"""Forwards of a session's machine: asked for, added and removed."""

from __future__ import annotations

from mooring.engine.protocol.message import Message
from mooring.engine.protocol.requests import Reply, Request
from mooring.model.forward_report import ForwardReport
from mooring.model.forward_specification import ForwardSpecification

# Towards the engine; each is answered by ForwardList.


class ListForwards(Request, frozen=True):
    """Tell how each forward of a session's machine stands."""

    session: int


class AddForward(Request, frozen=True):
    """Open one more; with `remote` the server listens for it."""

    session: int
    specification: ForwardSpecification
    remote: bool


class RemoveForward(Request, frozen=True):
    """Stop forwarding."""

    session: int
    specification: ForwardSpecification
    remote: bool


# Towards the user interface.


class ForwardList(Reply, frozen=True):
    """How each of them stands."""

    forwards: tuple[ForwardReport, ...]


class SessionForwards(Message, frozen=True):
    """How many forwards of a session's machine stand, and how many could not be opened."""

    session: int
    standing: int
    failed: int
