"""The reply to a command: its answer in the format that was asked for.

A command computes an `Answer`, and `reply` is the one place where formats differ. Facts come from the store as ready
JSON texts: `--json` and `--jsonl` print them without parsing, and import no `json`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.output.columns import Column
    from tajsec.output.json_types import Record


NO_FACT = "no fact meets these filters; `tajsec coverage` shows what the sources hold"

OWN_FORMATS = ("atom", "github")
"""The formats that one command alone has: an Atom feed, and annotations of GitHub."""

PAGES = ("plain", "markdown", "html")
"""The formats in which an answer may be a page; others are a record a line, or a table."""

MAX_LINE = 500
"""Characters of a line on stderr or of a problem: six lines of a terminal, lest a hostile file name fill the screen."""


class Answer(NamedTuple):
    """The result of a command, before it is formatted."""

    payload: "Record"
    """The JSON object; without `count` and the records, where these are given as `texts`."""
    key: str
    """The key of its records."""
    table: "Callable[[Any], str]" = lambda _records: ""
    """Returns the records as a table; for a command whose formats include table."""
    plain: "Callable[[Any], str] | None" = None
    """Returns the records as plain text; None for one record a line."""
    feed: "Callable[[Any], str] | None" = None
    """Returns the records in the format of `OWN_FORMATS` that the command has."""
    page: "Callable[[str, Any], str] | None" = None
    """Returns the records as a page in a format of `PAGES`; for a command whose formats include html."""
    sheet: "Callable[[Sequence[str], Sequence[Sequence[str]]], str] | None" = None
    """Returns headings and rows as a page in HTML; for a listing whose formats include html."""
    texts: Sequence[str] | None = None
    """The records as JSON texts, where the store has them ready."""
    nothing: str = ""
    """The line on stderr if there are no records, with status 1; "" if an empty list is an answer as well."""
    status: int = 0
    lines: Sequence[str] = ()
    """Lines for stderr in every format."""
    columns: str = ""
    """The name of its columns, if they are not those of its schema."""
    fields: Sequence[str] = ()
    """The fields that it has if `--fields` names none; empty for all."""
    long: bool = False
    """True if it may be as long as the store, so that it goes through a pager on a terminal."""
    notes: Sequence[str] = ()
    """Lines for stderr in the formats that do not contain them: all but json, and tables without `--fields`."""

    @property
    def records(self) -> Sequence[Any]:
        """The records, parsed."""
        if self.texts is None:
            found: Sequence[Any] = self.payload[self.key]
            return found
        from json import loads

        return list(map(loads, self.texts))


def beyond(offset: int, total: int, records: str) -> str:
    """Return the line on stderr if `--offset` leaves out all there is."""
    return f"--offset {offset} leaves out all of {total:,} {records}; name a smaller number"


def reply(request: Request, answer: Answer) -> Reply:
    """Return an answer in the format asked for. Raises UsageError for a field that the records do not have."""
    if request.rows == "figures":
        answer = _with_figures(request, answer)
    is_empty = bool(answer.nothing) and not (answer.records if answer.texts is None else answer.texts)
    if fields := request.fields or answer.fields:
        if request.format in OWN_FORMATS:
            raise UsageError(f"--fields and --format {request.format} exclude each other; keep one")
        answer = _with_fields(request, answer, fields)
    lines = [answer.nothing, *answer.lines] if is_empty else answer.lines
    has_notes = request.format == "json" or (request.format == "table" and not fields)
    notes = () if has_notes else answer.notes
    return Reply(
        text="" if is_empty and request.format not in ("json", "atom") else _text(request, answer),
        stderr="".join(map(stderr_line, (*lines, *notes))),
        status=1 if is_empty else answer.status,
        machine=request.format not in ("table", "plain"),
        styled=request.format == "table",
        paging="always" if answer.long else "asked",
    )


def _text(request: Request, answer: Answer) -> str:
    format = request.format
    if format == "json":
        return _json_text(answer)
    if format == "table":
        return answer.table(answer.records)
    if format in OWN_FORMATS and answer.feed:
        return answer.feed(answer.records)
    if answer.page and format in PAGES:
        return answer.page(format, answer.records)
    if format == "plain" and answer.plain:
        return answer.plain(answer.records)
    if format == "jsonl" and answer.texts is not None:
        return "".join(f"{text}\n" for text in answer.texts)
    columns = _columns(request, answer, in_words=format in ("markdown", "html"))
    if answer.sheet and format == "html":
        rows = [[column.words(record) for column in columns] for record in answer.records]
        return answer.sheet([column.name for column in columns], rows)
    from tajsec.output.writers import WRITERS

    return WRITERS[format](answer.records, columns)


def _json_text(answer: Answer) -> str:
    if answer.texts is None:
        return json_reply(answer.payload).text
    from tajsec.text.jsontext import envelope_text

    return envelope_text(answer.payload, answer.key, answer.texts)


def _columns(request: Request, answer: Answer, *, in_words: bool = False) -> "Sequence[Column]":
    """Return the columns of the records: those of `--fields`, else those of the schema, or for people; with ages."""
    from tajsec.output.columns import columns_in_words, columns_of, finished, with_ages

    schema = answer.payload["schema"].split("/")[1]
    if schema == "fields":
        return list(map(finished, answer.payload["fields"]))
    columns = (columns_in_words if in_words else columns_of)(answer.columns or schema)
    return with_ages(columns, request.environment.today) if request.format in ("table", "markdown", "html") else columns


def _with_figures(request: Request, answer: Answer) -> Answer:
    """Return an answer with a row for each figure of its facts. Raises UsageError for JSON, which has them as lists."""
    from tajsec.output.columns import figure_rows

    if request.format in ("json", "jsonl"):
        raise UsageError(f"--rows figures and {request.format} exclude each other; JSON has them under quantities")
    from tajsec.text.forms import counted

    facts = answer.records
    rows = figure_rows(facts)
    without = sum(not each["quantities"] for each in facts)
    left_out = [f"left out, for want of a figure: {counted(without, 'fact')}"] if without else []
    return answer._replace(
        nothing="none of these facts has a figure" if facts and not rows else answer.nothing,
        payload={**answer.payload, answer.key: rows},
        texts=None,
        plain=None,
        columns="figures",
        table=lambda records: rich_tables.figures(records, request.look) if records else "",
        lines=[*answer.lines, *answer.notes, *left_out],
        notes=(),
    )


def _with_fields(request: Request, answer: Answer, names: Sequence[str]) -> Answer:
    """Return an answer with only some fields of its records: as JSON values, or as text for the other formats."""
    from tajsec.output.columns import Column, chosen_columns

    if request.format == "html" and not answer.sheet:
        raise UsageError("--fields is for listings, and --format html is a page; leave one of them out")
    schema, fields, records = answer.payload["schema"], list(names), answer.records
    has_values = request.format in ("json", "jsonl")
    chosen = chosen_columns(fields, schema.split("/")[1], answer.key, _columns(request, answer), nested=has_values)
    cell = Column.words if request.format in ("table", "markdown", "html") else Column.cell
    picked = [
        {each.name: each.value_of(record) if has_values else cell(each, record) for each in chosen}
        for record in records
    ]
    head = {"schema": "tajsec/fields/1", "of": schema, "fields": fields}
    return answer._replace(
        payload={**head, **answer.payload, **head, "count": len(records), answer.key: picked},
        texts=None,
        plain=None,
        page=None,
        table=lambda rows: rich_tables.listing(rows, [(each, each) for each in fields], request.look) if rows else "",
    )


def page_reply(request: Request, payload: "Callable[[], Record]", page: Callable[[], Reply]) -> Reply:
    """Return `payload()` as JSON if the format is json, else `page()`; for commands that list no records."""
    return json_reply(payload()) if request.format == "json" else page()


def json_reply(payload: "Record") -> Reply:
    """Return a JSON object."""
    from tajsec.text.jsontext import dumps

    return Reply(text=dumps(payload, indent=2) + "\n", machine=True)


def file_reply(request: Request, texts: Mapping[str, str], *, force: bool) -> Reply:
    """Write texts to files, by their names; `-` is stdout.

    Raises UsageError, without writing any, if one exists and `force` is off, or is a data file that the request reads.
    """
    from pathlib import Path

    from tajsec.data.files import refuse_existing, write_file

    paths = {Path(name): text for name, text in texts.items() if name != "-"}
    for path in paths:
        refuse_existing(path, force=force, inputs=request.data_files())
    for path, text in paths.items():
        write_file(path, text, force=force)
    return Reply(text=texts.get("-", ""), machine=True)


def refuse_format_beside(request: Request, option: str) -> None:
    """Raise UsageError if the user chose a format together with an option that determines the format."""
    if request.chosen:
        format = f"--{request.chosen}" if request.chosen in ("json", "jsonl") else f"--format {request.chosen}"
        raise UsageError(f"{option} and {format} exclude each other; keep one")


def stderr_line(text: str) -> str:
    """Return a line for stderr, printable and no longer than MAX_LINE."""
    return bounded_line(f"tajsec: {text}") + "\n"


def bounded_line(text: str) -> str:
    """Return a text as one line without its end, printable and no longer than MAX_LINE."""
    from tajsec.text.forms import printable

    shown = printable(text)
    return shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…"
