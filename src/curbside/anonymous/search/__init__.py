"""Search over what members write: an index in memory, and the page that asks it. It keeps ids and words, never who wrote or who asked."""
