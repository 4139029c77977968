"""Letters as values, and the ways by which they leave the house."""
