"""What a session asks the person: cards inside the tab that asks."""
