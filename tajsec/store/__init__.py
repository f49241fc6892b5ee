"""Compiles records into an SQLite database, and answers queries from it."""
