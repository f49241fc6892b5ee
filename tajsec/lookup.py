"""The commands that look facts up: each is load, compute, show, and gives a `Reply`; nothing here prints.

What a command needs is imported when it runs: `--json` loads no Rich.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tajsec.ask import (
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
from tajsec.citing import STYLES
from tajsec.console import Reply, open_address
from tajsec.errors import FailingEnvironment, UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from tajsec.chart import Chart
    from tajsec.cite import Citation
    from tajsec.jsontext import Json
    from tajsec.model import TermKind
    from tajsec.search import Answer, Match
    from tajsec.selection import Selection
    from tajsec.tabular import Column

"""The styles that need the extra `tajsec[csl]`."""
SEARCH_LIMIT = 10
NO_FACT = "no fact meets these filters; `tajsec coverage` shows what the sources hold"


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
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
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

    refuse_form_beside("--svg")
    picture = _picture("svg")
    return file_reply({svg: svg_text(picture.card_picture(list(map(loads, texts))))}, force=force)


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

    picture = _picture(next(iter(files)))
    if drawing.size > picture.MOST:
        raise UsageError(f"{drawing.size:,} facts; a picture takes {picture.MOST:,}: narrow with filters or --limit")
    title = _title(ask)
    texts = {}
    if "svg" in files:
        texts[files["svg"]] = svg_text(picture.timeline_picture(drawing, names, title, [picture.LEGEND, *notes]))
    if "html" in files:
        drawn = picture.timeline_picture(drawing, names, title, ())
        texts[files["html"]] = timeline_page(drawing, drawn, records, title, [*notes, picture.LEGEND])
    return texts


def _title(ask: Ask) -> str:
    """Give the title of a timeline: what it is of, in the words of the filters."""
    asked = [
        f"{name} {value if isinstance(value, str) else ' or '.join(value)}"
        for name, value in ask.filters.items()
        if value
    ]
    return f"Timeline: {', '.join(asked)}" if asked else "Timeline of every dated fact"


def _picture(kind: str) -> "ModuleType":
    """Give the module that draws pictures; without what it needs the message says what to install."""
    from logging import ERROR, getLogger

    getLogger("matplotlib").setLevel(ERROR)  # what it says of its fonts and caches is of no use to who asks for facts
    try:
        from tajsec import picture
    except ImportError as error:
        raise UsageError(f"--{kind} needs {error.name}; install tajsec[plot]") from error
    return picture


def _timeline_columns() -> "Sequence[Column]":
    from tajsec.tabular import FACT_COLUMNS, key

    return (key("when"), *(column for column in FACT_COLUMNS if column.name != "when"))


@command("summary", examples=("tajsec summary", "tajsec summary equipment"))
@click.argument("name", required=False, metavar="[TOPIC]")
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


@command(
    "cite",
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec cite radios-delivered", "tajsec cite radios-delivered night-vision-devices-provided --style apa"),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--style",
    type=click.Choice(STYLES),
    metavar="STYLE",
    default="plain",
    show_default=True,
    help=f"{', '.join(STYLES)}.",
)
@click.option("--copy", "copied", is_flag=True, help="Put what is printed on the clipboard too.")
def cite(ask: Ask, ids: tuple[str, ...], style: str, copied: bool) -> Reply:
    """Cite facts.

    The claim with its qualifier and as-of, the reference, the passage and the words. The styles from apa on cite each
    fact in the text and list every source once; they need tajsec[csl].
    """
    from tajsec.cite import citations
    from tajsec.citing import RENDERED, in_style

    found = citations(ask.store, [ask.store.fact(each) for each in dict.fromkeys(ids)])
    if ask.format == "json":
        reply = _citations(found, style)
    elif style == "plain" or style in RENDERED:
        reply = Reply(text=_shown(in_style(found, style)))
    else:
        reply = Reply(text=in_style(found, style), machine=True)
    if copied:
        from tajsec.clipboard import copy

        copy(reply.text)
    return reply


def _citations(found: "Sequence[Citation]", style: str) -> Reply:
    from tajsec.citing import one_by_one
    from tajsec.jsonout import citation_object, envelope

    texts = one_by_one(found, style)
    records = [citation_object(each, text) for each, text in zip(found, texts.each, strict=True)]
    more = {} if texts.bibliography is None else {"bibliography": texts.bibliography}
    return json_reply(envelope("cite", "citations", records, style=style, **more))


def _shown(text: str) -> str:
    """Give lines for people, every character of them as a terminal shows it."""
    from tajsec.text import printable

    return "\n".join(map(printable, text.split("\n")))


@command(
    "open",
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec open radios-delivered --print", "tajsec open base-agreement-signed --print --receipt 2"),
)
@click.argument("fact_id", metavar="ID")
@click.option(
    "--receipt", type=click.IntRange(min=1), default=1, show_default=True, help="Which of the fact's receipts."
)
@click.option("--archived", is_flag=True, help="Open the archived copy of the page.")
@click.option("--print", "only_print", is_flag=True, help="Print the address instead.")
def open_source(ask: Ask, fact_id: str, receipt: int, archived: bool, only_print: bool) -> Reply:
    """Open the source at the quoted words.

    In the browser; the words are marked where the browser knows text fragments.
    """
    from tajsec.cite import address as address_of
    from tajsec.jsonout import envelope

    fact = ask.store.fact(fact_id)
    if receipt > len(fact.cites):
        raise UsageError(f"--receipt {receipt}: {fact.id} has {len(fact.cites)}; name one of these")
    cite = fact.cites[receipt - 1]
    address = address_of(ask.store.source(cite.source), cite, archived=archived)
    if ask.format == "json":
        record = {"fact": fact.id, "source": cite.source, "passage": cite.passage, "address": address}
        return json_reply(envelope("open", "addresses", [record]))
    if not only_print and not open_address(address):
        raise FailingEnvironment(f"no browser could be started; open {address}")
    return Reply(text=f"{address}\n" if only_print else "")


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
