"""Fleet runs in tests: machines behind one sshd, somebody at the prompts, and a listener that remembers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path

from mooring.fleet.capture import CaptureLimits, CaptureStore
from mooring.fleet.direct import DirectExecutor
from mooring.fleet.executor import Executor
from mooring.fleet.plan import RunPlan, plan_line
from mooring.fleet.result import MachineResult, State
from mooring.fleet.run import FleetRun, RunOptions
from mooring.fleet.spool import Input
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.prompts import Answer, HostKeyQuestion, Notice, Question
from support.sshd import SshServer


def machines(names: Iterable[str], config: Path, *, guard: bool = False) -> tuple[Machine, ...]:
    """Machines of those names, which the configuration knows."""
    return tuple(
        Machine(name, ("test",), Origin("test"), Target(name, config_file=str(config)), guard=guard) for name in names
    )


def write_fleet_config(server: SshServer, names: Iterable[str], settings: Mapping[str, Iterable[str]] = {}) -> Path:
    """An ssh_config in which all names lead to one server; `settings` are further lines for a name, which win.

    Each name has a HostKeyAlias of its own, or they would all be one machine to the connection pool.
    """
    config = server.write_client_config("fleet_base")
    common = config.read_text().split("\n", 1)[1]
    known = server.folder / "known_hosts_fleet_base"
    known.write_text("".join(f"{name} {server.host_public_key}\n" for name in names))
    blocks = [
        f"Host {name}\n" + "".join(f"{line}\n" for line in (*settings.get(name, ()), f"HostKeyAlias {name}"))
        for name in names
    ]
    path = server.folder / "config_fleet"
    path.write_text(f"{''.join(blocks)}Host *\n{common}")
    path.chmod(0o600)
    return path


class RememberingPrompter:
    """A `FleetPrompter` with one answer for everything; it counts what it was asked."""

    def __init__(self, answer: Answer = None, *, trusts: bool = False) -> None:
        self._answer = answer
        self._trusts = trusts
        self.questions: list[Question] = []
        self.host_keys: list[tuple[HostKeyQuestion, ...]] = []
        self.notices: list[tuple[str, str]] = []

    async def ask(self, question: Question) -> Answer:
        """Give the answer."""
        self.questions.append(question)
        return self._answer

    async def ask_host_keys(self, questions: tuple[HostKeyQuestion, ...]) -> tuple[bool, ...]:
        """Trust them or not."""
        self.host_keys.append(questions)
        return (self._trusts,) * len(questions)

    def notify(self, machine: str, notice: Notice) -> None:
        """Remember it."""
        self.notices.append((machine, notice.text))


class RememberingListener:
    """A `RunListener` that remembers states and lets a test wait for one."""

    def __init__(self, *, goes_on: bool = True) -> None:
        self._goes_on = goes_on
        self.states: dict[str, list[State]] = {}
        self.canaries: list[tuple[MachineResult, int]] = []
        self.output: dict[str, bytearray] = {}
        self._changed = asyncio.Event()

    def machine_changed(self, result: MachineResult) -> None:
        """Remember the state."""
        self.states.setdefault(result.machine, []).append(result.state)
        self._changed.set()

    def output_received(self, machine: str, data: bytes) -> None:
        """Remember the output."""
        self.output.setdefault(machine, bytearray()).extend(data)
        self._changed.set()

    def errors_received(self, machine: str, data: bytes) -> None:
        """Nothing to do: results hold it."""

    async def confirm_rest(self, canary: MachineResult, rest: int) -> bool:
        """Say what was agreed."""
        self.canaries.append((canary, rest))
        return self._goes_on

    async def until_states(self, wanted: Mapping[str, State]) -> None:
        """Wait until each of these machines has been in its state."""
        async with asyncio.timeout(25):
            while any(state not in self.states.get(machine, ()) for machine, state in wanted.items()):
                self._changed.clear()
                await self._changed.wait()

    async def until_output(self, machine: str, text: bytes) -> None:
        """Wait until a machine has written `text`."""
        async with asyncio.timeout(25):
            while text not in self.output.get(machine, b""):
                self._changed.clear()
                await self._changed.wait()


class Rehearsal:
    """One run with everything around it."""

    def __init__(
        self,
        plan: RunPlan,
        folder: Path,
        options: RunOptions | None = None,
        *,
        prompter: RememberingPrompter | None = None,
        listener: RememberingListener | None = None,
        stdin: Input | None = None,
        limits: CaptureLimits | None = None,
        executor: Executor | None = None,
    ) -> None:
        self.prompter = prompter or RememberingPrompter()
        self.listener = listener or RememberingListener()
        self.run = FleetRun(
            plan,
            executor or DirectExecutor(),
            self.prompter,
            self.listener,
            CaptureStore(folder, limits),
            options or RunOptions(),
            stdin=stdin,
        )

    async def results(self, *, seconds: float = 60) -> dict[str, MachineResult]:
        """Run to the end; the results by machine."""
        results = await asyncio.wait_for(self.run.run(), seconds)
        return {result.machine: result for result in results}


def line(command: str, of: tuple[Machine, ...], *, sudo: bool = False) -> RunPlan:
    """A plan for a command as it is typed."""
    return plan_line(command, of, sudo=sudo)
