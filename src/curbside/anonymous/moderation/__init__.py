"""Moderators: members whom the operator appoints, and what they may do. They see no more of an author than any reader does."""
