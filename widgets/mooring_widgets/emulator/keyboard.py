"""What the remote asked of the keyboard: kitty's progressive enhancement and xterm's modifyOtherKeys.

Sources: kitty's page "Comprehensive keyboard handling in terminals"; xterm's ctlseqs, XTMODKEYS and XTQMODKEYS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

STACK_LIMIT = 16
DISABLED = -1
_MODIFY_DEFAULTS = {0: 0, 1: 2, 2: 2, 3: 0, 4: 0, 6: 0, 7: 0}
"""modifyKeyboard, modifyCursorKeys, modifyFunctionKeys, modifyKeypadKeys, modifyOtherKeys, ... as xterm starts with."""
_FORMAT_DEFAULTS = dict.fromkeys(_MODIFY_DEFAULTS, 0)
"""formatKeyboard, formatCursorKeys, and so on: xterm knows a second format for formatOtherKeys alone."""


class Keyboard:
    """The flags of each screen with their stacks, and the modify and format resources."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.granted = screen.settings.kitty_flags_granted
        self._stacks: dict[bool, list[int]] = {False: [0], True: [0]}
        self._modify = dict(_MODIFY_DEFAULTS)
        self._format = dict(_FORMAT_DEFAULTS)

    @property
    def _stack(self) -> list[int]:
        return self._stacks[self._screen.buffers.alternate]

    @property
    def kitty_flags(self) -> int:
        """The flags in force on the screen that is shown."""
        return self._stack[-1]

    def modify(self, number: int) -> int:
        """The value of an XTMODKEYS resource; -1 where it was switched off."""
        return self._modify.get(number, 0)

    def format(self, number: int) -> int:
        """The value of an XTFMTKEYS resource."""
        return self._format.get(number, 0)

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

    def set_modify(self, number: int | None = None, value: int | None = None) -> None:
        """XTMODKEYS: without a value the resource goes back to its default, without a number all do."""
        _set(self._modify, _MODIFY_DEFAULTS, number, value)

    def set_format(self, number: int | None = None, value: int | None = None) -> None:
        """XTFMTKEYS, likewise."""
        _set(self._format, _FORMAT_DEFAULTS, number, value)

    def disable_modify(self, number: int = 2) -> None:
        """`CSI > number n`: switch the modifier reports of a resource off."""
        if number in _MODIFY_DEFAULTS:
            self._modify[number] = DISABLED

    def report_modify(self, number: int = 0) -> None:
        """XTQMODKEYS."""
        if described := self.describe_modify(number):
            self._screen.replies.csi(described)

    def report_format(self, number: int = 0) -> None:
        """XTQFMTKEYS."""
        if described := self.describe_format(number):
            self._screen.replies.csi(described)

    def describe_modify(self, number: int) -> str:
        """The sequence that makes an XTMODKEYS resource what it is, without CSI; "" where there is no such resource."""
        value = self._modify.get(number)
        if value is None:
            return ""
        return f">{number}n" if value == DISABLED else f">{number};{value}m"

    def describe_format(self, number: int) -> str:
        """The sequence that makes an XTFMTKEYS resource what it is, likewise."""
        value = self._format.get(number)
        return "" if value is None else f">{number};{value}f"

    def redraw_flags(self, *, alternate: bool) -> str:
        """What gives a screen that is shown its flags and their stack."""
        first, *pushed = self._stacks[alternate]
        return (f"\x1b[={first}u" if first else "") + "".join(f"\x1b[>{flags}u" for flags in pushed)

    def redraw_resources(self) -> str:
        """What makes the resources that differ from xterm's what they are."""
        modify = [number for number, value in self._modify.items() if value != _MODIFY_DEFAULTS[number]]
        formats = [number for number, value in self._format.items() if value != _FORMAT_DEFAULTS[number]]
        described = [*map(self.describe_modify, modify), *map(self.describe_format, formats)]
        return "".join(f"\x1b[{each}" for each in described)

    def reset(self) -> None:
        """RIS, and what a program that died left on."""
        self._stacks = {False: [0], True: [0]}
        self._modify = dict(_MODIFY_DEFAULTS)
        self._format = dict(_FORMAT_DEFAULTS)

    def _granted(self, flags: int) -> int:
        return flags & self.granted & 0b11111


def _set(resources: dict[int, int], defaults: dict[int, int], number: int | None, value: int | None) -> None:
    if number is None:
        resources.update(defaults)
    elif number in defaults:
        resources[number] = defaults[number] if value is None else min(value, 3)
