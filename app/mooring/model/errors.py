"""The one hierarchy of errors that reach a person.

Each carries what the person needs to act; the command line and the screens render them, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping

from mooring.model.origin import Origin


class MooringError(Exception):
    """Something that a person has to know: what happened, and what to do next where there is something to do."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MooringError):
    """The command line asked for something that does not exist or does not fit together."""


class NothingSelectedError(UsageError):
    """Words that should pick machines fit none; `nearest` are the words that may have been meant, nearest first."""

    def __init__(self, message: str, *, nearest: tuple[str, ...] = (), hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.nearest = nearest


class ConfigError(MooringError):
    """A configuration file, or an option in its syntax, that can't be used; `origin` is the place to mend."""

    def __init__(self, message: str, origin: Origin, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.origin = origin


class UnusableSettingError(ConfigError):
    """A setting that was well read but can't be used as it stands, or not beside another one.

    ssh finds these when it has read everything and knows how much it may say, unlike the bad words of a command line.
    """


class EditConflictError(MooringError):
    """What is to be saved was changed on disk in the meantime, by another program or another window.

    `base` is the entry as it was when the editing began, `mine` as it would be saved, `theirs` as it is on disk; None
    is an entry that is not there. `fields` are those that both changed, each to something else.
    """

    def __init__(
        self,
        message: str,
        *,
        base: Mapping[str, object] | None,
        mine: Mapping[str, object] | None,
        theirs: Mapping[str, object] | None,
        fields: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.base = base
        self.mine = mine
        self.theirs = theirs
        self.fields = fields


class SourceError(MooringError):
    """A source of machines as a whole can't be used: a program that failed, a server that does not answer."""

    def __init__(self, source: str, reason: str, *, hint: str | None = None) -> None:
        super().__init__(f"{source}: {reason}", hint=hint)
        self.source = source


class UnsupportedError(MooringError):
    """Something that `ssh` can do and the native path can't; said before connecting, with the command to use."""


class ConnectionFailedError(MooringError):
    """The way to the machine, up to the key exchange, did not open; `hop` names the host where it stopped."""

    def __init__(self, message: str, *, hop: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.hop = hop


class NameResolutionError(ConnectionFailedError):
    """The host name has no address."""


class ConnectionRefusedByHostError(ConnectionFailedError):
    """Nothing listens on that port."""


class ConnectionTimedOutError(ConnectionFailedError):
    """No answer within ConnectTimeout, or the system's own limit."""


class NoRouteError(ConnectionFailedError):
    """No way leads to the host or its network from here."""


class HostKeyError(ConnectionFailedError):
    """The host could not show that it is the one we know; nothing was sent to it."""


class HostKeyUnknownError(HostKeyError):
    """No key is on record for this host, and nobody was there to accept it or the answer was no."""


class HostKeyChangedError(HostKeyError):
    """Another key is on record for this host; `origin` is the offending known_hosts line.

    `fingerprint` is that of the key the host shows, `known_fingerprint` that of the key on record. `known_name` is the
    name on record ("host", "[host]:port", an alias): what has to be forgotten before the new key can be met.
    """

    def __init__(
        self,
        message: str,
        *,
        hop: str,
        origin: Origin,
        fingerprint: str,
        known_fingerprint: str = "",
        known_name: str = "",
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hop=hop, hint=hint)
        self.origin = origin
        self.fingerprint = fingerprint
        self.known_fingerprint = known_fingerprint
        self.known_name = known_name


class HostKeyRevokedError(HostKeyError):
    """The key that the host shows is marked as revoked."""


class AuthenticationFailedError(ConnectionFailedError):
    """The host is the right one, but let nobody in with what was offered."""


class PortTakenError(ConnectionFailedError):
    """A port of this computer, on which a forward should listen, is somebody else's; the hint says whose."""


class CancelledByPersonError(MooringError):
    """A prompt was answered with "no, leave it"; not a fault."""


class ConnectionLostError(MooringError):
    """An open connection ended without the remote side saying why."""


class NoAnswerError(ConnectionLostError):
    """An open connection was given up: the other side answered no sign of life (ServerAliveInterval)."""


class EngineError(MooringError):
    """The engine process could not be started, ended unasked, or does not speak our protocol."""


class EngineVersionError(EngineError):
    """An engine that keeps sessions was started by another version of Mooring, and does not speak our protocol."""


class EngineBusyError(EngineError):
    """Another UI is attached to the engine, and was not to be sent away."""


class EngineTakenOverError(EngineError):
    """Another UI has taken the engine and its sessions over; they go on there."""


class DesktopError(MooringError):
    """A program of the desktop, for its clipboard or for opening an address, did not do what it was asked for."""


class RecordingError(MooringError):
    """A recording can't be read, from the place on that the message names."""


class FileError(MooringError):
    """A file or a folder, here or on a machine, can't be read, written, made or taken away."""
