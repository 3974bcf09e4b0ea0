"""All who wait for one login or use what came of it, as one prompter: questions are put once, notices reach all."""

from __future__ import annotations

import asyncio

from mooring.model.connection import Step
from mooring.model.prompts import Answer, Notice, Prompter, Question
from mooring.ssh.hop import Progress


class Member:
    """One of the audience. `prompter` is None where nobody may be asked: a probe, a run without a person."""

    def __init__(self, prompter: Prompter | None, progress: Progress) -> None:
        self.prompter = prompter
        self.progress = progress
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Audience:
    """The `Prompter` of a connection that is shared."""

    def __init__(self) -> None:
        self._members: list[Member] = []
        self._last_step: tuple[Step, str] | None = None
        self.asked_nobody = False
        """Whether a question had to be left because nobody was there who may be asked."""

    def join(self, member: Member) -> None:
        """Let one more hear; how far the way has come it hears at once."""
        self._members.append(member)
        if self._last_step is not None:
            member.progress(*self._last_step)

    def leave(self, member: Member) -> None:
        """Let one go. A question that it was asked lapses there, and is put to the next."""
        self._members.remove(member)
        if not member.gone.done():
            member.gone.set_result(None)

    def progress(self, step: Step, hop: str) -> None:
        """Tell everybody how far the way has come."""
        self._last_step = (step, hop)
        for member in tuple(self._members):
            member.progress(step, hop)

    async def ask(self, question: Question) -> Answer:
        """Ask whoever has waited longest and may be asked."""
        while (member := self._first_to_ask()) is not None and member.prompter is not None:
            asking = asyncio.ensure_future(member.prompter.ask(question))
            try:
                await asyncio.wait((asking, member.gone), return_when=asyncio.FIRST_COMPLETED)
                if asking.done():
                    return asking.result()
            finally:
                if not asking.done():
                    asking.cancel()
                    await asyncio.gather(asking, return_exceptions=True)
        self.asked_nobody = True
        return None

    def notify(self, notice: Notice) -> None:
        """Show something to everybody."""
        for member in tuple(self._members):
            if member.prompter is not None:
                member.prompter.notify(notice)

    def _first_to_ask(self) -> Member | None:
        return next((member for member in self._members if member.prompter is not None), None)
