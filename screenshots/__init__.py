"""The pictures of README, and what takes them from the real program."""
