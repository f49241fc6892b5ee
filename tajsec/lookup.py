"""The commands that look facts up: each is load, compute, show, and gives a `Reply`; nothing here prints.

What a command needs is imported when it runs: `--json` loads no Rich.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tajsec.ask import (
    NO_FACT,
    Ask,
    command,
    file_options,
    file_reply,
    refuse_form_beside,
    reply_with,
    reply_with_facts,
    tables,
)
from tajsec.candidates import ids_of
from tajsec.console import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.jsontext import Json
    from tajsec.model import TermKind
    from tajsec.search import Answer, Match
    from tajsec.tabular import Column

SEARCH_LIMIT = 10


@command("search", examples=("tajsec search radios", "tajsec search night vision --source us-embassy-2021 --json"))
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), default=SEARCH_LIMIT, show_default=True, help="Facts to show.")
@click.option("--all", "everything", is_flag=True, help="Show every fact that answers.")
@click.option("--explain", is_flag=True, help="Say which word matched what, how, and what it counts.")
@click.option("-i", "--interactive", is_flag=True, help="Pick among them while you type, as `tajsec pick` does.")
def search(ask: Ask, words: tuple[str, ...], limit: int, everything: bool, explain: bool, interactive: bool) -> Reply:
    """Find facts, best first.

    Without words it lists what the filters take.
    """
    if interactive:
        return _picked(ask, words, limit, everything, explain)
    most = None if everything else limit
    if not words and any(ask.filters.values()):
        return _list(ask, most, "search", query="")
    from tajsec.search import search as find

    query = " ".join(words)
    answer = find(ask.store, query, ask.selection, limit=most)
    texts = ask.store.objects([match.number for match in answer.matches])
    scored = [_scored(text, match, explain) for text, match in zip(texts, answer.matches, strict=True)]
    head = {
        "schema": "tajsec/search/1",
        "query": query,
        "filters": ask.selection.asked(),
        "total": answer.total,
        "reasons": answer.reasons,
        "near_words": answer.near_words,
        "nearest": _nearest(ask, answer),
    }

    def table(records: "Sequence[Json]") -> str:
        marked = zip(records, answer.matches, strict=True)
        shown: str = tables().facts(records, ask.look, [match.highlights(fact["statement"]) for fact, match in marked])
        return shown

    nothing = "" if scored else f"nothing found for {query!r}: {_why(answer)}"
    return reply_with_facts(ask, head, scored, _fact_columns, table, nothing)


def _picked(ask: Ask, words: tuple[str, ...], limit: int, everything: bool, explain: bool) -> Reply:
    """Let the user pick among the facts; the limit and the format of a search hold if they were given."""
    from click.core import ParameterSource

    from tajsec.picking import MOST, picked

    if explain:
        raise UsageError("--explain and --interactive exclude each other; keep one")
    source_of = click.get_current_context().get_parameter_source
    most = limit if source_of("limit") is not ParameterSource.DEFAULT else MOST
    is_formatted = ask.format == "json" or source_of("format") is not ParameterSource.DEFAULT
    printed = ask.format if is_formatted else "id"
    return picked(ask, " ".join(words), limit=None if everything else most, printed=printed)


def _scored(text: str, match: "Match", explain: bool) -> str:
    from tajsec.jsontext import with_keys

    explained = {"explain": [each.as_json() for each in match.explanations]} if explain else {}
    return with_keys(text, score=match.score, **explained)


def _nearest(ask: Ask, answer: "Answer") -> "list[Json]":
    if not answer.nearest:
        return []
    from json import loads

    return list(map(loads, ask.store.objects([match.number for match in answer.nearest])))


def _fact_columns() -> "Sequence[Column]":
    from tajsec.tabular import FACT_COLUMNS

    return FACT_COLUMNS


def _why(answer: "Answer") -> str:
    """Say in one line why a search found nothing, and what may help."""
    from tajsec.narrowing import reasons

    return "; ".join(reasons(answer)) or "only words that ask, none that names something"


@command("list", examples=("tajsec list --actor russia --status planned", "tajsec list --topic equipment --format csv"))
@click.option("--limit", type=click.IntRange(min=1), help="Facts to show; all unless given.")
def list_facts(ask: Ask, limit: int | None) -> Reply:
    """List the facts that the filters take.

    Without a filter it lists every fact.
    """
    return _list(ask, limit, "list")


def _list(ask: Ask, limit: int | None, schema: str, **more: object) -> Reply:
    facts = ask.store.objects(ask.store.select(ask.selection, limit=limit))
    asked = {"filters": ask.selection.asked(), "total": ask.store.count(ask.selection)}
    head = {"schema": f"tajsec/{schema}/1", **more, **asked}
    return reply_with_facts(ask, head, facts, _fact_columns, lambda records: _facts_table(ask, records), NO_FACT)


def _facts_table(ask: Ask, records: "Sequence[Json]") -> str:
    shown: str = tables().facts(records, ask.look)
    return shown


@command("show", filters=False, examples=("tajsec show radios-delivered", "tajsec show radios-delivered --json"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_of("fact"))
@file_options(svg="Draw each fact as an evidence card, one below another, in one picture; - is stdout.")
def show(ask: Ask, ids: tuple[str, ...], svg: str | None, force: bool) -> Reply:
    """Show facts whole, with their receipts.

    Statement, dates, figures, source, passage, the words quoted, and which facts disagree.
    """
    facts = ask.store.objects([ask.store.number(each) for each in dict.fromkeys(ids)])
    if svg is not None:
        return _cards(facts, svg, force)
    if ask.format == "plain" and not ask.fields:
        from json import loads

        from tajsec.tabular import fields

        return Reply(text=fields(list(map(loads, facts))))
    head = {"schema": "tajsec/show/1"}
    return reply_with_facts(ask, head, facts, _fact_columns, lambda records: tables().cards(records, ask.look))


def _cards(texts: Sequence[str], svg: str, force: bool) -> Reply:
    from json import loads

    from tajsec.markup import svg_text
    from tajsec.picture import card_picture

    refuse_form_beside("--svg")
    return file_reply({svg: svg_text(card_picture(list(map(loads, texts))))}, force=force)


@command("topics", examples=("tajsec topics", "tajsec topics --actor russia"))
def topics(ask: Ask) -> Reply:
    """List the topics.

    Each with the number of facts on it.
    """
    return _terms(ask, "topic", "topics")


@command("actors", examples=("tajsec actors", "tajsec actors --topic exercises"))
def actors(ask: Ask) -> Reply:
    """List the actors.

    Each with the number of facts about it and its parts.
    """
    return _terms(ask, "actor", "actors")


def _terms(ask: Ask, kind: "TermKind", key: str) -> Reply:
    from tajsec import tabular
    from tajsec.jsonout import counted_terms, envelope

    records = counted_terms(ask.store, kind, ask.selection)
    third = ("About", "about") if kind == "topic" else ("Part of", "part_of")
    columns = [("Id", "id"), ("Name", "name"), third, ("Facts", "facts")]
    payload = envelope(key, key, records, filters=ask.selection.asked())
    return reply_with(
        ask, payload, key, tabular.TERM_COLUMNS, lambda: tables().listing(records, columns, ask.look), NO_FACT
    )


@command("sources", filters=False, examples=("tajsec sources", "tajsec sources --format markdown"))
def sources(ask: Ask) -> Reply:
    """List the documents.

    Each with what is known of it, what is inferred, and what could not be established.
    """
    from tajsec import tabular
    from tajsec.jsonout import envelope, source_object

    records = [source_object(ask.store, source) for source in ask.store.sources()]
    payload = envelope("sources", "sources", records)
    return reply_with(
        ask, payload, "sources", tabular.SOURCE_COLUMNS, lambda: tables().sources(records, ask.look), "no source"
    )


@command("coverage", examples=("tajsec coverage", "tajsec coverage --source nato-2017 --json"))
def coverage(ask: Ask) -> Reply:
    """Show how much of each document is cited.

    And what the facts are about: topic by source, with the years.
    """
    from tajsec import tabular
    from tajsec.coverage import coverage as cover
    from tajsec.jsonout import coverage_object

    record = coverage_object(cover(ask.store, ask.selection))
    return reply_with(
        ask, record, "sources", tabular.COVERAGE_COLUMNS, lambda: tables().coverage(record, ask.look), NO_FACT
    )
