"""What a key press means: the leader first, then the keys that hold everywhere, then those of the area."""

from __future__ import annotations

from mooring.ui.keys.areas import Area
from mooring.ui.keys.keymap import Found, Keymap


class Router:
    """Keeps whether the leader is down. It knows key names and nothing else."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self.is_leading = False

    def press(self, area: Area | None, key: str) -> Found | None:
        """Take a key that is pressed in an area, or in none; None when it is for the widget that has the focus.

        What follows the leader is taken whatever it is, and the leader is up again.
        """
        if self.is_leading:
            self.is_leading = False
            if key == self._keymap.leader:
                return Found(action="send-leader")
            return self._keymap.find(Area.LEADER, key) or Found()
        found = self._keymap.find(Area.ANYWHERE, key)
        if found is not None and found.action == "leader":
            self.is_leading = True
            return Found()
        if found is None and area is not None:
            found = self._keymap.find(area, key)
        return found
