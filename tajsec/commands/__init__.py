"""A file a command, named as the command: each is load, compute, show."""
