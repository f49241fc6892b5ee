"""`tajsec summary`: a topic on one page, or every topic on a line."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import WITH_PAGES, store_command
from tajsec.cli.replies import NO_FACT, Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.commands.show import written
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.output.json_types import Summary
    from tajsec.output.pages import Page


@store_command(
    formats=WITH_PAGES,
    examples=("tajsec summary us-funding > brief.txt", "tajsec summary equipment --format html > equipment.html"),
)
@click.argument("name", required=False, metavar="[TOPIC]", shell_complete=ids_of("topic"))
def command(request: Request, name: str | None) -> Answer:
    """Sum up a topic on one page, to be pasted into a brief.

    What must be said of it, key figures, where the sources differ, and the sources: in a pipe as plain text, and
    --format markdown and --format html can be pasted into a brief. Figures are added up only if their sources say
    that they do not overlap. Without a topic: each topic on a line.
    """
    if name is not None:
        return _one_topic(request, name)
    if request.format == "html":
        raise UsageError("--format html is the page of one topic; name it, or list them with `tajsec topics`")
    return _all_topics(request)


def _one_topic(request: Request, name: str) -> Answer:
    from tajsec.analysis.summary import summary
    from tajsec.output.to_json import summary_object

    vocabulary = request.store.vocabulary
    topic = vocabulary.resolve("topic", name)
    selection = request.selection._replace(topics=vocabulary.within("topic", topic))
    payload = summary_object(request.store, summary(request.store, topic, selection), aliases=request.aliases)
    hint = f"every fact: tajsec list --topic {topic}"
    return Answer(
        payload,
        "facts",
        lambda _: rich_tables.page(_brief(request, payload), hint, request.look),
        page=lambda format, _: written(format, [_brief(request, payload)]),
        nothing="" if payload["total"] else NO_FACT,
    )


def _brief(request: Request, payload: "Summary") -> "Page":
    from tajsec.output.brief import brief

    return brief(payload, request.environment.today)


def _all_topics(request: Request) -> Answer:
    from tajsec.analysis.summary import foresee, summary
    from tajsec.output.to_json import envelope, topic_row

    vocabulary = request.store.vocabulary
    topics = request.selection.topics or vocabulary.of("topic")
    selections = {each: request.selection._replace(topics=vocabulary.within("topic", each)) for each in topics}
    foresee(request.store, list(selections.values()))
    found = [summary(request.store, topic, selection) for topic, selection in selections.items()]
    records = [topic_row(request.store, each) for each in found if each.profile.total]
    payload = envelope("summaries", "topics", records, filters=request.selection.asked())
    return Answer(payload, "topics", lambda rows: rich_tables.topics(rows, request.look), nothing=NO_FACT)
