"""Giving actions other keys from the screens: the list of all keys, the key that is pressed, and who has it already."""
