"""Members: pseudonyms admitted by proof. It must never learn who stands behind one."""
