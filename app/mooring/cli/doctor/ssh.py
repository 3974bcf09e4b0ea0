"""Both ways to a machine: the system's ssh, our own, and the agent that both ask."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from mooring.cli.doctor.finding import Finding, fine, note, problem, warning
from mooring.system_ssh import find_ssh

_PATIENCE = 5.0
_MANY_KEYS = 5
"""MaxAuthTries is 6 where nobody changed it (sshd_config(5)), and each key that is offered is a try."""


def examine_ssh(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the programs and libraries."""
    yield _system(find_ssh())
    for variable in ("MOORING_NATIVE_SSH", "MACHINE_NATIVE_SSH"):
        if environment.get(variable) not in (None, "", "0"):
            yield note(f"{variable} is set: Mooring's own SSH is used everywhere", f"unset {variable}")
    yield _native()


def examine_agent(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Ask the agent for its keys."""
    path = environment.get("SSH_AUTH_SOCK")
    if not path:
        yield note("no agent: passphrases are asked for in each Mooring", 'eval "$(ssh-agent)", then ssh-add')
        return
    # Loads the SSH library.
    from mooring.ssh.agent import Agent

    async def keys_of_agent() -> tuple[int, str]:
        agent = Agent(path)
        try:
            listed = await agent.list_keys()
        finally:
            await agent.close()
        return len(listed.keys), listed.problem or ""

    count, reason = asyncio.run(keys_of_agent())
    if reason:
        yield problem(f"the agent at {path}: {reason}", "start one anew, and set SSH_AUTH_SOCK; or unset it")
    elif count == 0:
        yield note("the agent holds no keys", "ssh-add")
    elif count > _MANY_KEYS:
        yield warning(
            f"the agent holds {count} keys: a server that counts tries may hang up before the right one",
            "name the key of each machine (IdentityFile) and set IdentitiesOnly yes",
        )
    else:
        yield fine(f"the agent holds {count} {'key' if count == 1 else 'keys'}")


def _system(ssh: str | None) -> Finding:
    if ssh is None:
        return note("no ssh program: Mooring's own SSH is used, and nothing can be handed over", "install OpenSSH")
    try:
        run = subprocess.run(
            [ssh, "-V"], capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return problem(f"{ssh} does not run: {error}", "install OpenSSH anew, or use --native-ssh")
    said = (run.stderr or run.stdout).strip() or "it does not tell its version"
    return fine(f"{ssh}: {said.splitlines()[0]}")


def _native() -> Finding:
    try:
        asyncssh, _bcrypt = version("asyncssh"), version("bcrypt")
        importlib.import_module("bcrypt")
    except PackageNotFoundError as error:
        return problem(f"the package {error.name} is missing", "install Mooring anew")
    except ImportError as error:
        return problem(f"bcrypt can't be loaded, encrypted keys can't be opened: {error}", "install Mooring anew")
    return fine(f"Mooring's own SSH: asyncssh {asyncssh}")
