"""The roll: one commitment a licence, published in editions. It must never learn who proved what, or where."""
