"""Paper: a page of HTML in, a tagged A4 file out, and nothing fetched on the way."""
