"""SSH itself on asyncio, without any user interface."""
