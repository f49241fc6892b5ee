"""What a fact is: records, vocabulary, selections, and what may be asked of a store."""
