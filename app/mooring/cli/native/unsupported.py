"""What ssh can do and the native client can't: refused by name before anything is sent, never silently left out."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.model.errors import UnsupportedError
from mooring.model.ssh_arguments import SshArguments
from mooring.sshconfig import ResolvedHost

_FLAGS = {
    "X": "X11 forwarding (-X)",
    "Y": "trusted X11 forwarding (-Y)",
    "w": "tunnel devices (-w)",
    "M": "connection sharing as a master (-M)",
    "O": "control commands to a master (-O)",
    "S": "connection sharing (-S)",
    "I": "PKCS#11 tokens (-I)",
    "K": "GSSAPI authentication (-K)",
    "y": "logging to syslog (-y)",
}


def refuse_unsupported(arguments: SshArguments, resolved: ResolvedHost, instead: Sequence[str]) -> None:
    """Raise UnsupportedError, with the command of the system's ssh that does it, for the first thing of that kind.

    What a file asks for counts as well as a flag does, where leaving it out would mean something else than was asked.
    """
    found = _flag(arguments) or _setting(resolved)
    if found is not None:
        from mooring.system_ssh import shell_line

        raise UnsupportedError(
            f"mooring: the native client has no {found}.", hint=f"Use the system's ssh: {shell_line(instead)}"
        )


def unsupported_settings(resolved: ResolvedHost) -> tuple[str, ...]:
    """Name every setting of a resolved host that the native client can't honour."""
    return tuple(name for name, asked in _settings(resolved) if asked)


def _flag(arguments: SshArguments) -> str | None:
    for option in arguments.options:
        if option.letter == "S" and option.argument == "none":
            continue
        if option.letter in _FLAGS:
            return _FLAGS[option.letter]
    return None


def _setting(resolved: ResolvedHost) -> str | None:
    return next(iter(unsupported_settings(resolved)), None)


def _settings(resolved: ResolvedHost) -> tuple[tuple[str, bool], ...]:
    return (
        ("X11 forwarding (ForwardX11)", resolved.flag("forwardx11")),
        ("tunnel devices (Tunnel)", resolved.text("tunnel") not in ("", "no", "false")),
        ("PKCS#11 tokens (PKCS11Provider)", resolved.text("pkcs11provider") not in ("", "none")),
        ("host-based authentication (HostbasedAuthentication)", resolved.flag("hostbasedauthentication")),
    )
