"""OpenSSH's client configuration, resolved as `ssh -G` resolves it."""
