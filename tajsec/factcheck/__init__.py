"""A draft beside the facts that bear on its figures, dates and names."""
