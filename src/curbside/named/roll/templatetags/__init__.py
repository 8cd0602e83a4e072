"""Tags and filters of the roll."""
