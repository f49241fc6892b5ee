"""`tajsec list`: the facts that the filters accept."""

from typing import TYPE_CHECKING

from tajsec.cli.options import WITH_PAGES, limit_options, rows_option, sort_option, store_command
from tajsec.cli.replies import NO_FACT, Answer, beyond
from tajsec.cli.request import Request, rich_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tajsec.model.kinds import Sort, TermKind


@store_command(
    formats=WITH_PAGES,
    examples=("tajsec list --actor nato --status planned", "tajsec list --topic equipment --format html > table.html"),
)
@sort_option()
@limit_options("Facts")
@rows_option()
def command(request: Request, sort: "Sort | None", limit: int | None, offset: int) -> Answer:
    """List facts, all or those that filters name.

    Without a filter it lists every fact.
    """
    return listed(request, {"schema": "tajsec/list/1"}, limit, sort=sort, offset=offset)


def listed(
    request: Request, head: dict[str, object], limit: int | None, *, sort: "Sort | None" = None, offset: int = 0
) -> Answer:
    """Return `limit` facts that meet the filters, without the first `offset`; `head` begins the JSON object."""
    texts = request.objects(request.store.select(request.selection, sort=sort, offset=offset, limit=limit))
    total = request.store.count(request.selection)
    return Answer(
        {**head, "filters": request.selection.asked(), "total": total},
        "facts",
        lambda records: rich_tables.facts(records, request.look),
        sheet=sheet(request, "Facts"),
        texts=texts,
        nothing=beyond(offset, total, "facts") if offset and total else NO_FACT,
        long=True,
    )


def sheet(request: Request, what: str) -> "Callable[[Sequence[str], Sequence[Sequence[str]]], str]":
    """Return the function that writes a listing as a page in HTML; its title is `what` it lists, and the filters."""

    def write(headings: "Sequence[str]", rows: "Sequence[Sequence[str]]") -> str:
        from tajsec.pictures.page import table_page

        return table_page(title(request, what), headings, rows)

    return write


def title(request: Request, what: str, alone: str = "") -> str:
    """Return `what` is listed, with the filters and the names of actors, topics and places; `alone` without any."""
    vocabulary = request.store.vocabulary
    kinds: tuple[TermKind, ...] = ("actor", "topic", "place")
    named = [
        " or ".join(vocabulary.name(kind, vocabulary.resolve(kind, each)) for each in request.filters[kind])
        for kind in kinds
        if request.filters[kind]
    ]
    texts = [*named, *(text for text in request.filter_texts(" or ") if text.partition(" ")[0] not in kinds)]
    return f"{what}: {', '.join(texts)}" if texts else alone or what
