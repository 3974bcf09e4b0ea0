"""Who runs this program, as far as ssh's configuration cares."""

from __future__ import annotations

import os
import pwd
import socket
from dataclasses import dataclass

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin


@dataclass(frozen=True, slots=True)
class Person:
    """The local user by the password database, which ssh trusts where other programs read $HOME and $USER."""

    name: str
    uid: int
    home: str
    hostname: str

    @classmethod
    def current(cls) -> Person:
        """The user of this process; raises `ConfigError` where the password database has no entry for it."""
        uid = os.getuid()
        try:
            entry = pwd.getpwuid(uid)
        except KeyError:
            raise ConfigError(f"No user exists for uid {uid}", Origin("password database")) from None
        return cls(name=entry.pw_name, uid=uid, home=entry.pw_dir, hostname=socket.gethostname())
