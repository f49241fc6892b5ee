"""TOML folders in, checked records out."""
