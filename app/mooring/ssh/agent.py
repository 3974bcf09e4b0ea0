"""The ssh-agent: which keys it holds, and a line to it for signing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import asyncssh

from mooring.ssh.session_binding import EXTENSION, SessionBinding

PATIENCE = 5.0
"""Seconds that an agent gets to list its keys; one that hangs is said, not waited for."""


@dataclass(frozen=True, slots=True)
class AgentKeys:
    """What came of asking an agent. `problem` is a sentence when it could not be asked; `keys` then is empty."""

    keys: Sequence[asyncssh.SSHKeyPair] = field(default=())
    problem: str | None = None


class _Client(asyncssh.SSHAgentClient):
    async def bind(self, binding: SessionBinding) -> None:
        """Tie this connection to a session. An agent that knows no such thing says so, which is no matter."""
        await self._make_request(EXTENSION, binding.body(forwarding=False))


class Agent:
    """A connection to the agent behind the socket `path`, opened when it is needed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._client = _Client(path)

    async def list_keys(self, binding: SessionBinding | None = None) -> AgentKeys:
        """Ask for the keys; `binding` tells for which session they are to sign."""
        try:
            if binding is not None:
                await asyncio.wait_for(self._client.bind(binding), PATIENCE)
            return AgentKeys(tuple(await asyncio.wait_for(self._client.get_keys(), PATIENCE)))
        except TimeoutError:
            return AgentKeys(problem=f"The agent at {self.path} does not answer; its keys are left out.")
        except (OSError, ValueError) as error:
            return AgentKeys(problem=f"The agent at {self.path} can't be reached ({error}); its keys are left out.")

    async def add(self, key: asyncssh.SSHKey, *, lifetime: int | None, confirm: bool) -> str | None:
        """AddKeysToAgent: hand an opened key to the agent. Returns a sentence when that failed."""
        try:
            await asyncio.wait_for(self._client.add_keys([key], lifetime=lifetime, confirm=confirm), PATIENCE)
        except TimeoutError:
            return f"The agent at {self.path} does not answer; the key was not added."
        except (OSError, ValueError) as error:
            return f"The agent at {self.path} did not take the key: {error}"
        return None

    async def close(self) -> None:
        """Hang up."""
        self._client.close()
        await self._client.wait_closed()
