"""The reply of a command in the format that was asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.model.kinds import TermKind
    from tajsec.output.columns import Column
    from tajsec.text.jsontext import Json


def fact_columns() -> "Sequence[Column]":
    from tajsec.output.columns import FACT_COLUMNS

    return FACT_COLUMNS


def list_reply(request: Request, limit: int | None, schema: str, **more: object) -> Reply:
    facts = request.store.objects(request.store.select(request.selection, limit=limit))
    asked = {"filters": request.selection.asked(), "total": request.store.count(request.selection)}
    head = {"schema": f"tajsec/{schema}/1", **more, **asked}
    return reply_with_facts(request, head, facts, fact_columns, lambda records: facts_table(request, records), NO_FACT)


def facts_table(request: Request, records: "Sequence[Json]") -> str:
    shown: str = tables().facts(records, request.look)
    return shown


def terms_reply(request: Request, kind: "TermKind", key: str) -> Reply:
    from tajsec.output.columns import TERM_COLUMNS
    from tajsec.output.to_json import counted_terms, envelope

    records = counted_terms(request.store, kind, request.selection)
    third = ("About", "about") if kind == "topic" else ("Part of", "part_of")
    columns = [("Id", "id"), ("Name", "name"), third, ("Facts", "facts")]
    payload = envelope(key, key, records, filters=request.selection.asked())
    return reply_with(
        request, payload, key, TERM_COLUMNS, lambda: tables().listing(records, columns, request.look), NO_FACT
    )


NO_FACT = "no fact meets these filters; `tajsec coverage` shows what the sources hold"


MAX_LINE = 500
"""Characters of an error line."""


def refuse_form_beside(option: str) -> None:
    """Raise UsageError if a format is asked for beside an option that has a form of its own."""
    asked = click.get_current_context().params
    form = "--json" if asked["json"] else f"--format {asked['format']}" if asked["format"] else ""
    if form:
        raise UsageError(f"{option} and {form} exclude each other; keep one")


def file_reply(files: Mapping[str, str], *, force: bool) -> Reply:
    """Write texts to files, given by name; `-` is stdout. Of two files none is written if one of them may not be."""
    from pathlib import Path

    from tajsec.data.files import refuse_existing, write_file

    paths = {Path(name): text for name, text in files.items() if name != "-"}
    for path in paths:
        refuse_existing(path, force=force)
    for path, text in paths.items():
        write_file(path, text, force=force)
    return Reply(text=files.get("-", ""), machine=True)


# ---------------------------------------------------------------- the form of an answer


def reply_with(
    request: Request,
    payload: "Json",
    key: str,
    columns: "Sequence[Column]",
    table: Callable[[], str],
    nothing: str = "",
) -> Reply:
    """Answer with the records under `key` in the format asked for; without any, say so and give status 1."""
    records = payload[key]
    status, stderr = (0, "") if records else (1, stderr_line(nothing))
    if request.fields:
        return reply_with_fields(request, payload, key, columns, status, stderr)
    if request.format == "json":
        return json_reply(payload, status, stderr)
    if not records:
        return Reply(stderr=stderr, status=status)
    if request.format == "table":
        return Reply(text=table())
    from tajsec.output.writers import WRITERS

    return Reply(text=WRITERS[request.format](records, columns), machine=request.format != "plain")


def reply_with_facts(
    request: Request,
    head: Mapping[str, object],
    facts: Sequence[str],
    columns: "Callable[[], Sequence[Column]]",
    table: "Callable[[Sequence[Json]], str]",
    nothing: str = "",
) -> Reply:
    """Answer with facts in the format asked for; without any, say so and give status 1.

    `facts` are the texts of their JSON objects: JSON is printed as it was read, the other formats read it first.
    """
    status, stderr = (0, "") if facts else (1, stderr_line(nothing))
    if request.fields:
        from json import loads

        payload = {**head, "count": len(facts), "facts": list(map(loads, facts))}
        return reply_with_fields(request, payload, "facts", columns(), status, stderr)
    if request.format == "json":
        from tajsec.text.jsontext import envelope_text

        return Reply(text=envelope_text(head, "facts", facts), stderr=stderr, status=status, machine=True)
    if not facts:
        return Reply(stderr=stderr, status=status)
    if request.format == "jsonl":
        return Reply(text="".join(f"{fact}\n" for fact in facts), machine=True)
    from json import loads

    records = list(map(loads, facts))
    if request.format == "table":
        return Reply(text=table(records))
    from tajsec.output.writers import WRITERS

    return Reply(text=WRITERS[request.format](records, columns()), machine=request.format != "plain")


def reply_with_fields(
    request: Request, payload: "Json", key: str, columns: "Sequence[Column]", status: int, stderr: str
) -> Reply:
    """Answer with the fields asked for of the records under `key`. Raises UsageError for an unknown field."""
    from tajsec.output.columns import chosen_columns, picked_fields
    from tajsec.output.writers import WRITERS

    shape = payload["schema"].split("/")[1]
    chosen = chosen_columns(request.fields, shape, key, columns, nested=request.format in ("json", "jsonl"))
    records = payload[key]
    if request.format == "json":
        head = {"schema": "tajsec/fields/1", "of": payload["schema"], "fields": list(request.fields)}
        picked = picked_fields(records, chosen)
        return json_reply({**head, **payload, **head, key: picked}, status, stderr)
    if not records:
        return Reply(stderr=stderr, status=status)
    if request.format == "table":
        rows = [{column.name: column.cell(record) for column in chosen} for record in records]
        return Reply(
            text=tables().listing(rows, [(each, each) for each in request.fields], request.look), status=status
        )
    shown = picked_fields(records, chosen) if request.format == "jsonl" else records
    is_machine = request.format != "plain"
    return Reply(text=WRITERS[request.format](shown, chosen), stderr=stderr, status=status, machine=is_machine)


def json_reply(payload: object, status: int = 0, stderr: str = "") -> Reply:
    """Answer with JSON."""
    from tajsec.text.jsontext import dumps

    return Reply(text=dumps(payload, indent=2) + "\n", stderr=stderr, status=status, machine=True)


def stderr_line(text: str) -> str:
    """Make a line for stderr: printable, not too long."""
    from tajsec.text.forms import printable

    shown = printable(f"tajsec: {text}")
    return (shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…") + "\n"
