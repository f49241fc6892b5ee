"""`tajsec search`: find facts, best first."""

from functools import partial
from typing import TYPE_CHECKING, cast

import click

from tajsec.cli.options import WITH_PAGES, limit_options, rows_option, sort_option, store_command
from tajsec.cli.replies import Answer, beyond, bounded_line
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tajsec.model.kinds import Sort
    from tajsec.output.json_types import Fact, NearFact
    from tajsec.search.answer import Answer as Found
    from tajsec.search.answer import Match


LIMIT = 10
"""The default of `--limit`: ten facts with their details fit a terminal of some 40 lines."""


@store_command(
    formats=WITH_PAGES,
    examples=("tajsec search radios", "tajsec search night vision --source us-embassy-2021 --json"),
)
@click.argument("words", nargs=-1)
@sort_option()
@limit_options("Facts", limit=LIMIT)
@rows_option()
@click.option("--all", "everything", is_flag=True, help="Show those far behind the first too.")
@click.option("--explain", is_flag=True, help="Say which word matched what, and what it counts.")
@click.option("-i", "--interactive", is_flag=True, help="Pick among them while you type.")
def command(
    request: Request, words: tuple[str, ...], sort: "Sort | None", limit: int, offset: int, everything: bool,
    explain: bool, interactive: bool,
) -> Answer | Reply:  # fmt: skip
    """Find facts, best first.

    Without words it lists what the filters take.
    """
    if interactive:
        return _picked(request, words, limit, everything, explain)
    most = None if everything else limit
    if not words and any(request.filters.values()):
        from tajsec.commands.list import listed

        answer = listed(request, {"schema": "tajsec/search/1", "query": ""}, most, sort=sort, offset=offset)
        count = _shown(len(answer.texts or ()), answer.payload["total"])
        return answer._replace(table=lambda records: "\n".join(filter(None, (count, answer.table(records)))))
    from tajsec.search.answer import questions_of, search
    from tajsec.search.filters import filter_questions

    query = " ".join(words)
    if any(request.filters.values()):
        request.store.together(lambda: (*filter_questions(request.store), *questions_of(request.store, query)))
    is_part = bool(sort or offset)
    found = search(request.store, query, request.selection, limit=None if is_part else most, cut=not everything)
    if is_part and found.matches:
        part = _part(request, found.matches, sort, offset, most)
        reasons = () if part else [beyond(offset, len(found.matches), "facts")]
        found = found._replace(matches=part, reasons=reasons, leads=False)
    return _answer(request, query, found, explain)


def _part(
    request: Request, matches: "Sequence[Match]", sort: "Sort | None", offset: int, limit: int | None
) -> "Sequence[Match]":
    """Return `limit` matches without the first `offset`, in the order of `--sort`, or else of how well they match."""
    if sort:
        by_number = {match.number: match for match in matches}
        matches = [by_number[number] for number in request.store.in_order(list(by_number), sort)]
    return matches[offset:][:limit]


def _answer(request: Request, query: str, found: "Found", explain: bool) -> Answer | Reply:
    def table(records: "Sequence[Fact]") -> str:
        matched = zip(records, found.matches, strict=True)
        rows = [rich_tables.Row(record, match.highlights(record["statement"])) for record, match in matched]
        answer, others = (rows[0], rows[1:]) if found.leads else (None, rows)
        parts = [rich_tables.Part(_shown(len(rows), found.total), others), *_near(nearest)]
        return rich_tables.found(_told(found), parts, request.look, answer=answer)

    shown, near = ([match.number for match in each] for each in (found.matches, found.nearest))
    store = request.store
    store.together(lambda: [partial(store.objects, shown, aliases=request.aliases), partial(store.objects, near)])
    texts = request.objects([match.number for match in found.matches])
    nearest = _nearest(request, found)
    payload = {
        "schema": "tajsec/search/1",
        "query": query,
        "filters": request.selection.asked(),
        "total": found.total,
        "taken_for": [each._asdict() for each in found.taken_for],
        "left_out": found.left_out,
        "reasons": found.reasons,
        "near_words": found.near_words,
        "nearest": nearest,
    }
    scored = [_scored(text, match, explain) for text, match in zip(texts, found.matches, strict=True)]
    if scored:
        notes = () if request.format == "json" else _told(found)
        return Answer(payload, "facts", table, sheet=_sheet(request, query), texts=scored, notes=notes)
    nothing = _nothing(query, found)
    if nearest and request.format == "table" and not request.fields:
        told = map(bounded_line, [nothing, *_told(found)])
        parts = [*_near(nearest), *(rich_tables.Part(line, ()) for line in _differing(nearest))]
        return Reply(rich_tables.found(list(told), parts, request.look), status=1, styled=True)
    lines = [*_told(found), *_near_lines(found, nearest), *_differing(nearest)]
    return Answer(payload, "facts", sheet=_sheet(request, query), texts=scored, nothing=nothing, lines=lines)


