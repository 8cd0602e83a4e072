"""Verification: an application, its evidence, its decision. Evidence lives until the decision and no longer."""
