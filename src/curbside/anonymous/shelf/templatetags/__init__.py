"""What templates ask of a shelf."""
