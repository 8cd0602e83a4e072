"""Finds in what is being written what could tell who a patient is. Stores nothing, logs nothing, and does not learn who writes."""
