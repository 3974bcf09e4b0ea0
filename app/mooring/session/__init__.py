"""A session's life, apart from any screen."""
