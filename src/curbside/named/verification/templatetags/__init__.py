"""Template filters of verification."""
