"""Manual pages and reference pages, made of the commands when they are built."""
