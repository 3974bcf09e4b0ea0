"""What each action does now: the parts of the program say it, whoever is pressed or clicked asks for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import isawaitable

from mooring.ui.actions.action import Action
from mooring.ui.actions.catalogue import ACTIONS, BY_NAME


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Handler:
    run: Callable[[], object]
    when: Callable[[], bool]


class Actions:
    """From an action's name to what does it. An action without a handler, or whose time it is not, does nothing."""

    def __init__(self) -> None:
        self._handlers: dict[str, _Handler] = {}

    def handle(self, name: str, run: Callable[[], object], *, when: Callable[[], bool] = _always) -> None:
        """Have `run` do an action, as long as `when` holds; it may return something to await.

        Raises KeyError for a name that the catalogue does not have.
        """
        self._handlers[BY_NAME[name].name] = _Handler(run, when)

    def can(self, name: str) -> bool:
        """Whether an action would do something now."""
        handler = self._handlers.get(name)
        return handler is not None and handler.when()

    def perform(self, name: str) -> Awaitable[object] | None:
        """Do an action at once; what takes longer comes back to be awaited."""
        if not self.can(name):
            return None
        outcome = self._handlers[name].run()
        return outcome if isawaitable(outcome) else None

    @property
    def handled(self) -> frozenset[str]:
        """The names that have a handler."""
        return frozenset(self._handlers)

    @property
    def for_palette(self) -> tuple[Action, ...]:
        """The actions that the palette offers now."""
        return tuple(action for action in ACTIONS if action.in_palette and self.can(action.name))
