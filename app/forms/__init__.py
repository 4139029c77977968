"""Fields and their wording; the rules stand in the domain."""
