"""Where machines come from: one source a file, and the merge into one list."""
