"""The subcommands as the command line declares them: their words, flags and help; the work is done elsewhere.

Each module has the name of its command (with `_` for `-`) and holds it as `command`. They import what they need when
they run, so that neither `--help` nor completion waits for it.
"""
