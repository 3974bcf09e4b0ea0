"""Mooring: every machine you look after in one terminal."""
