"""A member's own mix of what they follow, and the pages of their shelf that name threads. It reads across; nothing below knows it."""
