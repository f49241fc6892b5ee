"""The decorators that make a function a command, and the options that commands share.

A module of `tajsec.commands` has one function named `command`, decorated by `store_command` or `bare_command`. The
values of the shared options are passed to the function as one `Request`.
"""

import functools
import os
from collections.abc import Callable, Sequence
from typing import Any

import click
from click.core import ParameterSource

from tajsec.cli.complete import fields, folders, ids_of
from tajsec.cli.groups import CommandGroup
from tajsec.cli.help_page import Page
from tajsec.cli.replies import Answer, reply, stderr_line
from tajsec.cli.request import Request, Server
from tajsec.cli.terminal import NARROW, Environment, Reply
from tajsec.errors import UnknownName, UsageError
from tajsec.model.kinds import MAX_INTEGER, SORTS, STATUSES

LISTING = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")
ENVIRONMENT = ParameterSource.ENVIRONMENT

FORMATS = (*LISTING, "atom", "github", "html")
"""Every format of any command."""
WITH_PAGES = (*LISTING, "html")
"""The formats of a command whose answer is a page, too."""
FILTERS = ("actor", "topic", "source", "place", "pack", "status", "since", "until")
_OWN_FILTERS = tuple(name for name in FILTERS if name != "pack")
"""Those that a command without filters may have as options of its own; its `pack` is an argument."""

_PICTURES = (".svg", ".html", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".docx", ".pptx")
"""The endings of pictures and pages, of which an option writes one kind."""

_FILE = click.Path(readable=False)
"""The type of a file to write: Click lets the shell complete its name."""


class _Folder(click.ParamType[str]):
    """The name of a folder; `~` at its start is the home folder, which shells leave as it is behind `=`.

    A variable names several as PATH does; empty parts do not count.
    """

    name = "directory"
    envvar_list_splitter = os.pathsep

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the folder. Raises UsageError for a variable that is not UTF-8."""
        if not value.isascii():
            from tajsec.text.forms import is_utf8

            if not is_utf8(value):
                raise UsageError("TAJSEC_FACTS: not UTF-8; name folders by UTF-8 names")
        return os.path.expanduser(value) if value.startswith("~") else value  # noqa: PTH111 - pathlib costs a start

    def split_envvar_value(self, rv: str) -> Sequence[str]:
        """Return the folders that the variable names."""
        return [part for part in rv.split(os.pathsep) if part]


class WholeNumber(click.IntRange):
    """A whole number from `least` in the digits 0 to 9.

    Python's `int` also takes `1_0`, ` 5` and the digits of every script.
    Beyond 2^53 a program that reads JSON numbers as doubles rounds it, and beyond 2^63 SQLite takes none.
    """

    def __init__(self, least: int = 1) -> None:
        """`least` is 1 where none is no answer."""
        super().__init__(min=least)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        text = str(value)
        if not (text.isascii() and text.isdigit()):
            self.fail(f"{text!r} is no whole number; write one in the digits 0 to 9", param, ctx)
        if len(text) > len(str(MAX_INTEGER)) or int(text) > MAX_INTEGER:
            self.fail("beyond 2^53; name a smaller number", param, ctx)
        number: int = super().convert(int(text), param, ctx)
        return number


class Prose(click.ParamType[str]):
    """A text that goes into a record, and so has no character that a record may not have."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text."""
        from tajsec.data.table import mistake_in

        if mistake := mistake_in(text := str(value)):
            self.fail(mistake[1], param, ctx)
        return text


_FACTS: dict[str, Any] = {
    "multiple": True,
    "metavar": "DIR",
    "type": _Folder(),
    "envvar": "TAJSEC_FACTS",
    "shell_complete": folders,
    "help": "Add a folder of facts, or a pack by its id; repeatable.",
}
"""What the option `--facts` is, for commands with and without the other shared ones."""

_STORE: dict[str, Any] = {
    "metavar": "URL",
    "envvar": "TAJSEC_STORE",
    "help": "Read a store on a PostgreSQL server.",
}
"""The same for `--store`."""

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_CommandMaker = Callable[[Callable[..., Any]], click.Command]


def store_command(*, examples: Sequence[str], formats: Sequence[str] = LISTING, filters: bool = True) -> _CommandMaker:
    """Return the decorator for a command that reads facts.

    Its function takes a `Request` and its own parameters; it returns an `Answer`, or a `Reply` to print unchanged.
    The first of `formats` is the default on a terminal; in a pipe, plain takes the place of table.
    """

    def make(function: Callable[..., Answer | Reply]) -> click.Command:
        def run(**given: Any) -> Reply:  # noqa: ANN401
            request, unpaged = _request(given, formats, FILTERS if filters else _OWN_FILTERS), given.pop("no_pager")
            try:
                answer = function(request, **given)
            except UnknownName as error:
                if error.kind != "fact":
                    raise
                from tajsec.cli.other_words import no_fact

                raise no_fact(request.store, error) from error
            made = reply(request, answer) if isinstance(answer, Answer) else answer
            if unpaged:
                made = made._replace(paging="never")
            notices = "".join(map(stderr_line, dict.fromkeys(request.notices)))
            return made._replace(stderr=notices + made.stderr, linkable=not request.environment.no_color)

        shared = {"Filters": _filter_options() if filters else [], "Output": _output_options(formats)}
        return _page(function, run, examples, shared)

    return make


