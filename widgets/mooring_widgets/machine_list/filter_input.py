"""The line above the list that filters it as one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingsMap, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from mooring_widgets.machine_list.key_turns import KeyTurns, act


class FilterInput(Input):
    """One line of text; `enter` takes the machine under the cursor at once, `down`, `tab` and `esc` go to the list.

    `changed` and `leave` are called, not told by message: the list has to know the whole pattern, and to have the
    focus, before the next key comes.
    """

    virtual_size = Reactive(Size(0, 0))
    """Its size is fixed: Textual's own has the whole screen laid out anew at each letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open at once", show=False),
        Binding("down,tab,escape", "leave", "Go to the list", show=False),
        Binding("ctrl+u", "clear", "Clear the filter", show=False),
    ]

    def __init__(
        self,
        *,
        changed: Callable[[str], None],
        leave: Callable[[], None],
        turns: KeyTurns,
        id: str | None = None,
    ) -> None:
        super().__init__(placeholder="filter", compact=True, select_on_focus=False, id=id)
        self._keys = BindingsMap([*self.BINDINGS, *Input.BINDINGS])
        self._turns = turns
        turns.join(self)
        self._changed = changed
        self._leave = leave

    def on_mount(self) -> None:
        """Tell each change at once."""
        self.watch(self, "value", self._changed, init=False)

    async def on_event(self, event: events.Event) -> None:
        """Take keys only while they are for this line."""
        mine = self._turns.mine(self, event)
        if mine is not None:
            await super().on_event(mine)

    async def on_key(self, event: events.Key) -> None:
        """Take the keys that are no text."""
        await act(self, self._keys, event)

    async def action_choose(self) -> None:
        """Submit, and drop the focus: what follows is not for this line."""
        self.screen.set_focus(None)
        await self.action_submit()

    def action_leave(self) -> None:
        """Go to the list."""
        self._leave()

    def action_clear(self) -> None:
        """Start over."""
        self.value = ""
