"""`tajsec search`: find facts, best first."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.options import command
from tajsec.cli.replies import fact_columns, list_reply, reply_with_facts
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.search.answer import Answer, Match
    from tajsec.text.jsontext import Json


SEARCH_LIMIT = 10


@command("search", examples=("tajsec search radios", "tajsec search night vision --source us-embassy-2021 --json"))
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), default=SEARCH_LIMIT, show_default=True, help="Facts to show.")
@click.option("--all", "everything", is_flag=True, help="Show every fact that answers.")
@click.option("--explain", is_flag=True, help="Say which word matched what, how, and what it counts.")
@click.option("-i", "--interactive", is_flag=True, help="Pick among them while you type, as `tajsec pick` does.")
def search(
    request: Request, words: tuple[str, ...], limit: int, everything: bool, explain: bool, interactive: bool
) -> Reply:
    """Find facts, best first.

    Without words it lists what the filters take.
    """
    if interactive:
        return _picked(request, words, limit, everything, explain)
    most = None if everything else limit
    if not words and any(request.filters.values()):
        return list_reply(request, most, "search", query="")
    from tajsec.search.answer import search as find

    query = " ".join(words)
    answer = find(request.store, query, request.selection, limit=most)
    texts = request.store.objects([match.number for match in answer.matches])
    scored = [_scored(text, match, explain) for text, match in zip(texts, answer.matches, strict=True)]
    head = {
        "schema": "tajsec/search/1",
        "query": query,
        "filters": request.selection.asked(),
        "total": answer.total,
        "reasons": answer.reasons,
        "near_words": answer.near_words,
        "nearest": _nearest(request, answer),
    }

    def table(records: "Sequence[Json]") -> str:
        marked = zip(records, answer.matches, strict=True)
        shown: str = tables().facts(
            records, request.look, [match.highlights(fact["statement"]) for fact, match in marked]
        )
        return shown

    nothing = "" if scored else f"nothing found for {query!r}: {_why(answer)}"
    return reply_with_facts(request, head, scored, fact_columns, table, nothing)


def _picked(request: Request, words: tuple[str, ...], limit: int, everything: bool, explain: bool) -> Reply:
    """Let the user pick among the facts; the limit and the format of a search hold if they were given."""
    from click.core import ParameterSource

    from tajsec.commands.pick import MOST, picked

    if explain:
        raise UsageError("--explain and --interactive exclude each other; keep one")
    source_of = click.get_current_context().get_parameter_source
    most = limit if source_of("limit") is not ParameterSource.DEFAULT else MOST
    is_formatted = request.format == "json" or source_of("format") is not ParameterSource.DEFAULT
    printed = request.format if is_formatted else "id"
    return picked(request, " ".join(words), limit=None if everything else most, printed=printed)


def _scored(text: str, match: "Match", explain: bool) -> str:
    from tajsec.text.jsontext import with_keys

    explained = {"explain": [each.as_json() for each in match.explanations]} if explain else {}
    return with_keys(text, score=match.score, **explained)


def _nearest(request: Request, answer: "Answer") -> "list[Json]":
    if not answer.nearest:
        return []
    from json import loads

    return list(map(loads, request.store.objects([match.number for match in answer.nearest])))


def _why(answer: "Answer") -> str:
    """Say in one line why a search found nothing, and what may help."""
    from tajsec.search.as_you_type import reasons

    return "; ".join(reasons(answer)) or "only words that request, none that names something"
