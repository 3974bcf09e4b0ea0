"""Files: a tab with the folders of this machine and of another beside each other."""
