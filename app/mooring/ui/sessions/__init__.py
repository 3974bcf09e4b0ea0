"""Sessions on the screen: their tabs, and what is shown before, between and after."""
