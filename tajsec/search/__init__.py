"""Facts for a query, best first."""
