"""What the Makefile runs: serving, testing, and the words of the interface."""
