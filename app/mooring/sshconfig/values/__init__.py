"""What each kind of keyword takes for a value: one module a kind, all of them `Parser`s without state."""
