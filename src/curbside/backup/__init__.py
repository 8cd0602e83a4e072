"""Backups and restores of each side's databases. Text and keys never share a file, and the operator's keys are in none."""
