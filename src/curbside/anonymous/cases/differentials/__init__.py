"""Ranked lists of diagnoses: readers give them blind, the case shows them pooled, and each sees alone how often theirs were right.

``pooling``, ``files``, ``simulating`` and ``standing`` are plain computing, which holds no member and no text that is stored.
"""
