"""What every command shares: the options that all of them have, what they are asked, and the form of their answers."""

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from tajsec.cli.complete import fields, files, folders, ids_of
from tajsec.cli.help_page import Page
from tajsec.cli.request import Request
from tajsec.cli.terminal import NARROW, Reply, Environment
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


LISTING = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")


STATUSES = ("completed", "ongoing", "planned", "stated")


FILTERS = ("actor", "topic", "source", "place", "status", "since", "until")


_Option = Callable[[Callable[..., Any]], Callable[..., Any]]


_Maker = Callable[[], click.Command]


def command(
    name: str, *, examples: Sequence[str], formats: Sequence[str] = LISTING, filters: bool = True
) -> Callable[[Callable[..., Reply]], _Maker]:
    """Make a function that takes an `Request` a command, with the options that every command has.

    What stands under the function's name makes the command: of a module of commands only the one asked for is made.
    """

    def decorate(function: Callable[..., Reply]) -> _Maker:
        def run(**given: Any) -> Reply:  # noqa: ANN401
            return function(_ask(given, formats), **given)

        return _maker(name, function, run, examples, lambda: _shared_options(formats, filters))

    return decorate


def bare_command(name: str, *, examples: Sequence[str]) -> Callable[[Callable[..., Reply]], _Maker]:
    """Make a function a command that looks at no store: it has its own options alone."""
    return lambda function: _maker(name, function, function, examples, list)


def _maker(
    name: str,
    function: Callable[..., Reply],
    run: Callable[..., Reply],
    examples: Sequence[str],
    shared: Callable[[], list[_Option]],
) -> _Maker:
    """Give what makes the command `name` of `run`: its help and its own parameters are those of `function`."""

    def make() -> click.Command:
        def call(**given: Any) -> Reply:  # noqa: ANN401
            return run(**given)

        wrapped: Callable[..., Any] = functools.update_wrapper(call, function)
        vars(wrapped)["__click_params__"] = list(vars(function).get("__click_params__", ()))  # Click empties the list
        own = {each.name for each in vars(wrapped)["__click_params__"]}
        for option in reversed(shared()):
            wrapped = option(wrapped)
        foot = example_lines(*examples)
        return click.command(name, cls=Page, own=own, filters=FILTERS, epilog=foot)(wrapped)

    return make


def _shared_options(formats: Sequence[str], filters: bool) -> list[_Option]:
    return [*(_filter_options() if filters else ()), *_output_options(formats)]


def example_lines(*lines: str) -> str:
    """Give the foot of a help page; the mark keeps Click from joining the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _ask(given: dict[str, Any], formats: Sequence[str]) -> Request:
    """Take the options that every command has out of what Click gives."""
    chosen, color = _format(given), given.pop("color")
    environment: Environment = click.get_current_context().obj
    in_table = environment.interactive and environment.width >= NARROW
    return Request(
        packs=_paths(given.pop("facts")),
        filters={key: given.pop(key) for key in FILTERS if key in given},
        form=chosen or _usual(formats, in_table),
        environment=environment if color == "auto" else _colored(environment, color == "always"),
        fields=_field_names(given.pop("fields", None)),
    )


def _format(given: dict[str, Any]) -> str | None:
    """Give the format asked for. Raises UsageError if two are."""
    chosen: str | None = given.pop("format")
    for short in ("json", "jsonl"):
        if given.pop(short, False):
            if chosen not in (None, short):
                raise UsageError(f"--{short} and --format {chosen} exclude each other; keep one")
            chosen = short
    return chosen


def _field_names(text: str | None) -> Sequence[str]:
    if text is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if "" in names:
        raise UsageError("--fields: a name is empty; name fields with commas between them, such as id,statement")
    return names


def _colored(environment: Environment, wanted: bool) -> Environment:
    return environment._replace(color=wanted, plain=not wanted)


def _paths(names: Sequence[str]) -> "Sequence[Path]":
    if not names:
        return ()
    from pathlib import Path

    return tuple(map(Path, names))


def _usual(formats: Sequence[str], in_table: bool) -> str:
    return formats[0] if in_table or formats[0] != "table" else "plain"


def _filter_options() -> list[_Option]:
    def many(kind: str, metavar: str, text: str) -> _Option:
        return click.option(f"--{kind}", multiple=True, metavar=metavar, help=text, shell_complete=ids_of(kind))

    return [
        many("actor", "NAME", "Facts about this actor or its parts: id, name or alias; repeat for any of several."),
        many("topic", "NAME", "Facts on this topic."),
        many("source", "ID", "Facts that cite this source."),
        many("place", "NAME", "Facts about this place or what lies in it."),
        click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Facts of this status."),
        click.option("--since", metavar="DATE", help="Facts of this date or later: 2012, 2012-10, 2012-10-05."),
        click.option("--until", metavar="DATE", help="Facts of this date or earlier."),
    ]


def _output_options(formats: Sequence[str]) -> list[_Option]:
    colors = click.Choice(("auto", "always", "never"))
    usual = "Default: table; in a pipe plain." if formats[0] == "table" else f"Default: {formats[0]}."
    return [
        click.option("--json", is_flag=True, help="Short for --format json."),
        *(_listing_options() if "jsonl" in formats else ()),
        click.option("--facts", multiple=True, metavar="DIR", envvar="TAJSEC_FACTS", shell_complete=folders,
                     help="Add a folder of facts; repeatable."),
        click.option("--color", type=colors, default="auto", help="Colour as the terminal has it, always, or never."),
        click.option("--format", type=click.Choice(tuple(formats)), help=usual),
    ]  # fmt: skip


def _listing_options() -> list[_Option]:
    return [
        click.option("--jsonl", is_flag=True, help="Short for --format jsonl."),
        click.option("--fields", metavar="NAMES", shell_complete=fields,
                     help="Show these alone: id,when,cites.quote."),
    ]  # fmt: skip


# ---------------------------------------------------------------- pictures and pages


def file_options(**kinds: str) -> _Option:
    """Give an option for each kind of file that a command can write (`svg="..."`), and `--force`."""
    options = [
        *(click.option(f"--{kind}", metavar="FILE", shell_complete=files, help=text) for kind, text in kinds.items()),
        click.option(
            "--force", is_flag=True, help=f"Let {' and '.join(f'--{kind}' for kind in kinds)} replace a file."
        ),
    ]
    return lambda function: functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), function)
