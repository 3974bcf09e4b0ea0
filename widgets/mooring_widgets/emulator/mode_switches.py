"""SM, RM, DECSET, DECRST, XTSAVE, XTRESTORE and DECRQM over pyte's set of modes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyte.modes

from mooring_widgets.emulator.modes import Modes, MouseEncoding, MouseTracking

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

PRIVATE_SHIFT = 5
"""pyte keeps private modes shifted by this, so that one set holds both kinds."""

COLUMN_MODE = 3
BLINKING_MODE = 12
MARGIN_MODE = 69
MARGIN_LEVEL = 4
REPORT_LEVEL = 3
ORIGIN_MODE = 6
SAVED_CURSOR = 1048
SYNCHRONIZED = 2026
GRAPHEME_CLUSTERS = 2027
COLOUR_SCHEME = 2031
IN_BAND_RESIZE = 2048

DEFAULT_MODES = frozenset(
    {pyte.modes.DECAWM, pyte.modes.DECTCEM, 12, *(mode << PRIVATE_SHIFT for mode in (1007, 1046))}
)
_ANSI_KNOWN = frozenset({2, 4, 12, 20})
_ANSI_NEVER = frozenset({1, 3, 5, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19})
"""ANSI modes that xterm reports as permanently reset."""

_PRIVATE_KNOWN = frozenset(
    {1, 3, 4, 5, 6, 7, 9, 12, 18, 19, 25, 35, 40, 41, 42, 45, 47, 66, 67, 69, 95}
    | {1000, 1002, 1003, 1004, 1005, 1006, 1007, 1010, 1011, 1014, 1015, 1016, 1034, 1035, 1037, 1040, 1041, 1042}
    | {1043, 1044, 1045, 1046, 1047, 1048, 1049}
    | {2004, SYNCHRONIZED, COLOUR_SCHEME, IN_BAND_RESIZE}
)
"""Modes that do something here, or that programs set and look up though nobody sees a difference."""

_PRIVATE_ALWAYS = frozenset({2, 1020, 1036, 1039, GRAPHEME_CLUSTERS})
"""Reported as permanently set: no VT52, UTF-8, alt and meta as an ESC in front, clusters."""

_PRIVATE_NEVER = frozenset(
    {8, 10, 11, 13, 14, 16, 30, 34, 36, 38, 44, 53, *range(57, 62), 64, 68, 73, 81, *range(96, 118)}
    | {1001, 1021, 1050, 1051, 1052, 1053, 1060, 1061, 2001, 2002, 2003, 2005, 2006}
)
"""Reported as permanently reset: what VT500s have and xterm has not, and what of xterm's would need its window."""

_ALTERNATE = frozenset({47, 1047, 1049})
_TRACKING = frozenset(int(tracking) for tracking in MouseTracking if tracking)
_ENCODINGS = frozenset(int(encoding) for encoding in MouseEncoding if encoding)
_EXCLUSIVE = (_TRACKING, _ENCODINGS)


