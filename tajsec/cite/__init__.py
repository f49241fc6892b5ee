"""Facts as citations, in every style."""
