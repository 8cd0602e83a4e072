"""How one reads: language, light or dark, size of text, keys. Kept in cookies of the reader's browser and nowhere else."""
