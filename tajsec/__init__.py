"""Cited facts on Tajikistan's security cooperation, offline."""

__version__ = "0.1.0"
