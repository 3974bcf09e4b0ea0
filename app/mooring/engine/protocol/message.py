"""What all messages have in common, and those about the conversation itself."""

from __future__ import annotations

import msgspec

from mooring.model.origin import Origin

PROTOCOL_VERSION = 5
"""Both sides name it in their first message; a difference ends the conversation with both numbers said."""


class Message(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    """What both directions have in common."""


class Hello(Message, frozen=True):
    """The first message of either side."""

    version: int
    process_id: int


class Shutdown(Message, frozen=True):
    """Towards the engine: end every session and the engine."""


class Failure(msgspec.Struct, frozen=True):
    """An error of `mooring.model.errors`, as data: its class name, and what it carries.

    `mooring.engine.failures` makes it and turns it into the error again; what a class does not carry is None.
    """

    kind: str
    message: str
    hint: str | None = None
    hop: str | None = None
    origin: Origin | None = None
    fingerprint: str | None = None
    known_fingerprint: str | None = None
    known_name: str | None = None
