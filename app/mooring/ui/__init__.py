"""The Textual application: it wires the parts together and decides nothing else."""
