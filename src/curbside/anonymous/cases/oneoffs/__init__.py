"""One-off posts: cases and lessons without an author, not even in the database (docs/decisions/0050-one-off-posts.md).

Nothing below this folder may load a session or learn which member, if any, is behind a request.
"""
