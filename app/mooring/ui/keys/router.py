"""What a key press means: the leader first, then the keys that hold everywhere, then those of the area."""

from __future__ import annotations

from mooring.ui.keys.areas import Area
from mooring.ui.keys.keymap import Found, Keymap


class Router:
    """Keeps whether the leader is down. It knows key names and nothing else.

    `is_repeating` says that it stays down for more keys of the kind that came last.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self.is_leading = False
        self.is_repeating = False

    def press(self, area: Area | None, key: str) -> Found | None:
        """Take a key that is pressed in an area, or in none; None when it is for the widget that has the focus.

        What follows the leader is taken whatever it is, and the leader is up again. Behind a key that may be pressed
        again only its like is taken; any other key ends that, and means what it means without the leader.
        """
        if self.is_leading:
            found = self._leader_key(key)
            was_repeating, self.is_repeating = self.is_repeating, found.again
            self.is_leading = found.again
            if found.again or not was_repeating:
                return found
        found_anywhere = self._keymap.find(Area.ANYWHERE, key)
        if found_anywhere is not None and found_anywhere.action == "leader":
            self.is_leading = True
            return Found()
        if found_anywhere is None and area is not None:
            return self._keymap.find(area, key)
        return found_anywhere

    def _leader_key(self, key: str) -> Found:
        if key == self._keymap.leader and not self.is_repeating:
            return Found(action="send-leader")
        return self._keymap.find(Area.LEADER, key) or Found()