def _sheet(request: Request, query: str) -> "Callable[[Sequence[str], Sequence[Sequence[str]]], str]":
    from tajsec.commands.list import sheet  # no other format needs it

    return sheet(request, f"Facts for {query}")


def _near(nearest: "Sequence[NearFact]") -> "list[rich_tables.Part]":
    """Return the part of a table with the facts that answer a part of the query, if there are any."""
    if not nearest:
        return []
    from tajsec.search.as_you_type import PARTLY

    return [rich_tables.Part(PARTLY, [rich_tables.Row(each, missing=each["misses"]) for each in nearest])]


def _near_lines(found: "Found", nearest: "Sequence[NearFact]") -> list[str]:
    if not nearest:
        return []
    from tajsec.search.as_you_type import nearest_lines

    return nearest_lines(found, [each["statement"] for each in nearest])


def _differing(nearest: "Sequence[NearFact]") -> list[str]:
    """Return the line that names the command which compares two of these facts, if two differ."""
    ids = {each["id"] for each in nearest}
    differing = [each["id"] for each in nearest if not ids.isdisjoint((*each["differs_from"], *each["superseded_by"]))]
    return [f"these differ: `tajsec differences {differing[0]}` says how, and which to cite"] if differing else []


def _told(found: "Found") -> list[str]:
    if not (found.taken_for or found.left_out):
        return []
    from tajsec.search.as_you_type import told

    return list(map(bounded_line, told(found)))


def _shown(count: int, total: int) -> str:
    """Return the line that says how many facts are shown, "" if all are."""
    return "" if count == total else f"{count} of {total:,} facts; --all shows the rest"


def _scored(text: str, match: "Match", explain: bool) -> str:
    from tajsec.text.jsontext import with_keys

    explained = {"explain": [each.as_json() for each in match.explanations]} if explain else {}
    return with_keys(text, score=match.score, **explained)


def _nearest(request: Request, found: "Found") -> "list[NearFact]":
    if not found.nearest:
        return []
    from json import loads  # a search that finds something does without json

    records = map(loads, request.store.objects([match.number for match in found.nearest]))
    parts = (
        {"answers": [each.text for each in match.explanations], "misses": match.missing} for match in found.nearest
    )
    return [cast("NearFact", record | each) for record, each in zip(records, parts, strict=True)]


def _nothing(query: str, found: "Found") -> str:
    """Return why a search found nothing, and what may help."""
    from tajsec.search.as_you_type import near_lines

    why = (
        "; ".join([*found.reasons, *near_lines(found.near_words)])
        or "only words that request, none that names something"
    )
    return f"nothing found for {query!r}: {why}"


def _picked(request: Request, words: tuple[str, ...], limit: int, everything: bool, explain: bool) -> Answer | Reply:
    """Let the user pick among the facts; `--limit` and the format count only if the user gave them."""
    from click.core import ParameterSource

    from tajsec.commands.pick import MOST, picked

    if explain:
        raise UsageError("--explain and --interactive exclude each other; keep one")
    is_limited = click.get_current_context().get_parameter_source("limit") is not ParameterSource.DEFAULT
    most = None if everything else limit if is_limited else MOST
    return picked(request, " ".join(words), limit=most, printed=request.chosen or "id")
