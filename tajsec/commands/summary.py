"""`tajsec summary`: a topic on one page, or every topic on a line."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import file_options, store_command
from tajsec.cli.replies import NO_FACT, Answer, file_reply, refuse_format_beside
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.model.selection import Selection
    from tajsec.output.json_types import Summary


@store_command(examples=("tajsec summary", "tajsec summary equipment"))
@click.argument("name", required=False, metavar="[TOPIC]", shell_complete=ids_of("topic"))
@file_options(html="Write it as a page that can be mailed, with every fact; - is stdout.")
def command(request: Request, name: str | None, html: str | None, force: bool) -> Answer | Reply:
    """Sum up a topic on one page.

    Without a topic: each topic on a line. Figures are added up only if they are parts of one whole.
    """
    if name is not None:
        return _one_topic(request, name, html, force)
    if html is not None:
        raise UsageError("--html is the page of one topic; name it, or list them with `tajsec topics`")
    return _all_topics(request)


def _one_topic(request: Request, name: str, html: str | None, force: bool) -> Answer | Reply:
    from tajsec.analysis.summary import summary
    from tajsec.output.to_json import summary_object
    from tajsec.output.writers import fields

    vocabulary = request.store.vocabulary
    topic = vocabulary.resolve("topic", name)
    selection = request.selection._replace(topics=vocabulary.within("topic", topic))
    payload = summary_object(request.store, summary(request.store, topic, selection), aliases=request.aliases)
    title = vocabulary.name("topic", topic)
    answer = Answer(
        payload,
        "facts",
        lambda _: rich_tables.summary(payload, title, request.look),
        lambda _: fields([payload]),
        nothing="" if payload["total"] else NO_FACT,
    )
    if html is not None:
        refuse_format_beside(request, "--html")
    if html is None or answer.nothing:
        return answer
    return file_reply(request, {html: _html(request, payload, title, selection)}, force=force)


def _html(request: Request, payload: "Summary", title: str, selection: "Selection") -> str:
    """Return a summary as a page, with every fact of the topic and the reference of every source."""
    from tajsec.cite.citation import reference
    from tajsec.model.kinds import RANKS
    from tajsec.output.to_json import fact_objects, source_object
    from tajsec.pictures.page import summary_page

    facts = fact_objects(request.store, request.store.select(selection))
    facts.sort(key=lambda fact: RANKS.index(fact["rank"]))
    found = [request.store.source(each["id"]) for each in payload["sources"]]
    return summary_page(
        payload, title, facts, [(source_object(request.store, each), reference(each)) for each in found]
    )


def _all_topics(request: Request) -> Answer:
    from tajsec.analysis.summary import summary
    from tajsec.output.to_json import envelope, topic_row

    topics = request.selection.topics or request.store.vocabulary.of("topic")
    found = [summary(request.store, each, request.selection._replace(topics=frozenset({each}))) for each in topics]
    records = [topic_row(request.store, each) for each in found if each.profile.total]
    payload = envelope("summaries", "topics", records, filters=request.selection.asked())
    return Answer(payload, "topics", lambda rows: rich_tables.topics(rows, request.look), nothing=NO_FACT)
