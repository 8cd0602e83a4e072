"""Sealed texts and the key ring: the one way to write, read and erase what members write."""
