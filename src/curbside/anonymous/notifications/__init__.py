"""What a member is told inside the site: that something happened in a thread. Ids under a key of the member; no words, no minutes."""
