"""`tajsec timeline`: facts in order of time, as a listing, a plot, a picture or a page."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import WITH_PAGES, file_options, limit_options, rows_option, store_command
from tajsec.cli.replies import NO_FACT, Answer, beyond, file_reply, refuse_format_beside
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.commands.list import sheet, title
from tajsec.errors import UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.output.json_types import Fact
    from tajsec.pictures.chart import Chart


@store_command(
    formats=WITH_PAGES,
    examples=("tajsec timeline --actor nato", "tajsec timeline --plot --topic russian-base"),
)
@limit_options("Facts")
@rows_option()
@click.option("--plot", "plotted", is_flag=True, help="Draw the facts on an axis of time, in lanes by actor.")
@file_options(svg="Draw that as an SVG picture; - is stdout.", html="Write it as a page with a table of the facts.")
def command(
    request: Request, limit: int | None, offset: int, plotted: bool, svg: str | None, html: str | None, force: bool
) -> Answer | Reply:
    """Show facts in order of time.

    Those without a date of their own are left out.
    """
    total = request.store.count_in_time(request.selection)
    undated = request.store.count(request.selection) - total
    answer = Answer(
        {"schema": "tajsec/timeline/1", "filters": request.selection.asked(), "total": total, "undated": undated},
        "facts",
        lambda records: rich_tables.timeline(records, request.look),
        sheet=sheet(request, "Timeline"),
        texts=request.objects(request.store.in_time(request.selection, offset=offset, limit=limit)),
        nothing=beyond(offset, total, "dated facts") if offset and total else NO_FACT,
    )
    if undated and request.environment.interactive:
        note = f"left out, for want of a date of their own: {counted(undated, 'fact')}; tajsec list shows them"
        answer = answer._replace(lines=[note])
    files = {kind: file for kind, file in (("svg", svg), ("html", html)) if file is not None}
    return _drawn(request, answer, plotted, files, force) if plotted or files else answer


def _drawn(request: Request, answer: Answer, plotted: bool, files: Mapping[str, str], force: bool) -> Answer | Reply:
    """Return the plot, or the reply after writing the `files`, which are names by kind (svg, html)."""
    from tajsec.pictures.chart import chart, notes
    from tajsec.pictures.plot import ASCII, BLOCKS, plot

    refuse_format_beside(request, "--plot" if plotted else f"--{next(iter(files))}")
    targets = [*files.values(), *(["-"] if plotted else [])]
    if len(set(map(os.path.realpath, targets))) < len(targets):
        raise UsageError("two pictures in one file; give each a file of its own")
    if not answer.texts:
        return answer
    records = answer.records
    drawing = chart(records, request.selection.actors)
    names = {lane.actor: request.store.vocabulary.name("actor", lane.actor) for lane in drawing.lanes}
    below = notes(drawing.size, answer.payload["total"], answer.payload["undated"])
    headline = title(request, "Timeline", "Timeline of every dated fact")
    written = file_reply(
        request,
        _pictures(headline, drawing, names, records, below, files),
        force=force,
    )
    if not plotted:
        return written
    environment = request.environment
    signs = ASCII if environment.ascii else BLOCKS
    lines = plot(drawing, names, environment.width, signs, color=environment.color)
    said = [signs.legend(), *below, "tajsec show ID gives a claim with its receipts."]
    return Reply(text=rich_tables.plotted(lines, said, request.look), styled=True)


def _pictures(
    title: str,
    drawing: "Chart",
    names: Mapping[str, str],
    records: "Sequence[Fact]",
    notes: Sequence[str],
    files: Mapping[str, str],
) -> dict[str, str]:
    """Return the text of each file, by its name."""
    if not files:
        return {}
    from tajsec.pictures.chart import sources
    from tajsec.pictures.markup import svg_text
    from tajsec.pictures.page import timeline_page
    from tajsec.pictures.svg import LEGEND, MOST, timeline_picture

    if drawing.size > MOST:
        raise UsageError(f"{drawing.size:,} facts; a picture takes {MOST:,}: narrow with filters or --limit")
    texts = {}
    if "svg" in files:
        below = [" ".join([LEGEND, *notes]), sources(records)]
        texts[files["svg"]] = svg_text(timeline_picture(drawing, names, title, below, headed=True))
    if "html" in files:
        drawn = timeline_picture(drawing, names, title, ())
        texts[files["html"]] = timeline_page(drawing, drawn, records, title, [*notes, LEGEND])
    return texts
