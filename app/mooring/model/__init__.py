"""The values that every part speaks of: frozen dataclasses on the standard library alone."""
