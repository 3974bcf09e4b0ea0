"""Requests that are answered once, by the number that the UI gave them."""

from __future__ import annotations

from mooring.engine.protocol.message import Failure, Message
from mooring.model.machine import Target
from mooring.model.reachability import Reachability


class Request(Message, frozen=True):
    """Towards the engine: something that has one reply."""

    request: int


class Reply(Message, frozen=True):
    """Towards the UI: the answer to a request."""

    request: int


class CancelRequest(Message, frozen=True):
    """Towards the engine: nobody waits for the answer any more; none comes."""

    request: int


class RequestFailed(Reply, frozen=True):
    """There is no answer, and why."""

    failure: Failure


class Probe(Request, frozen=True):
    """Find out whether a machine can be reached, within `limit` seconds; answered by Probed.

    Without `may_log_in` only jump hosts are passed that are logged in to.
    """

    target: Target
    limit: float
    may_log_in: bool = True


class Probed(Reply, frozen=True):
    """What a Probe found."""

    found: Reachability
