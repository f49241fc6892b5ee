"""What every command shares: the options that all of them have, what they are asked, and the form of their answers."""

import contextlib
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from tajsec.candidates import fields, files, folders, ids_of
from tajsec.console import NARROW, Reply, Surroundings
from tajsec.errors import UsageError
from tajsec.screen import Page

if TYPE_CHECKING:
    from pathlib import Path

    from tajsec.jsontext import Json
    from tajsec.protocol import SearchableStore
    from tajsec.render import Look
    from tajsec.selection import Selection
    from tajsec.tabular import Column

LISTING = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")
STATUSES = ("completed", "ongoing", "planned", "stated")
FILTERS = ("actor", "topic", "source", "place", "status", "since", "until")
LONG_BUILD = 5000
"""Facts from which somebody who waits for a store to be compiled is shown how far it is."""
NO_FACT = "no fact meets these filters; `tajsec coverage` shows what the sources hold"
MAX_LINE = 500
"""Characters of an error line."""

_Option = Callable[[Callable[..., Any]], Callable[..., Any]]
_Maker = Callable[[], click.Command]


class Ask:
    """What every command is given: the data to look in, the facts that are meant, and the form of the answer."""

    def __init__(
        self,
        packs: "Sequence[Path]",
        filters: Mapping[str, Any],
        form: str,
        surroundings: Surroundings,
        fields: Sequence[str] = (),
    ) -> None:
        """`form` is one of the formats, such as json; of each record the `fields` are shown, if any are named."""
        self.packs, self.filters, self.format, self.surroundings = packs, filters, form, surroundings
        self.fields = fields

    @functools.cached_property
    def store(self) -> "SearchableStore":
        """The store, read when it is first asked for."""
        from tajsec.store import open_store

        bars: list[Callable[[int], None]] = []
        with contextlib.ExitStack() as stack:

            def tell(count: int) -> None:
                if self.surroundings.watched and count >= LONG_BUILD and not bars:
                    bars.append(stack.enter_context(tables().counting("facts compiled")))
                for bar in bars:
                    bar(count)

            return open_store(self.packs, cache=self.surroundings.cache, progress=tell)

    @functools.cached_property
    def selection(self) -> "Selection":
        """The facts that the filters take. Raises UnknownName for a name that the store does not hold."""
        if not any(self.filters.values()):
            from tajsec.selection import EVERYTHING

            return EVERYTHING
        from tajsec.filters import selection

        return selection(self.store, **self.filters, dashes="--")

    @property
    def look(self) -> "Look":
        """How the terminal shows a table."""
        from tajsec.render import Look

        return Look(width=self.surroundings.width, color=self.surroundings.color, ascii=self.surroundings.ascii)


