"""Going to a tab, or to a machine that has none yet, by a few letters of its name."""
