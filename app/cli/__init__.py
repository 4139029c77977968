"""The commands of an installation; each ends with 0 when done, 1 with one sentence when not."""
