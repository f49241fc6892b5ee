"""The command line: options in, replies out."""
