"""Strings in, values out: words, numbers, dates, addresses; no input or output, and nothing of tajsec below it."""
