"""Calendar files: meetings as values in, bytes that any calendar program reads out (RFC 5545)."""
