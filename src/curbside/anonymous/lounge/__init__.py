"""The lounge: what doctors talk about beside medicine. Threads of a title and a text, kept as cases are, and in no clinical list."""
