"""Fuzzing: what reads the bytes of strangers is run on millions of mutated inputs, with atheris."""
