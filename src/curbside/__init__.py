"""Curbside: a network for doctors, verified to be doctors and anonymous to everyone."""
