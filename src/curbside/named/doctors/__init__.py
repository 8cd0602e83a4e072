"""Doctors on the named side: their passkeys, sessions and licences."""
