"""Machines to try Mooring on: SSH servers on loopback that end with their parent."""
