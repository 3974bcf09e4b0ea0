"""The row of tabs above the sessions."""
