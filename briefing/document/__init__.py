"""A record as something to read."""
