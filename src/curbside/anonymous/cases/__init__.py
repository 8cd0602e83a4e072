"""Cases: what members ask each other about."""
