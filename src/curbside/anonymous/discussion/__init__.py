"""Comments: one room for all that have a thread."""
