"""OpenSSH's own words about host keys, which people and expect scripts know."""

from __future__ import annotations

from mooring.ssh.known_hosts import Entry

NOT_TRUSTED = "Host key verification failed."

_RULE = "@" * 59


def changed_key_warning(kind: str, fingerprint: str, file: str, offending: Entry) -> str:
    """The warning about a key that is not the one on record (warn_changed_key in sshconnect.c)."""
    lines = [
        _RULE,
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @",
        _RULE,
        "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!",
        "Someone could be eavesdropping on you right now (man-in-the-middle attack)!",
        "It is also possible that a host key has just been changed.",
        f"The fingerprint for the {kind} key sent by the remote host is",
        f"{fingerprint}.",
        "Please contact your system administrator.",
    ]
    if file:
        lines.append(f"Add correct host key in {file} to get rid of this message.")
    lines.append(f"Offending {offending.key.short_name} key in {offending.origin}")
    return "\n".join(lines)


def revoked_key_warning(kind: str, name: str) -> str:
    """The warning about a key that a @revoked line names."""
    return "\n".join(
        (
            _RULE,
            "@       WARNING: REVOKED HOST KEY DETECTED!               @",
            _RULE,
            f"The {kind} host key for {name} is marked as revoked.",
            "This could mean that a stolen key is being used to",
            "impersonate this host.",
        )
    )
