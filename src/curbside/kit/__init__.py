"""What both sides build on: readers of settings, clock, policies, errors, forms. No tables, no side's words."""
