"""Polls: a question with options. What a member chose is in no row: counts are kept, and a mark that stops a second vote."""
