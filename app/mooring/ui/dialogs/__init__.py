"""Questions to the person, over the screen or in the tab that asks."""
