"""Finds what could identify a patient in a text. Plain Python: usable without Django, and nothing here logs a value."""
