"""Every `tajsec ...` that a message, a help page or a document tells to type is a line that the parser takes."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import tajsec
from tajsec.cite.styles import STYLES
from tajsec.cli.app import COMMANDS, app
from tajsec.cli.meant import COMMANDS as MEANT
from tajsec.cli.meant import FORMATS as MEANT_FORMATS
from tajsec.cli.meant import OPTIONS as MEANT_OPTIONS
from tajsec.cli.options import FORMATS
from tajsec.cli.topics import TOPICS, topic_text
from tajsec.errors import UsageError

ROOT = Path(__file__).parents[2]
PACKAGE = Path(tajsec.__file__).parent
LINE = re.compile(r"(?<![\w./@-])tajsec (?=[a-z-])[^`“”()\[\];|#&<>\n]*")
IN_CODE = re.compile(r"`(tajsec [^`]*)`|^(?:\$ |    )?(tajsec [^#|<>&\n]*)", re.MULTILINE)


def messages(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings; X is in the place of a value."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (said | parts):
            yield node.value


def hints() -> Iterator[tuple[str, str]]:
    """Each hint with the name of the file that has it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in messages(path):
            yield from ((str(path.relative_to(ROOT)), line) for line in LINE.findall(text))
    for topic in TOPICS:
        yield from ((topic, line) for line in LINE.findall(topic_text(topic)))
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for match in IN_CODE.finditer(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), match[1] or match[2]


commands = {name: app.get_command(click.Context(app), name) for name in COMMANDS}
HINTS = list(dict.fromkeys(hints()))


def parse(line: str) -> None:
    """Read a line as the tool does, without running it. Raises an error of Click for an unknown command or option.

    The value of its last option may be missing, and X may stand for one of a list.
    """
    words = shlex.split(line.partition("|")[0].replace("COMMAND", "list").rstrip(" .,:…\\"))[1:]
    if words[-1] in ("--help", "--version"):
        words = [*words[:-1], *([] if words[:-1] else ["list"])]
    with app.make_context("tajsec", words) as context:
        name, command, args = app.resolve_command(context, [*context._protected_args, *context.args])
        with click.Context(command, parent=context, info_name=name) as inner:
            given, _, _ = command.make_parser(inner).parse_args([*args, "X"])
            for param in command.params:
                value = given.get(param.name)
                if isinstance(param.type, click.Choice) and isinstance(value, str) and value != "X":
                    param.type.convert(value, param, inner)


def test_there_are_hints_of_all_kinds() -> None:
    assert {Path(where).parts[0] for where, _ in HINTS} >= {"tajsec", "docs", "README.md", "queries"}
    assert len(HINTS) > 150


@pytest.mark.parametrize(("where", "line"), HINTS)
def test_a_hint_is_a_line_that_the_parser_takes(where: str, line: str) -> None:
    parse(line)


@pytest.mark.parametrize(
    "line", ["tajsec serch radios", "tajsec list --blorp", "tajsec list --format jsn", "tajsec is"]
)
def test_a_line_that_the_parser_does_not_take_is_found(line: str) -> None:
    with pytest.raises((click.ClickException, UsageError)):
        parse(line)


@pytest.mark.parametrize("meant", [*" or ".join(MEANT.values()).split(" or "), *MEANT_FORMATS.values()])
def test_what_is_meant_by_another_word_is_a_line_that_the_parser_takes(meant: str) -> None:
    line = f"list {meant}" if meant.startswith("--format") else meant.removeprefix("tajsec ")
    parse(f"tajsec {line}")


def test_another_word_is_no_word_of_the_tool() -> None:
    assert not set(MEANT) & set(COMMANDS)
    assert not set(MEANT_FORMATS) & {*FORMATS, *STYLES}


@pytest.mark.parametrize("option", MEANT_OPTIONS)
def test_what_is_meant_by_another_option_is_an_option_of_some_command(option: str) -> None:
    known = {each: param for name in COMMANDS for param in commands[name].params for each in param.opts}
    name, _, value = MEANT_OPTIONS[option].partition(" ")
    assert option not in known
    if name == ">":
        assert value == "{}"
    elif "{" in value:
        parse(f"tajsec list {MEANT_OPTIONS[option].format(2021)}")
    elif value:
        assert value in known[name].type.choices
    else:
        assert name in known
