"""What a member keeps for themselves: bookmarks, notes, mutes, blocks and what they follow. One sealed document for each member."""
