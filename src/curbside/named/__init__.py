"""The named side: knows who a person is, never what anyone says. It imports nothing of the other side."""
