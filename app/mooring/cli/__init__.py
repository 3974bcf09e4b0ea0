"""The command line: click commands, which import what they need when they run."""
