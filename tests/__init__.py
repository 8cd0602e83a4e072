"""Tests mirror src/; wall/ and browser/ look at both sites."""
