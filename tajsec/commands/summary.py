"""`tajsec summary`: a topic on one page, or every topic on a line."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import command, file_options
from tajsec.cli.replies import (
    NO_FACT,
    file_reply,
    json_reply,
    refuse_form_beside,
    reply_with,
    reply_with_fields,
    stderr_line,
)
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.model.selection import Selection
    from tajsec.text.jsontext import Json


@command("summary", examples=("tajsec summary", "tajsec summary equipment"))
@click.argument("name", required=False, metavar="[TOPIC]", shell_complete=ids_of("topic"))
@file_options(html="Write it as a page that can be mailed, with every fact; - is stdout.")
def summary(request: Request, name: str | None, html: str | None, force: bool) -> Reply:
    """Sum up a topic on one page.

    Without a topic: each topic on a line. Figures are added up only if they are parts of one whole.
    """
    if html is not None and name is None:
        raise UsageError("--html is the page of one topic; name it, or list them with `tajsec topics`")
    return _all_topics(request) if name is None else _one_topic(request, name, html, force)


def _one_topic(request: Request, name: str, html: str | None, force: bool) -> Reply:
    from tajsec.analysis.summary import summary as sum_up
    from tajsec.output.columns import FACT_COLUMNS
    from tajsec.output.to_json import summary_object
    from tajsec.output.writers import WRITERS, fields

    names = request.store.vocabulary
    topic = names.resolve("topic", name)
    wanted = request.selection._replace(topics=names.within("topic", topic))
    record = summary_object(request.store, sum_up(request.store, topic, wanted))
    status, stderr = (0, "") if record["total"] else (1, stderr_line(NO_FACT))
    if html is not None:
        refuse_form_beside("--html")
    elif request.fields:
        return reply_with_fields(request, record, "facts", FACT_COLUMNS, status, stderr)
    elif request.format == "json":
        return json_reply(record, status, stderr)
    if status:
        return Reply(stderr=stderr, status=status)
    if html is not None:
        return file_reply({html: _summary_page(request, record, names.name("topic", topic), wanted)}, force=force)
    if request.format == "table":
        return Reply(text=tables().summary(record, names.name("topic", topic), request.look))
    if request.format == "plain":
        return Reply(text=fields([record]))
    return Reply(text=WRITERS[request.format](record["facts"], FACT_COLUMNS), machine=True)


def _summary_page(request: Request, record: "Json", name: str, selection: "Selection") -> str:
    """Give a summary as a page, with every fact of the topic and the reference of every source."""
    from tajsec.cite.citation import reference
    from tajsec.output.to_json import fact_objects, source_object
    from tajsec.pictures.page import summary_page

    facts = fact_objects(request.store, request.store.select(selection))
    found = [request.store.source(each["id"]) for each in record["sources"]]
    return summary_page(record, name, facts, [(source_object(request.store, each), reference(each)) for each in found])


def _all_topics(request: Request) -> Reply:
    from tajsec.analysis.summary import summary as sum_up
    from tajsec.output.columns import TOPIC_COLUMNS
    from tajsec.output.to_json import envelope, topic_row

    topics = request.selection.topics or request.store.vocabulary.of("topic")
    sums = [sum_up(request.store, each, request.selection._replace(topics=frozenset({each}))) for each in topics]
    records = [topic_row(request.store, each) for each in sums if each.profile.total]
    payload = envelope("summaries", "topics", records, filters=request.selection.asked())
    return reply_with(
        request, payload, "topics", TOPIC_COLUMNS, lambda: tables().topics(records, request.look), NO_FACT
    )
