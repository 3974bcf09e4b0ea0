"""Typing into several sessions at once."""
