"""The store from Python."""
