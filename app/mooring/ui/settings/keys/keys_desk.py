"""Giving keys at work: the key is asked for, whoever has it already is said, and what comes of it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from mooring.ui.actions import Actions
from mooring.ui.keys import Area
from mooring.ui.keys.giving import Change, Holder, giving, holders, loss, refusal, resetting_all
from mooring.ui.keys.names import spell
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.keys.key_rows import KeyRow, key_rows, spoken
from mooring.ui.settings.settings_file import SettingsFile

if TYPE_CHECKING:
    from mooring.ui.settings.keys.keys_dialog import KeysDialog


class KeysDesk:
    """Acts on the keys of one settings.toml; dialogs go over `screen`. `area` is the part that has the focus.

    What is done here reads the file first, so that nobody decides by what somebody else has changed since.
    """

    def __init__(
        self, screen: Screen[Any], file: SettingsFile, settings: SettingsInForce, area: Callable[[], Area]
    ) -> None:
        self._screen = screen
        self._file = file
        self._settings = settings
        self._area = area
        self._dialog: KeysDialog | None = None
        settings.follow(self._settings_changed)

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("change-keys", self.open)

    def open(self, typed: str = "") -> None:
        """Show the keys; `typed` is searched for to begin with."""
        self._screen.run_worker(self.show(typed), group="keys", name="keys", exclusive=True)

    def change_leader(self, say: Callable[[str], None]) -> None:
        """Ask for another key that leads; what came of it goes to `say`."""

        async def change() -> None:
            rows = key_rows(self._settings.keymap, Area.ANYWHERE)
            say(await self.change(next(row for row in rows if row.action == "leader"), adding=False))

        self._screen.run_worker(change(), group="keys", name="change the leader", exclusive=True)

    async def show(self, typed: str = "") -> None:
        """Show the keys until that is left."""
        # Loaded where it is wanted: not every run changes a key.
        from mooring.ui.settings.keys.keys_dialog import KeysDialog

        self._dialog = KeysDialog(self._settings, self, first=self._area(), typed=typed)
        await self._screen.app.push_screen_wait(self._dialog)
        self._dialog = None

    # What the dialog asks for.

    async def change(self, row: KeyRow, *, adding: bool) -> str:
        """Give it the key that is pressed, instead of those that it has or beside them."""
        key = await self._pressed(row, adding=adding)
        if key is None:
            return ""
        if key in row.keys and (adding or row.keys == (key,)):
            return f"{spell(key)} does that already"
        return await self._give(row, (*row.keys, key) if adding else (key,))

    async def take_away(self, row: KeyRow) -> str:
        """Leave it without a key."""
        if row.action == "leader":
            return "! there has to be a key that leads"
        return await self._give(row, ())

    async def reset(self, row: KeyRow) -> str:
        """Give it the usual ones."""
        return await self._give(row, row.usual) if row.is_own else "it has the usual keys"

    async def reset_all(self) -> str:
        """Give all actions the usual ones, if that is meant."""
        from mooring.ui.dialogs.yes_or_no import YesOrNoDialog

        change = resetting_all(self._settings.now)
        if not change:
            return "all actions have the usual keys"
        title = "Give all actions the usual keys, and forget your own?"
        dialog = YesOrNoDialog(title, yes="The usual keys", no="Leave them", enter_means_yes=False)
        if not await self._screen.app.push_screen_wait(dialog):
            return ""
        return await self._write(change, "all actions have the usual keys")

    # Inner parts.

    async def _pressed(self, row: KeyRow, *, adding: bool) -> str | None:
        from mooring.ui.settings.keys.press_key_dialog import PressKeyDialog

        keymap = self._settings.keymap
        leader = keymap.leader if row.area is Area.LEADER else ""
        lines = [f"{row.area.heading}: {row.title[:1].lower()}{row.title[1:]}.", f"Now {row.spoken}."]
        if leader:
            lines.append(f"It follows {spell(leader)}, which may be pressed first.")
        if said := loss(row.area, "this key"):
            lines.append(said)
        title = "Press one more key" if adding else "Press the new key"
        dialog = PressKeyDialog(title, "\n".join(lines), lambda key: refusal(keymap, row.area, key), leader=leader)
        return await self._screen.app.push_screen_wait(dialog)

    async def _give(self, row: KeyRow, keys: tuple[str, ...]) -> str:
        """Write that an action has these keys, after whoever has one of them is said."""
        from mooring.ui.settings.keys.key_conflict_dialog import KeyChoice

        await self._file.read()
        instead = False
        if found := holders(self._settings.keymap, row.area, row.action, keys):
            if any(holder.action == "leader" and not holder.left for holder in found) and row.area is not Area.ANYWHERE:
                return f"! {spell(found[0].key)} leads: give the leader another key first"
            match await self._screen.app.push_screen_wait(self._conflict(row, keys, found)):
                case KeyChoice.LEAVE:
                    return ""
                case KeyChoice.GIVE_BOTH:
                    instead = True
                case KeyChoice.TAKE:
                    pass
        change = giving(self._settings.keymap, self._settings.now, row.area, row.action, keys, instead=instead)
        return await self._write(change, f"{row.action}: {spoken(keys)}")

    def _conflict(self, row: KeyRow, keys: tuple[str, ...], found: tuple[Holder, ...]) -> Screen[Any]:
        from mooring.ui.settings.keys.key_conflict_dialog import KeyConflictDialog

        key = spell(found[0].key)
        lines = [_told(holder) for holder in found]
        before = next((name for name in row.keys if name not in keys), "")
        in_same_part = [holder for holder in found if holder.area is row.area]
        leads = any(holder.action == "leader" and not holder.left for holder in found)
        both = (
            f"Give both one: {spell(before)} for {in_same_part[0].action}"
            if (before and len(in_same_part) == len(found) == 1)
            else ""
        )
        take = "" if leads else "Take it over"
        return KeyConflictDialog(f"{key} is taken", tuple(lines), take=take, both=both)

    async def _write(self, change: Change, done: str) -> str:
        problem = await self._file.set_keys(change)
        return f"! {problem}" if problem else f"{done}; saved to {self._file.spoken}"

    def _settings_changed(self, _changed: frozenset[str]) -> None:
        if self._dialog is not None and self._dialog.is_mounted:
            self._dialog.follow_settings()


def _told(holder: Holder) -> str:
    """Who has a key, and with what that is left."""
    from mooring.ui.actions.catalogue import BY_NAME

    title = BY_NAME[holder.action].title
    rest = f"It keeps {spoken(holder.left)}." if holder.left else "It has no other key."
    return f"{holder.area.heading}: {title[:1].lower()}{title[1:]} ({holder.action}). {rest}"
