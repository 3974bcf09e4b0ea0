"""What the remote asked of the keyboard: kitty's progressive enhancement and xterm's modifyOtherKeys.

Sources: kitty's page "Comprehensive keyboard handling in terminals"; xterm's ctlseqs, XTMODKEYS and XTQMODKEYS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

STACK_LIMIT = 16
_RESOURCE_DEFAULTS = {0: 0, 1: 2, 2: 2, 4: 0}
"""modifyKeyboard, modifyCursorKeys, modifyFunctionKeys and modifyOtherKeys, as xterm starts with."""


class Keyboard:
    """The flags of each screen with their stacks, and the modify resources."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.granted = screen.settings.kitty_flags_granted
        self._stacks: dict[bool, list[int]] = {False: [0], True: [0]}
        self._resources = dict(_RESOURCE_DEFAULTS)

    @property
    def _stack(self) -> list[int]:
        return self._stacks[self._screen.buffers.alternate]

    @property
    def kitty_flags(self) -> int:
        """The flags in force on the screen that is shown."""
        return self._stack[-1]

    def resource(self, number: int) -> int:
        """The value of an XTMODKEYS resource."""
        return self._resources.get(number, 0)

    def push_flags(self, flags: int = 0) -> None:
        """`CSI > flags u`."""
        stack = self._stack
        if len(stack) >= STACK_LIMIT:
            del stack[0]
        stack.append(self._granted(flags))

    def pop_flags(self, count: int = 0) -> None:
        """`CSI < number u`."""
        stack = self._stack
        for _ in range(min(max(count, 1), len(stack))):
            stack.pop()
        if not stack:
            stack.append(0)

    def change_flags(self, flags: int = 0, how: int = 0) -> None:
        """`CSI = flags ; mode u`: 1 sets all, 2 adds, 3 takes away."""
        stack = self._stack
        if how in (0, 1):
            stack[-1] = self._granted(flags)
        elif how == 2:
            stack[-1] |= self._granted(flags)
        elif how == 3:
            stack[-1] &= ~flags

    def report_flags(self) -> None:
        """`CSI ? u`: answered with what the outer terminal granted of what was asked; not at all where it grants none.

        An answer, even of 0, tells a program that the protocol is there.
        """
        if self.granted:
            self._screen.replies.csi(f"?{self.kitty_flags}u")

    def set_resource(self, number: int | None = None, value: int | None = None) -> None:
        """XTMODKEYS: without a value the resource goes back to its default, without a number all do."""
        if number is None:
            self._resources = dict(_RESOURCE_DEFAULTS)
        elif number in _RESOURCE_DEFAULTS:
            self._resources[number] = _RESOURCE_DEFAULTS[number] if value is None else min(value, 3)

    def disable_resource(self, number: int = 2) -> None:
        """`CSI > number n`: switch the modifier reports of a resource off."""
        if number in _RESOURCE_DEFAULTS:
            self._resources[number] = 0

    def report_resource(self, number: int = 0) -> None:
        """XTQMODKEYS."""
        if number in _RESOURCE_DEFAULTS:
            self._screen.replies.csi(f">{number};{self._resources[number]}m")

    def reset(self) -> None:
        """RIS, and what a program that died left on."""
        self._stacks = {False: [0], True: [0]}
        self._resources = dict(_RESOURCE_DEFAULTS)

    def _granted(self, flags: int) -> int:
        return flags & self.granted & 0b11111
