"""Calendar files, read by a reader of our own and kept as golden files."""
