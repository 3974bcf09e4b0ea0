"""Where the program `mooring` begins: completions, which a shell waits for, go another way than all the rest."""

from __future__ import annotations

import os

COMPLETION_VARIABLE = "_MOORING_COMPLETE"
"""Set by the functions that `mooring completion` prints: the shell that wants completions for these words."""


def main() -> None:
    """Run the program and end the process with its status."""
    if COMPLETION_VARIABLE in os.environ:
        # Reads one file of words, without the libraries of the command line: a key press waits for it.
        from mooring.cli.completion.complete import complete

        complete()
    else:
        from mooring.cli.main import main as run_program

        run_program()