def bare_command(*, examples: Sequence[str], keys: Sequence[click.Option] = ()) -> _CommandMaker:
    """Return the decorator for a command that has no shared options.

    `keys` are options that its page names together, without a line for each.
    """
    return lambda function: _page(function, function, examples, {"Keys": list(keys)} if keys else {})


def facts_option() -> click.Option:
    """Return the option `--facts` for a command without the other shared ones; it passes the names of folders."""
    return click.Option(["--facts"], **_FACTS)


def store_option() -> click.Option:
    """Return the option `--store` for a command without the other shared ones; it passes the address."""
    return click.Option(["--store"], **_STORE)


def server_of(url: str | None) -> Server:
    """Return the server that `store_option` passed. Raises UsageError without an address."""
    if not url:
        raise UsageError("no store is named; give --store postgresql://USER@HOST/DATABASE, or TAJSEC_STORE")
    source = click.get_current_context().get_parameter_source("store")
    return Server(url, typed=source is not ENVIRONMENT)


def limit_options(records: str, *, limit: int | None = None) -> _Decorator:
    """Return the decorator for `--limit` and `--offset`; `records` is what they count, `limit` the default."""
    default = f"{records} to show." if limit else f"{records} to show; all unless given."
    options = [
        click.option("--limit", type=WholeNumber(), default=limit, show_default=bool(limit), help=default),
        click.option("--offset", type=WholeNumber(0), default=0, help=f"{records} to leave out before the first."),
    ]
    return lambda function: functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), function)


def sort_option() -> _Decorator:
    """Return the decorator for `--sort`."""
    return click.option("--sort", type=click.Choice(SORTS), metavar="KEY", help=f"Sort by {', '.join(SORTS)}.")


def rows_option() -> _Decorator:
    """Return the decorator for `--rows`, which becomes a part of the `Request`."""
    rows = click.Choice(("facts", "figures"))
    return click.option("--rows", type=rows, default="facts", help="A row a fact, or a row for each of its figures.")


def ids_argument(*kinds: str) -> _Decorator:
    """Return the decorator for one id or more of records of these kinds; `-` is those on standard input."""
    return click.argument(
        "ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_of(*kinds), callback=_piped_ids
    )


def id_argument(kind: str) -> _Decorator:
    """Return the decorator for one id of a record of this kind; `-` is the one on standard input."""
    return click.argument("fact_id", metavar="ID", shell_complete=ids_of(kind), callback=_piped_id)


