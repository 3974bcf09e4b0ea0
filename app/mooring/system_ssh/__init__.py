"""The system's own `ssh`: its command line, and handing the terminal over to it."""
