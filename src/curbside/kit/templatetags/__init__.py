"""Tags for templates of both sides."""