def _piped_ids(ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids, with those on standard input in the place of `-`; a completion reads no input."""
    if "-" not in given or ctx.resilient_parsing:
        return given
    from tajsec.cli.piped import with_piped

    ids = tuple(with_piped(given))
    if not ids:
        raise UsageError("-: no id on standard input; pipe ids in, as in `tajsec list | tajsec show -`")
    return ids


def _piped_id(ctx: click.Context, param: click.Parameter, given: str) -> str:
    ids = _piped_ids(ctx, param, (given,))
    if len(ids) > 1:
        raise UsageError(f"-: {len(ids)} ids on standard input; pipe in one, as with --limit 1")
    return ids[0]


def leading_options() -> list[click.Parameter]:
    """Return the shared options as `tajsec` itself takes them before a command, which then reads their values."""
    options = _output_options(FORMATS)
    for each in options:
        each.expose_value, each.envvar = False, None
    return options


def command_group(name: str) -> Callable[[Callable[..., Any]], click.Group]:
    """Return the decorator for a command that is a group of others; its function returns `group_reply`."""
    return click.group(
        name,
        cls=CommandGroup,
        subcommand_metavar="COMMAND ...",
        options_metavar="",
        invoke_without_command=True,
        params=leading_options(),
    )


def _with_ending(_: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """Return the name of a file. Raises UsageError for the ending of another kind of file, such as `.png`."""
    stem, ending = os.path.splitext(name or "")  # noqa: PTH122 - pathlib costs a start
    if ending.lower() in _PICTURES and ending.lower() != f".{option.name}":
        raise UsageError(f"{name}: --{option.name} writes no {ending} file; type --{option.name} {stem}.{option.name}")
    return name


def file_options(**kinds: str) -> _Decorator:
    """Return the decorator for an option of each kind of file (`svg="..."`, its help), and `--force`."""
    replaced = " and ".join(f"--{kind}" for kind in kinds)
    options = [
        *(
            click.option(f"--{kind}", type=_FILE, metavar="FILE", help=text, callback=_with_ending)
            for kind, text in kinds.items()
        ),
        click.option("--force", is_flag=True, help=f"Let {replaced} replace a file."),
    ]
    return lambda function: functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), function)


def _page(
    function: Callable[..., Answer | Reply],
    callback: Callable[..., Reply],
    examples: Sequence[str],
    shared: dict[str, list[click.Parameter]],
) -> Page:
    """Return the command named as the function's module, or as the function itself, if that is not `command`.

    Its help is the function's docstring.
    """
    own = list(
        reversed(vars(function).get("__click_params__", ()))
    )  # where click.option keeps them, the last one first
    module = function.__module__.rpartition(".")[2]
    return Page(
        module if function.__name__ == "command" else function.__name__,
        sections={"Options": own, **shared},
        callback=callback,
        help=function.__doc__,
        epilog="\n".join(["\b", "Examples:", *(f"  {line}" for line in examples)]),  # \b: Click joins no lines
    )


def _request(given: dict[str, Any], formats: Sequence[str], filters: Sequence[str]) -> Request:
    """Return the request that the shared options make; they are removed from `given`."""
    chosen, color = _chosen_format(given), given.pop("color")
    environment: Environment = click.get_current_context().obj
    if color != "auto":
        environment = environment._replace(color=color == "always", no_color=color == "never")
    has_table = environment.interactive and environment.width >= NARROW
    server = _server(given.pop("store"), given["facts"])
    return Request(
        names=given.pop("facts"),
        server=server,
        filters={key: given.pop(key) for key in filters if key in given},
        chosen=chosen,
        format=chosen or ("plain" if formats[0] == "table" and not has_table else formats[0]),
        environment=environment,
        fields=_field_names(given.pop("fields", None)),
        rows=given.pop("rows", "facts"),
    )


def _server(url: str | None, facts: Sequence[str]) -> Server | None:
    """Return the server that the options name, or None; one of two typed options wins over what a variable says.

    Raises UsageError if both are typed, or both are variables.
    """
    if not url:
        return None
    source = click.get_current_context().get_parameter_source
    if facts and source("facts") == source("store"):
        names = ("TAJSEC_FACTS", "TAJSEC_STORE") if source("store") is ENVIRONMENT else ("--facts", "--store")
        raise UsageError(f"{' and '.join(names)} exclude each other; keep one")
    if facts and source("store") is ENVIRONMENT:
        return None
    return Server(url, typed=source("store") is not ENVIRONMENT)


def _chosen_format(given: dict[str, Any]) -> str | None:
    """Return the format that the user chose, or None. Raises UsageError if two are given."""
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


def _filter_options() -> list[click.Parameter]:
    def names(kind: str, metavar: str, text: str) -> click.Option:
        return click.Option([f"--{kind}"], multiple=True, metavar=metavar, help=text, shell_complete=ids_of(kind))

    return [
        names("actor", "NAME", "Facts about this actor or its parts: id, name or alias; repeat for any of several."),
        names("topic", "NAME", "Facts on this topic."),
        names("source", "ID", "Facts that cite this source."),
        names("place", "NAME", "Facts about this place or what lies in it."),
        names("pack", "ID", "Facts of this pack; the shipped one is tajsec."),
        click.Option(["--status"], multiple=True, type=click.Choice(STATUSES), help="Facts of this status."),
        click.Option(["--since"], metavar="DATE", help="Facts of this date or later: 2012, 2012-10, 2012-10-05."),
        click.Option(["--until"], metavar="DATE", help="Facts of this date or earlier."),
    ]


def _output_options(formats: Sequence[str]) -> list[click.Parameter]:
    colors = click.Choice(("auto", "always", "never"))
    default = "Default: table; in a pipe plain." if formats[0] == "table" else f"Default: {formats[0]}."
    return [
        click.Option(["--json"], is_flag=True, help="Short for --format json."),
        *(_listing_options() if "jsonl" in formats else ()),
        click.Option(["--facts"], **_FACTS),
        click.Option(["--store"], **_STORE),
        click.Option(["--color"], type=colors, default="auto", help="Colour as the terminal has it, always, or never."),
        click.Option(["--no-pager"], is_flag=True, help="Print on a terminal all at once, through no pager."),
        click.Option(["--format"], type=click.Choice(tuple(formats)), help=default),
    ]  # fmt: skip


def _listing_options() -> list[click.Parameter]:
    return [
        click.Option(["--jsonl"], is_flag=True, help="Short for --format jsonl."),
        click.Option(["--fields"], metavar="NAMES", shell_complete=fields,
                     help="Show these alone: id,when,cites.quote."),
    ]  # fmt: skip
