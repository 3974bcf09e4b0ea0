"""Stepping aside for the system's ssh, and what else is done by way of it."""
