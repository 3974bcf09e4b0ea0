"""`mooring scp`: files to and from machines, and from one machine to another."""
