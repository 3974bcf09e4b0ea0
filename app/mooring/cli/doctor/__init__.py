"""`mooring doctor`: what is in the way of this terminal, ssh, agent, configuration and engine, and what helps."""
