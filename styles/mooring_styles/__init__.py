"""Mooring's style sheets, as package data."""
