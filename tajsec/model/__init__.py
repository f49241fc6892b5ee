"""The data types: records, vocabulary, selections, and the protocol of a store."""
