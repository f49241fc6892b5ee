"""`tajsec search`: find facts, best first."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.options import WholeNumber, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.output.json_types import Fact
    from tajsec.search.answer import Answer as Found
    from tajsec.search.answer import Match


LIMIT = 10
"""The default of `--limit`: ten facts with their details fit a terminal of some 40 lines."""


@store_command(examples=("tajsec search radios", "tajsec search night vision --source us-embassy-2021 --json"))
@click.argument("words", nargs=-1)
@click.option("--limit", type=WholeNumber(), default=LIMIT, show_default=True, help="Facts to show.")
@click.option("--all", "everything", is_flag=True, help="Show every fact that answers.")
@click.option("--explain", is_flag=True, help="Say which word matched what, how, and what it counts.")
@click.option("-i", "--interactive", is_flag=True, help="Pick among them while you type, as `tajsec pick` does.")
def command(
    request: Request, words: tuple[str, ...], limit: int, everything: bool, explain: bool, interactive: bool
) -> Answer | Reply:
    """Find facts, best first.

    Without words it lists what the filters take.
    """
    if interactive:
        return _picked(request, words, limit, everything, explain)
    most = None if everything else limit
    if not words and any(request.filters.values()):
        from tajsec.commands.list import listed

        return listed(request, {"schema": "tajsec/search/1", "query": ""}, most)
    from tajsec.search.answer import search

    query = " ".join(words)
    found = search(request.store, query, request.selection, limit=most)
    return _answer(request, query, found, explain)


def _answer(request: Request, query: str, found: "Found", explain: bool) -> Answer:
    def table(records: "Sequence[Fact]") -> str:
        matched = zip(records, found.matches, strict=True)
        spans = [match.highlights(record["statement"]) for record, match in matched]
        return rich_tables.facts(records, request.look, spans)

    texts = request.objects([match.number for match in found.matches])
    payload = {
        "schema": "tajsec/search/1",
        "query": query,
        "filters": request.selection.asked(),
        "total": found.total,
        "reasons": found.reasons,
        "near_words": found.near_words,
        "nearest": _nearest(request, found),
        "taken_for": [each._asdict() for each in found.taken_for],
    }
    scored = [_scored(text, match, explain) for text, match in zip(texts, found.matches, strict=True)]
    nothing = "" if scored else _nothing(query, found)
    return Answer(
        payload, "facts", table, texts=scored, nothing=nothing, lines=[each.words for each in found.taken_for]
    )


def _scored(text: str, match: "Match", explain: bool) -> str:
    from tajsec.text.jsontext import with_keys

    explained = {"explain": [each.as_json() for each in match.explanations]} if explain else {}
    return with_keys(text, score=match.score, **explained)


def _nearest(request: Request, found: "Found") -> "list[Fact]":
    if not found.nearest:
        return []
    from json import loads  # a search that finds something does without json

    return list(map(loads, request.store.objects([match.number for match in found.nearest])))


def _nothing(query: str, found: "Found") -> str:
    """Return why a search found nothing, and what may help."""
    from tajsec.search.as_you_type import reasons

    why = (
        "; ".join([*(each.words for each in found.taken_for), *reasons(found)])
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
