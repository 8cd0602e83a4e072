"""The anonymous side: knows what is said, never who says it. No name, licence, e-mail, address or agent has a place here."""
