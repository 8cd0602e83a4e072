"""Members on the anonymous side: pseudonym, passkeys, sessions, badges, and the door they came through."""
