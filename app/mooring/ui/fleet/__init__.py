"""Runs of one command on many machines: in a tab of their own, with answers to look at."""
