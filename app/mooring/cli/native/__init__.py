"""`mooring --native-ssh ssh`: an ssh client at the terminal, on Mooring's own SSH."""
