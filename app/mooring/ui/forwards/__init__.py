"""The forwards of a session: a dialog that lists them, adds and removes."""
