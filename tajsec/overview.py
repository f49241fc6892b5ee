"""The commands that show many facts at a glance, in order of time or a topic on a page; as pictures and pages too."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tajsec.ask import (
    NO_FACT,
    Ask,
    command,
    file_options,
    file_reply,
    json_reply,
    refuse_form_beside,
    reply_with,
    reply_with_facts,
    reply_with_fields,
    tables,
    talk_line,
)
from tajsec.candidates import ids_of
from tajsec.console import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.chart import Chart
    from tajsec.jsontext import Json
    from tajsec.selection import Selection
    from tajsec.tabular import Column


@command("timeline", examples=("tajsec timeline --actor nato", "tajsec timeline --plot --topic russian-base"))
@click.option("--limit", type=click.IntRange(min=1), help="Facts to show; all unless given.")
@click.option("--plot", "plotted", is_flag=True, help="Draw the facts on an axis of time, in lanes by actor.")
@file_options(svg="Draw that as an SVG picture; - is stdout.", html="Write it as a page with a table of the facts.")
def timeline(ask: Ask, limit: int | None, plotted: bool, svg: str | None, html: str | None, force: bool) -> Reply:
    """Show facts in order of time.

    Each date is shown as precisely as it is known; facts without a date of their own are left out.
    """
    facts = ask.store.objects(ask.store.in_time(ask.selection, limit=limit))
    total = ask.store.count_in_time(ask.selection)
    undated = ask.store.count(ask.selection) - total
    files = {kind: file for kind, file in (("svg", svg), ("html", html)) if file is not None}
    if plotted or files:
        return _drawn(ask, facts, (total, undated), plotted, files, force)
    asked = {"filters": ask.selection.asked(), "total": total, "undated": undated}

    def table(records: "Sequence[Json]") -> str:
        shown: str = tables().timeline(records, ask.look)
        return shown

    reply = reply_with_facts(ask, {"schema": "tajsec/timeline/1", **asked}, facts, _timeline_columns, table, NO_FACT)
    if reply.status or not undated or not ask.surroundings.interactive:
        return reply
    from tajsec.text import counted

    note = f"left out, for want of a date of their own: {counted(undated, 'fact')}; tajsec list shows them"
    return reply._replace(talk=talk_line(note))


def _drawn(
    ask: Ask,
    texts: Sequence[str],
    counts: tuple[int, int],
    plotted: bool,
    files: Mapping[str, str],
    force: bool,
) -> Reply:
    """Draw the facts; `counts` are those that have a date (drawn or behind the limit), and those without."""
    from json import loads

    from tajsec.chart import chart, notes
    from tajsec.plot import ASCII, BLOCKS, plot

    refuse_form_beside("--plot" if plotted else f"--{next(iter(files))}")
    targets = [*files.values(), *(["-"] if plotted else [])]
    if len(set(targets)) < len(targets):
        raise UsageError("two pictures in one file; give each a file of its own")
    if not texts:
        return Reply(talk=talk_line(NO_FACT), status=1)
    records = list(map(loads, texts))
    drawing = chart(records, ask.selection.actors)
    names = {lane.actor: ask.store.vocabulary.name("actor", lane.actor) for lane in drawing.lanes}
    told = notes(drawing.size, *counts)
    written = file_reply(_pictures(ask, drawing, names, records, told, files), force=force)
    if not plotted:
        return written
    around = ask.surroundings
    signs = ASCII if around.ascii else BLOCKS
    lines = plot(drawing, names, around.width, signs, color=around.color)
    return Reply(text=tables().runs(lines, [signs.legend(), *told], ask.look))


def _pictures(
    ask: Ask,
    drawing: "Chart",
    names: Mapping[str, str],
    records: "Sequence[Json]",
    notes: Sequence[str],
    files: Mapping[str, str],
) -> dict[str, str]:
    """Give the text of each file that is asked for."""
    if not files:
        return {}
    from tajsec.markup import svg_text
    from tajsec.page import timeline_page
    from tajsec.picture import LEGEND, MOST, timeline_picture

    if drawing.size > MOST:
        raise UsageError(f"{drawing.size:,} facts; a picture takes {MOST:,}: narrow with filters or --limit")
    title = _title(ask)
    texts = {}
    if "svg" in files:
        texts[files["svg"]] = svg_text(timeline_picture(drawing, names, title, [LEGEND, *notes]))
    if "html" in files:
        drawn = timeline_picture(drawing, names, title, ())
        texts[files["html"]] = timeline_page(drawing, drawn, records, title, [*notes, LEGEND])
    return texts


def _title(ask: Ask) -> str:
    """Give the title of a timeline: what it is of, in the words of the filters."""
    asked = [
        f"{name} {value if isinstance(value, str) else ' or '.join(value)}"
        for name, value in ask.filters.items()
        if value
    ]
    return f"Timeline: {', '.join(asked)}" if asked else "Timeline of every dated fact"


def _timeline_columns() -> "Sequence[Column]":
    from tajsec.tabular import FACT_COLUMNS, key

    return (key("when"), *(column for column in FACT_COLUMNS if column.name != "when"))


@command("summary", examples=("tajsec summary", "tajsec summary equipment"))
@click.argument("name", required=False, metavar="[TOPIC]", shell_complete=ids_of("topic"))
@file_options(html="Write it as a page that can be mailed, with every fact; - is stdout.")
def summary(ask: Ask, name: str | None, html: str | None, force: bool) -> Reply:
    """Sum up a topic on one page.

    Without a topic: each topic on a line. Figures are added up only if they are parts of one whole.
    """
    if html is not None and name is None:
        raise UsageError("--html is the page of one topic; name it, or list them with `tajsec topics`")
    return _all_topics(ask) if name is None else _one_topic(ask, name, html, force)


def _one_topic(ask: Ask, name: str, html: str | None, force: bool) -> Reply:
    from tajsec import tabular
    from tajsec.jsonout import summary_object
    from tajsec.summary import summary as sum_up

    names = ask.store.vocabulary
    topic = names.resolve("topic", name)
    wanted = ask.selection._replace(topics=names.within("topic", topic))
    record = summary_object(ask.store, sum_up(ask.store, topic, wanted))
    status, talk = (0, "") if record["total"] else (1, talk_line(NO_FACT))
    if html is not None:
        refuse_form_beside("--html")
    elif ask.fields:
        return reply_with_fields(ask, record, "facts", tabular.FACT_COLUMNS, status, talk)
    elif ask.format == "json":
        return json_reply(record, status, talk)
    if status:
        return Reply(talk=talk, status=status)
    if html is not None:
        return file_reply({html: _summary_page(ask, record, names.name("topic", topic), wanted)}, force=force)
    if ask.format == "table":
        return Reply(text=tables().summary(record, names.name("topic", topic), ask.look))
    if ask.format == "plain":
        return Reply(text=tabular.fields([record]))
    return Reply(text=tabular.WRITERS[ask.format](record["facts"], tabular.FACT_COLUMNS), machine=True)


def _summary_page(ask: Ask, record: "Json", name: str, selection: "Selection") -> str:
    """Give a summary as a page, with every fact of the topic and the reference of every source."""
    from tajsec.cite import reference
    from tajsec.jsonout import fact_objects, source_object
    from tajsec.page import summary_page

    facts = fact_objects(ask.store, ask.store.select(selection))
    found = [ask.store.source(each["id"]) for each in record["sources"]]
    return summary_page(record, name, facts, [(source_object(ask.store, each), reference(each)) for each in found])


def _all_topics(ask: Ask) -> Reply:
    from tajsec import tabular
    from tajsec.jsonout import envelope, topic_row
    from tajsec.summary import summary as sum_up

    topics = ask.selection.topics or ask.store.vocabulary.of("topic")
    sums = [sum_up(ask.store, each, ask.selection._replace(topics=frozenset({each}))) for each in topics]
    records = [topic_row(ask.store, each) for each in sums if each.profile.total]
    payload = envelope("summaries", "topics", records, filters=ask.selection.asked())
    return reply_with(
        ask, payload, "topics", tabular.TOPIC_COLUMNS, lambda: tables().topics(records, ask.look), NO_FACT
    )
