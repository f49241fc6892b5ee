"""Hostile inputs: a table of rows, which `python -m hostile COMMAND` runs on an installed command.

`rows.py` reads the table, `builders.py` makes the files that a row names, `process.py` runs a row, and `checks.py` says
what every row must keep. A new command or option needs a row: `tests/whole/test_hostile_rows.py` counts them.
"""
