"""Letters as people get them, and the ways by which they go."""
