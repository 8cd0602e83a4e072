"""What cases add to a member's page (membership.profiles)."""
