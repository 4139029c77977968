"""Partnership tables for a municipality: from a village's topic to the welfare plan's measure."""
