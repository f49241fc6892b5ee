"""Data against rules, facts against documents, stores against stores."""
