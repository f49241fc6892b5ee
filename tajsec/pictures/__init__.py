"""Timelines and evidence cards as drawings and pages."""
