"""Records in SQLite, questions answered."""
