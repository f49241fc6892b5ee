"""Reads folders of TOML files into checked records."""
