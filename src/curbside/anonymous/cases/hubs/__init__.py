"""Hubs: one for each specialty, with its cases, those that wait for an answer, and how soon answers come."""
