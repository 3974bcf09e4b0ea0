"""The saved commands at the right: listed, typed into the session, run apart beside it, or on many machines."""
