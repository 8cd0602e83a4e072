"""Ranked lists of diagnoses and what they say together: plain computing, which holds no member and no text that is stored."""
