"""Loaded before any settings: tests run in test mode, whatever the shell says."""

import os

os.environ["CURBSIDE_MODE"] = "test"
os.environ["CURBSIDE_EDITION_LONGEST_AGE_DAYS"] = "36500"  # the fixtures' editions keep their dates
