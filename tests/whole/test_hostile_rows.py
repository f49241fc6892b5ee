"""The table of hostile inputs is whole: every command, option, builder and kind of stream has a row.

`.ci/run` runs the rows on the installed command (`python -m hostile`).
"""

import re
import shlex
from pathlib import Path

from hostile.builders import BUILDERS
from hostile.process import LIMITS, STREAMS
from hostile.rows import filled, read_rows

from tajsec.generate.commands import commands

KNOWN = {each.name: [name for option in each.options for name in option.names] for each in commands()}
ROWS = read_rows(KNOWN)


def given(line: str) -> set[str]:
    """The options that a command line has."""
    return {word.partition("=")[0] for word in shlex.split(line) if word.startswith("-")}


def test_there_are_rows_of_every_command_and_of_every_option_of_it() -> None:
    tried = {name: set[str]() for name in KNOWN}
    for row in ROWS:
        if row.command in tried:
            tried[row.command] |= given(row.run)
    missing = {
        f"{each.name} {option.names[-1]}"
        for each in commands()
        for option in each.options
        if not tried[each.name] & set(option.names)
    }
    assert missing == set()
    assert [name for name in KNOWN if sum(row.command == name for row in ROWS) < 5] == []


def test_the_table_has_hundreds_of_rows_none_of_them_twice() -> None:
    assert len(ROWS) >= 300
    alike = [repr({name: getattr(row, name) for name in row.__dataclass_fields__ if name != "name"}) for row in ROWS]
    assert len(set(alike)) == len(alike)


def test_every_refusal_says_in_which_words() -> None:
    silent = {"stderr closed", "stderr full", "all closed"}
    assert [row.name for row in ROWS if row.status == 2 and row.io not in silent and not "".join(row.err)] == []


def test_every_builder_stream_and_limit_is_used() -> None:
    made = {line.split(" ")[0] for row in ROWS for line in (*row.make, *row.then)}
    assert made == {*BUILDERS, "locked"}
    assert {row.io for row in ROWS} == {*STREAMS, ""}
    assert {name for row in ROWS for name in row.limits} == set(LIMITS)


def test_placeholders_stand_for_bytes_and_repetitions(tmp_path: Path) -> None:
    assert filled("«FF»«00»a«xy*3»«HERE»é", tmp_path) == b"\xff\x00axyxyxy" + str(tmp_path).encode() + "é".encode()
    assert re.search("«", "".join(row.run for row in ROWS))
