"""Completion of the command line in bash, zsh and fish.

`complete` is all that runs at a key press, and loads next to nothing: what commands, options and machines there are is
in a file that `gather` writes when something has changed.
"""
