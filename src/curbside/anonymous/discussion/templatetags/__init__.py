"""Filters for templates of threads."""
