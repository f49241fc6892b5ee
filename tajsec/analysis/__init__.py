"""Results about many facts: coverage, totals, summaries, differences."""
