"""The one way to write and to read a text: encrypted at rest, each under a key of its own in the key ring."""