def command(
    name: str, *, examples: Sequence[str], formats: Sequence[str] = LISTING, filters: bool = True
) -> Callable[[Callable[..., Reply]], _Maker]:
    """Make a function that takes an `Ask` a command, with the options that every command has.

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


def _ask(given: dict[str, Any], formats: Sequence[str]) -> Ask:
    """Take the options that every command has out of what Click gives."""
    chosen, color = _format(given), given.pop("color")
    surroundings: Surroundings = click.get_current_context().obj
    in_table = surroundings.interactive and surroundings.width >= NARROW
    return Ask(
        packs=_paths(given.pop("facts")),
        filters={key: given.pop(key) for key in FILTERS if key in given},
        form=chosen or _usual(formats, in_table),
        surroundings=surroundings if color == "auto" else _colored(surroundings, color == "always"),
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


def _colored(surroundings: Surroundings, wanted: bool) -> Surroundings:
    return surroundings._replace(color=wanted, plain=not wanted)


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


def refuse_form_beside(option: str) -> None:
    """Raise UsageError if a format is asked for beside an option that has a form of its own."""
    asked = click.get_current_context().params
    form = "--json" if asked["json"] else f"--format {asked['format']}" if asked["format"] else ""
    if form:
        raise UsageError(f"{option} and {form} exclude each other; keep one")


def file_reply(files: Mapping[str, str], *, force: bool) -> Reply:
    """Write texts to files, given by name; `-` is stdout. Of two files none is written if one of them may not be."""
    from pathlib import Path

    from tajsec.whole import refuse_existing, write_file

    paths = {Path(name): text for name, text in files.items() if name != "-"}
    for path in paths:
        refuse_existing(path, force=force)
    for path, text in paths.items():
        write_file(path, text, force=force)
    return Reply(text=files.get("-", ""), machine=True)


# ---------------------------------------------------------------- the form of an answer


def reply_with(
    ask: Ask, payload: "Json", key: str, columns: "Sequence[Column]", table: Callable[[], str], nothing: str = ""
) -> Reply:
    """Answer with the records under `key` in the format asked for; without any, say so and give status 1."""
    records = payload[key]
    status, talk = (0, "") if records else (1, talk_line(nothing))
    if ask.fields:
        return reply_with_fields(ask, payload, key, columns, status, talk)
    if ask.format == "json":
        return json_reply(payload, status, talk)
    if not records:
        return Reply(talk=talk, status=status)
    if ask.format == "table":
        return Reply(text=table())
    from tajsec.tabular import WRITERS

    return Reply(text=WRITERS[ask.format](records, columns), machine=ask.format != "plain")


def reply_with_facts(
    ask: Ask,
    head: Mapping[str, object],
    facts: Sequence[str],
    columns: "Callable[[], Sequence[Column]]",
    table: "Callable[[Sequence[Json]], str]",
    nothing: str = "",
) -> Reply:
    """Answer with facts in the format asked for; without any, say so and give status 1.

    `facts` are the texts of their JSON objects: JSON is printed as it was read, the other formats read it first.
    """
    status, talk = (0, "") if facts else (1, talk_line(nothing))
    if ask.fields:
        from json import loads

        payload = {**head, "count": len(facts), "facts": list(map(loads, facts))}
        return reply_with_fields(ask, payload, "facts", columns(), status, talk)
    if ask.format == "json":
        from tajsec.jsontext import envelope_text

        return Reply(text=envelope_text(head, "facts", facts), talk=talk, status=status, machine=True)
    if not facts:
        return Reply(talk=talk, status=status)
    if ask.format == "jsonl":
        return Reply(text="".join(f"{fact}\n" for fact in facts), machine=True)
    from json import loads

    records = list(map(loads, facts))
    if ask.format == "table":
        return Reply(text=table(records))
    from tajsec.tabular import WRITERS

    return Reply(text=WRITERS[ask.format](records, columns()), machine=ask.format != "plain")


def reply_with_fields(
    ask: Ask, payload: "Json", key: str, columns: "Sequence[Column]", status: int, talk: str
) -> Reply:
    """Answer with the fields asked for of the records under `key`. Raises UsageError for an unknown field."""
    from tajsec import projection
    from tajsec.tabular import WRITERS

    shape = payload["schema"].split("/")[1]
    chosen = projection.chosen(ask.fields, shape, key, columns, nested=ask.format in ("json", "jsonl"))
    records = payload[key]
    if ask.format == "json":
        head = {"schema": "tajsec/fields/1", "of": payload["schema"], "fields": list(ask.fields)}
        picked = projection.picked(records, chosen)
        return json_reply({**head, **payload, **head, key: picked}, status, talk)
    if not records:
        return Reply(talk=talk, status=status)
    if ask.format == "table":
        rows = [{column.name: column.cell(record) for column in chosen} for record in records]
        return Reply(text=tables().listing(rows, [(each, each) for each in ask.fields], ask.look), status=status)
    shown = projection.picked(records, chosen) if ask.format == "jsonl" else records
    is_machine = ask.format != "plain"
    return Reply(text=WRITERS[ask.format](shown, chosen), talk=talk, status=status, machine=is_machine)


def json_reply(payload: object, status: int = 0, talk: str = "") -> Reply:
    """Answer with JSON."""
    from tajsec.jsontext import dumps

    return Reply(text=dumps(payload, indent=2) + "\n", talk=talk, status=status, machine=True)


def talk_line(text: str) -> str:
    """Make a line for stderr: printable, not too long."""
    from tajsec.text import printable

    shown = printable(f"tajsec: {text}")
    return (shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…") + "\n"


def tables() -> Any:  # noqa: ANN401
    """Give the module that draws tables; Rich is imported when a table is drawn."""
    from tajsec import render

    return render
