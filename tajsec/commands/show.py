"""`tajsec show`: facts or sources whole."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.options import WITH_PAGES, WholeNumber, file_options, ids_argument, store_command
from tajsec.cli.replies import Answer, file_reply, refuse_format_beside
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.output.json_types import Fact, WholeSource
    from tajsec.output.pages import Page


MISTAKE = "A mistake? tajsec help mistakes says how to report it."
"""The line below facts for a reader; what is pasted elsewhere, as Markdown and HTML, goes without."""


@store_command(
    formats=WITH_PAGES,
    filters=False,
    examples=("tajsec show radios-delivered", "tajsec show nato-2017"),
)
@ids_argument("fact", "source")
@click.option("--revision", type=WholeNumber(), metavar="N", help="The fact as it was, in a store on a server.")
@file_options(svg="Draw each fact as an evidence card, one below another, in one picture; - is stdout.")
def command(
    request: Request, ids: tuple[str, ...], revision: int | None, svg: str | None, force: bool
) -> Answer | Reply:
    """Show facts or sources whole.

    Of a fact: statement, dates, figures, source, passage, the words quoted, and the facts that differ or bear on it.
    Of a source: what is known of it, its passages with the facts that cite them, how much is quoted, and what only a
    copy of it has. An ID of - is those on standard input.
    """
    names = list(dict.fromkeys(ids))
    if revision is not None:
        text, line = _revision(request, names, revision)
        return _facts(request, [text], svg, force, line)
    sources = [each for each in names if _is_source(request, each)]
    if not sources:
        return _facts(request, request.objects(request.store.numbers(names)), svg, force)
    if svg is not None:
        raise UsageError(f"--svg draws facts, and {sources[0]} is a source; leave one of them out")
    if len(sources) < len(names):
        raise UsageError(f"{sources[0]} is a source, and not all of the others are; show facts and sources apart")
    return _sources(request, sources)


def _is_source(request: Request, name: str) -> bool:
    return any(source == name for source, _ in request.store.starting("source", name, 1))


def _revision(request: Request, ids: "Sequence[str]", revision: int) -> tuple[str, str]:
    """Return the JSON text of a fact in one of its revisions, and a line on this."""
    from tajsec.cli.options import server_of
    from tajsec.cli.request import connected
    from tajsec.store.revisions import history

    server = request.server or server_of(None)
    if len(ids) > 1:
        raise UsageError(f"--revision is of one fact, and {len(ids)} are named; name one")
    store = connected(server)
    found = history(store, ids[0])
    if revision > len(found):
        raise UsageError(f"{ids[0]}: has no revision {revision}; it has 1 to {len(found)}")
    this = found[revision - 1]
    store.refuse_broken([this.body])
    later = "" if revision == len(found) else f"; the last is {len(found)}"
    return this.body, f"revision {revision} of {ids[0]}, written on {this.at[:10]} by {this.who}{later}"


def _facts(request: Request, texts: "Sequence[str]", svg: str | None, force: bool, *lines: str) -> Answer | Reply:
    facts = Answer(
        {"schema": "tajsec/show/1"},
        "facts",
        lambda records: rich_tables.cards(records, request.look, MISTAKE),
        page=lambda format, records: (
            written(format, _fact_pages(request, records)) + (f"\n{MISTAKE}\n" if format == "plain" else "")
        ),
        texts=texts,
        lines=lines,
    )
    if svg is None:
        return facts
    from tajsec.pictures.markup import svg_text
    from tajsec.pictures.svg import card_picture

    refuse_format_beside(request, "--svg")
    return file_reply(request, {svg: svg_text(card_picture(facts.records))}, force=force)


def _sources(request: Request, ids: "Sequence[str]") -> Answer:
    from tajsec.output.to_json import envelope, whole_source_object

    store = request.store
    store.together(lambda: [store.sources, store.reviews, store.facts])
    records = [whole_source_object(request.store, request.store.source(each)) for each in ids]
    payload = envelope("source", "sources", records)
    return Answer(
        payload,
        "sources",
        lambda rows: rich_tables.whole_sources(rows, request.look),
        page=lambda format, rows: written(format, _source_pages(rows)),
    )


def _fact_pages(request: Request, records: "Sequence[Fact]") -> "list[Page]":
    from tajsec.output.pages import fact_page

    return [fact_page(each, request.environment.today) for each in records]


def _source_pages(records: "Sequence[WholeSource]") -> "list[Page]":
    from tajsec.output.pages import source_page

    return list(map(source_page, records))


def written(format: str, pages: "Sequence[Page]") -> str:
    """Return pages as one text in plain, markdown or html."""
    if format == "html":
        from tajsec.pictures.page import printed_page

        return printed_page(pages)
    from tajsec.output.pages import markdown, plain_text

    return markdown(pages) if format == "markdown" else plain_text(pages)
