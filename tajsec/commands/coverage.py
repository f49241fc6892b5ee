"""`tajsec coverage`: how much of each document is cited, and what is left to cite."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import store_command
from tajsec.cli.replies import NO_FACT, Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.errors import UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@store_command(examples=("tajsec coverage --source nato-2017 --json", "tajsec coverage --todo --facts my-facts"))
@click.option("--todo", is_flag=True, help="List the passages that no fact cites.")
@click.option("--text", "texts", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="With --todo: a text of a document, or a folder of texts.")  # fmt: skip
def command(request: Request, todo: bool, texts: tuple[Path, ...]) -> Answer:
    """Show how much of each document is cited.

    And how many of its words are in quotes, as `verify --record` last counted them; what the facts are about: topic by
    source, with the years. With --todo it lists what is left to cite; figures and dates are found in the texts.
    """
    if todo:
        return _left_to_cite(request, texts)
    if texts:
        raise UsageError("--text is for --todo; add that")
    from tajsec.analysis.coverage import coverage
    from tajsec.check.quoted_share import counts_on_record
    from tajsec.output.to_json import coverage_object

    payload = coverage_object(coverage(request.store, request.selection), counts_on_record(request.store))
    return Answer(payload, "sources", lambda _: rich_tables.coverage(payload, request.look), nothing=NO_FACT)


def _left_to_cite(request: Request, texts: "Sequence[Path]") -> Answer:
    """Return the passages that no fact cites, with their figures and dates if there are texts."""
    from tajsec.analysis.uncited import uncited_passages
    from tajsec.output.to_json import uncited_object

    lines = _lines(request, texts)
    rows = list(map(uncited_object, uncited_passages(request.store, request.selection, lines)))
    payload = {"schema": "tajsec/todo/1", "filters": request.selection.asked(), "count": len(rows), "passages": rows}
    unknown = sum(row["figures"] is None for row in rows)
    more = "their figures and dates, and whether they have any, show with --text FILE_OR_DIR"
    what = "passage with a figure or date" if texts else "passage"
    return Answer(
        payload,
        "passages",
        lambda records: rich_tables.uncited(records, request.look),
        lines=[] if rows else [f"nothing is left to cite: each {what} has a fact"],
        notes=[f"{counted(unknown, 'passage')} without a text; {more}"] if unknown else [],
        long=True,
    )


def _lines(request: Request, texts: "Sequence[Path]") -> "Mapping[str, Mapping[str, str]]":
    """Return the passages of the texts by source and digest."""
    if not texts:
        return {}
    from tajsec.check.copies import documents
    from tajsec.text.forms import digest

    wanted = request.selection.sources
    sources = [source for source in request.store.sources() if not wanted or source.id in wanted]
    found = dict[str, dict[str, str]]()
    for document in documents(texts, sources):
        found.setdefault(document.source, {}).update((digest(line), line) for line in document.lines)
    return found
