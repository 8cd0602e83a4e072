"""Loaded before any settings: tests run in test mode, whatever the shell says."""

import os

os.environ["CURBSIDE_MODE"] = "test"
