"""`mooring run` and `mooring history`: a command on many machines, at a terminal or in a script."""