class ModeSwitches:
    """Switches modes and says how they stand; what a mode does beyond being on is in one table."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._saved: dict[int, bool] = {}
        self._states: dict[int, Callable[[], bool]] = {
            BLINKING_MODE: lambda: screen.cursor.blinking,
            SAVED_CURSOR: lambda: screen.buffers.has_saved_cursor,
            **{mode: lambda: screen.buffers.alternate for mode in _ALTERNATE},
        }
        self._actions: dict[int, Callable[[bool], None]] = {
            COLUMN_MODE: screen.actions.columns,
            5: screen.actions.reverse,
            ORIGIN_MODE: screen.actions.origin,
            BLINKING_MODE: screen.actions.blinking,
            25: screen.actions.cursor,
            42: screen.actions.national_sets,
            47: screen.buffers.switch,
            MARGIN_MODE: screen.margin_commands.set_margin_mode,
            1047: screen.buffers.switch_clearing_on_leave,
            SAVED_CURSOR: screen.actions.saved_cursor,
            1049: screen.buffers.switch_with_cursor,
            SYNCHRONIZED: screen.actions.synchronize,
            IN_BAND_RESIZE: screen.actions.in_band_resize,
        }

    def is_set(self, mode: int) -> bool:
        """Whether a private mode is on."""
        state = self._states.get(mode)
        if state is not None:
            return state()
        return mode << PRIVATE_SHIFT in self._screen.mode

    def set_ansi(self, *modes: int) -> None:
        """SM."""
        self._screen.mode.update(mode for mode in modes if mode in _ANSI_KNOWN)
        self._screen.refresh()

    def reset_ansi(self, *modes: int) -> None:
        """RM."""
        self._screen.mode.difference_update(modes)
        self._screen.refresh()

    def set_private(self, *modes: int) -> None:
        """DECSET."""
        for mode in modes:
            self.switch(mode, True)

    def reset_private(self, *modes: int) -> None:
        """DECRST."""
        for mode in modes:
            self.switch(mode, False)

    def switch(self, mode: int, on: bool, *, moves: bool = True) -> None:
        """Switch one private mode; an unknown one is ignored. Unless `moves`, origin mode does not home the cursor."""
        screen = self._screen
        if mode not in _PRIVATE_KNOWN or self._is_held_back(mode):
            return
        for group in _EXCLUSIVE:
            if mode in group and on:
                screen.mode.difference_update(other << PRIVATE_SHIFT for other in group)
        if on:
            screen.mode.add(mode << PRIVATE_SHIFT)
        else:
            screen.mode.discard(mode << PRIVATE_SHIFT)
        action = self._actions.get(mode)
        if action is not None and (moves or mode != ORIGIN_MODE):
            action(on)
        screen.refresh()

    def _is_held_back(self, mode: int) -> bool:
        """Whether the mode belongs to a later terminal than DECSCL chose, or the alternate screen is switched off."""
        if mode in _ALTERNATE or mode == SAVED_CURSOR:
            return not self.is_set(1046)
        return mode == MARGIN_MODE and self._screen.resets.level < MARGIN_LEVEL

    def save(self, *modes: int) -> None:
        """XTSAVE."""
        for mode in modes:
            if mode in _PRIVATE_KNOWN:
                self._saved[mode] = self.is_set(mode)

    def restore(self, *modes: int) -> None:
        """XTRESTORE."""
        for mode in modes:
            if mode in self._saved:
                self.switch(mode, self._saved[mode])

    def forget_saved(self) -> None:
        """RIS."""
        self._saved.clear()

    def report_ansi(self, mode: int = 0) -> None:
        """DECRQM for an ANSI mode."""
        if self._screen.resets.level < REPORT_LEVEL:
            return
        if mode in _ANSI_NEVER:
            state = 4
        elif mode in _ANSI_KNOWN:
            state = 1 if mode in self._screen.mode else 2
        else:
            state = 0
        self._screen.replies.csi(f"{mode};{state}$y")

    def report_private(self, mode: int = 0) -> None:
        """DECRQM for a private mode."""
        if self._screen.resets.level < REPORT_LEVEL:
            return
        if mode in _PRIVATE_ALWAYS:
            state = 3
        elif mode in _PRIVATE_NEVER:
            state = 4
        elif mode in _PRIVATE_KNOWN:
            state = 1 if self.is_set(mode) else 2
        else:
            state = 0
        self._screen.replies.csi(f"?{mode};{state}$y")

    @property
    def mouse_tracking(self) -> MouseTracking:
        """The mouse mode that is on."""
        return next((tracking for tracking in MouseTracking if tracking and self.is_set(tracking)), MouseTracking.OFF)

    @property
    def mouse_encoding(self) -> MouseEncoding:
        """The mouse encoding that is on."""
        return next((encoding for encoding in MouseEncoding if encoding and self.is_set(encoding)), MouseEncoding.X10)

    def snapshot(self) -> Modes:
        """The modes that a widget has to know."""
        screen = self._screen
        keyboard = screen.keyboard
        return Modes(
            application_cursor=self.is_set(1),
            application_keypad=self.is_set(66),
            bracketed_paste=self.is_set(2004),
            focus_events=self.is_set(1004),
            mouse_tracking=self.mouse_tracking,
            mouse_encoding=self.mouse_encoding,
            alternate_screen=screen.buffers.alternate,
            alternate_scroll=self.is_set(1007),
            kitty_flags=keyboard.kitty_flags,
            modify_other_keys=keyboard.modify(4),
            modify_cursor_keys=keyboard.modify(1),
            modify_function_keys=keyboard.modify(2),
            format_other_keys=keyboard.format(4),
            reverse_video=self.is_set(5),
            synchronized=screen.actions.synchronized,
            in_band_resize=self.is_set(IN_BAND_RESIZE),
            colour_scheme_reports=self.is_set(COLOUR_SCHEME),
            backarrow_sends_backspace=self.is_set(67),
            newline=pyte.modes.LNM in screen.mode,
            keyboard_locked=2 in screen.mode,
            eight_bit_controls=screen.replies.eight_bit,
        )
