"""`tajsec timeline`: facts in order of time, as a listing, a plot, a picture or a page."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import command, file_options
from tajsec.cli.replies import NO_FACT, file_reply, refuse_form_beside, reply_with_facts, stderr_line
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from tajsec.output.columns import Column
    from tajsec.pictures.chart import Chart
    from tajsec.text.jsontext import Json


@command("timeline", examples=("tajsec timeline --actor nato", "tajsec timeline --plot --topic russian-base"))
@click.option("--limit", type=click.IntRange(min=1), help="Facts to show; all unless given.")
@click.option("--plot", "plotted", is_flag=True, help="Draw the facts on an axis of time, in lanes by actor.")
@file_options(svg="Draw that as an SVG picture; - is stdout.", html="Write it as a page with a table of the facts.")
def timeline(
    request: Request, limit: int | None, plotted: bool, svg: str | None, html: str | None, force: bool
) -> Reply:
    """Show facts in order of time.

    Each date is shown as precisely as it is known; facts without a date of their own are left out.
    """
    facts = request.store.objects(request.store.in_time(request.selection, limit=limit))
    total = request.store.count_in_time(request.selection)
    undated = request.store.count(request.selection) - total
    files = {kind: file for kind, file in (("svg", svg), ("html", html)) if file is not None}
    if plotted or files:
        return _drawn(request, facts, (total, undated), plotted, files, force)
    asked = {"filters": request.selection.asked(), "total": total, "undated": undated}

    def table(records: "Sequence[Json]") -> str:
        shown: str = tables().timeline(records, request.look)
        return shown

    reply = reply_with_facts(
        request, {"schema": "tajsec/timeline/1", **asked}, facts, _timeline_columns, table, NO_FACT
    )
    if reply.status or not undated or not request.environment.interactive:
        return reply
    from tajsec.text.forms import counted

    note = f"left out, for want of a date of their own: {counted(undated, 'fact')}; tajsec list shows them"
    return reply._replace(stderr=stderr_line(note))


def _drawn(
    request: Request,
    texts: Sequence[str],
    counts: tuple[int, int],
    plotted: bool,
    files: Mapping[str, str],
    force: bool,
) -> Reply:
    """Draw the facts; `counts` are those that have a date (drawn or behind the limit), and those without."""
    from json import loads

    from tajsec.pictures.chart import chart, notes
    from tajsec.pictures.plot import ASCII, BLOCKS, plot

    refuse_form_beside("--plot" if plotted else f"--{next(iter(files))}")
    targets = [*files.values(), *(["-"] if plotted else [])]
    if len(set(targets)) < len(targets):
        raise UsageError("two pictures in one file; give each a file of its own")
    if not texts:
        return Reply(stderr=stderr_line(NO_FACT), status=1)
    records = list(map(loads, texts))
    drawing = chart(records, request.selection.actors)
    names = {lane.actor: request.store.vocabulary.name("actor", lane.actor) for lane in drawing.lanes}
    told = notes(drawing.size, *counts)
    written = file_reply(_pictures(request, drawing, names, records, told, files), force=force)
    if not plotted:
        return written
    environment = request.environment
    signs = ASCII if environment.ascii else BLOCKS
    lines = plot(drawing, names, environment.width, signs, color=environment.color)
    return Reply(text=tables().runs(lines, [signs.legend(), *told], request.look))


def _pictures(
    request: Request,
    drawing: "Chart",
    names: Mapping[str, str],
    records: "Sequence[Json]",
    notes: Sequence[str],
    files: Mapping[str, str],
) -> dict[str, str]:
    """Give the text of each file that is asked for."""
    if not files:
        return {}
    from tajsec.pictures.markup import svg_text
    from tajsec.pictures.page import timeline_page
    from tajsec.pictures.svg import LEGEND, MOST, timeline_picture

    if drawing.size > MOST:
        raise UsageError(f"{drawing.size:,} facts; a picture takes {MOST:,}: narrow with filters or --limit")
    title = _title(request)
    texts = {}
    if "svg" in files:
        texts[files["svg"]] = svg_text(timeline_picture(drawing, names, title, [LEGEND, *notes]))
    if "html" in files:
        drawn = timeline_picture(drawing, names, title, ())
        texts[files["html"]] = timeline_page(drawing, drawn, records, title, [*notes, LEGEND])
    return texts


def _title(request: Request) -> str:
    """Give the title of a timeline: what it is of, in the words of the filters."""
    asked = [
        f"{name} {value if isinstance(value, str) else ' or '.join(value)}"
        for name, value in request.filters.items()
        if value
    ]
    return f"Timeline: {', '.join(asked)}" if asked else "Timeline of every dated fact"


def _timeline_columns() -> "Sequence[Column]":
    from tajsec.output.columns import FACT_COLUMNS, key

    return (key("when"), *(column for column in FACT_COLUMNS if column.name != "when"))
