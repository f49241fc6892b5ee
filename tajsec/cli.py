"""The command line: every command is load, compute, show, and gives a `Reply`; nothing here prints.

What a command needs is imported when it runs: `--version` and `--help` load no store, `--json` loads no Rich.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tajsec import __version__
from tajsec.console import NARROW, Reply, Surroundings, write_file
from tajsec.errors import TajsecError, UnknownName, UsageError

if TYPE_CHECKING:
    from tajsec.dates import Edtf
    from tajsec.jsonout import Json
    from tajsec.model import Fact, TermKind
    from tajsec.render import Look
    from tajsec.search import Answer
    from tajsec.store import SearchableStore, Selection
    from tajsec.tabular import Column

LISTING = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")
STATUSES = ("completed", "ongoing", "planned", "stated")
CITE_STYLES = ("plain", "bibtex", "ris", "csl-json")
FILTERS = ("actor", "topic", "source", "place", "status", "since", "until")
SEARCH_LIMIT = 10
MAX_LINE = 500
"""Characters of an error line."""

_Option = Callable[[Callable[..., Any]], Callable[..., Any]]


# ---------------------------------------------------------------- what a command is asked


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What every command is given: the data to look in, the facts that are meant, and the form of the answer."""

    packs: tuple[Path, ...]
    filters: Mapping[str, Any]
    format: str
    surroundings: Surroundings

    @functools.cached_property
    def store(self) -> "SearchableStore":
        """The store, read when it is first asked for."""
        from tajsec.store import open_store

        return open_store(self.packs, cache=self.surroundings.cache)

    @functools.cached_property
    def selection(self) -> "Selection":
        """The facts that the filters take. Raises UnknownName for a name that the store does not hold."""
        from tajsec.store import Selection

        return Selection(
            actors=self._ids("actor"),
            topics=self._ids("topic"),
            places=self._ids("place"),
            sources=frozenset(self.store.source(each).id for each in self.filters.get("source", ())),
            statuses=frozenset(self.filters.get("status", ())),
            since=self._date("since"),
            until=self._date("until"),
        )

    def _ids(self, kind: "TermKind") -> frozenset[str]:
        names = self.store.vocabulary
        ids = [names.within(kind, names.resolve(kind, each)) for each in self.filters.get(kind, ())]
        return frozenset[str]().union(*ids)

    def _date(self, option: str) -> "Edtf | None":
        from tajsec import dates

        text = self.filters.get(option)
        try:
            return dates.parse(text) if text else None
        except ValueError as error:
            raise UsageError(f"--{option} {text}: {error}") from error

    @property
    def look(self) -> "Look":
        """How the terminal shows a table."""
        from tajsec.render import Look

        return Look(width=self.surroundings.width, color=self.surroundings.color, ascii=self.surroundings.ascii)


def command(name: str, *, examples: Sequence[str], formats: Sequence[str] = LISTING, filters: bool = True) -> _Option:
    """Make a function that takes an `Ask` a command, with the options that every command has."""

    def decorate(function: Callable[..., Reply]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(**given: Any) -> Reply:  # noqa: ANN401
            return function(_ask(given, formats), **given)

        wrapped: Callable[..., Any] = run
        for option in reversed([*(_filter_options() if filters else ()), *_output_options(formats)]):
            wrapped = option(wrapped)
        return app.command(name, epilog=_examples(*examples))(wrapped)

    return decorate


def _examples(*lines: str) -> str:
    """Give the foot of a help page; the mark keeps Click from joining the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def _ask(given: dict[str, Any], formats: Sequence[str]) -> Ask:
    """Take the options that every command has out of what Click gives."""
    json, chosen, color = given.pop("json"), given.pop("format"), given.pop("color")
    if json and chosen not in (None, "json"):
        raise UsageError(f"--json and --format {chosen} exclude each other; keep one")
    surroundings: Surroundings = click.get_current_context().obj
    in_table = surroundings.interactive and surroundings.width >= NARROW
    return Ask(
        packs=tuple(map(Path, given.pop("facts"))),
        filters={key: given.pop(key) for key in FILTERS if key in given},
        format="json" if json else chosen or _usual(formats, in_table),
        surroundings=surroundings if color == "auto" else replace(surroundings, color=color == "always"),
    )


def _usual(formats: Sequence[str], in_table: bool) -> str:
    return formats[0] if in_table or formats[0] != "table" else "plain"


def _filter_options() -> list[_Option]:
    def many(name: str, metavar: str, text: str) -> _Option:
        return click.option(name, multiple=True, metavar=metavar, help=text)

    return [
        many("--actor", "NAME", "Facts about this actor or its parts: id, name or alias; repeat for any of several."),
        many("--topic", "NAME", "Facts on this topic."),
        many("--source", "ID", "Facts that cite this source."),
        many("--place", "NAME", "Facts about this place or what lies in it."),
        click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Facts of this status."),
        click.option("--since", metavar="DATE", help="Facts of this date or later: 2012, 2012-10, 2012-10-05."),
        click.option("--until", metavar="DATE", help="Facts of this date or earlier."),
    ]


def _output_options(formats: Sequence[str]) -> list[_Option]:
    colors = click.Choice(("auto", "always", "never"))
    usual = "Default: table; in a pipe plain." if formats[0] == "table" else f"Default: {formats[0]}."
    return [
        click.option("--json", is_flag=True, help="Short for --format json."),
        click.option("--format", type=click.Choice(tuple(formats)), help=usual),
        click.option(
            "--facts", multiple=True, metavar="DIR", envvar="TAJSEC_FACTS", help="Add a folder of facts; repeatable."
        ),
        click.option("--color", type=colors, default="auto", help="Colour as the terminal has it, always, or never."),
    ]


# ---------------------------------------------------------------- the form of an answer


def _answer(
    ask: Ask, payload: "Json", key: str, columns: "Sequence[Column]", table: Callable[[], str], nothing: str = ""
) -> Reply:
    """Answer with the records under `key` in the format asked for; without any, say so and give status 1."""
    records = payload[key]
    status, talk = (0, "") if records else (1, _line(nothing))
    if ask.format == "json":
        return _json(payload, status, talk)
    if not records:
        return Reply(talk=talk, status=status)
    if ask.format == "table":
        return Reply(text=table())
    from tajsec.tabular import WRITERS

    return Reply(text=WRITERS[ask.format](records, columns), machine=ask.format != "plain")


def _json(payload: object, status: int = 0, talk: str = "") -> Reply:
    from tajsec.jsonout import dumps

    return Reply(text=dumps(payload), talk=talk, status=status, machine=True)


def _objects(ask: Ask, facts: "Sequence[Fact]") -> "list[Json]":
    from tajsec.jsonout import fact_object

    return [fact_object(ask.store, fact) for fact in facts]


def _asked(ask: Ask) -> "Json":
    from tajsec.jsonout import selection_object

    return {"filters": selection_object(ask.selection)}


def _line(text: str) -> str:
    """Make a line for stderr: printable, not too long."""
    from tajsec.text import printable

    shown = printable(f"tajsec: {text}")
    return (shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…") + "\n"


NO_FACT = "no fact meets these filters; `tajsec coverage` shows what the sources hold"


# ---------------------------------------------------------------- the commands


class Group(click.Group):
    """The commands, in the order in which people meet them; a mistyped one is answered with the near ones."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names as they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises UnknownName."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            from tajsec.spelling import near_names

            raise UnknownName("command", args[0], near_names(args[0], self.commands), "tajsec --help")
        return super().resolve_command(ctx, args)


@click.group(cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tajsec", message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context) -> Reply | None:
    """Cited facts on Tajikistan's security cooperation: one fact, its source, its words, as of when."""
    return Reply(text=context.get_help() + "\n") if context.invoked_subcommand is None else None


@command("search", examples=("tajsec search radios", "tajsec search night vision --source us-embassy-2021 --json"))
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), default=SEARCH_LIMIT, show_default=True, help="Facts to show.")
@click.option("--all", "everything", is_flag=True, help="Show every fact that answers.")
@click.option("--explain", is_flag=True, help="Say which word matched what, how, and what it counts.")
def search(ask: Ask, words: tuple[str, ...], limit: int, everything: bool, explain: bool) -> Reply:
    """Find facts, best first.

    Without words it lists what the filters take.
    """
    most = None if everything else limit
    if not words and any(ask.filters.values()):
        return _list(ask, most, "search", query="")
    from tajsec import tabular
    from tajsec.jsonout import envelope, explanation_object, fact_object
    from tajsec.search import search as find

    query = " ".join(words)
    answer = find(ask.store, query, ask.selection, limit=most)
    records = [fact_object(ask.store, match.fact, score=match.score) for match in answer.matches]
    if explain:
        for record, match in zip(records, answer.matches, strict=True):
            record["explain"] = list(map(explanation_object, match.explanations))
    empty = {
        "reasons": list(answer.reasons),
        "near_words": {word: list(near) for word, near in answer.near_words.items()},
        "nearest": _objects(ask, answer.nearest),
    }
    payload = envelope("search", "facts", records, query=query, **_asked(ask), total=answer.total, **empty)
    return _answer(
        ask,
        payload,
        "facts",
        tabular.FACT_COLUMNS,
        lambda: _render().facts(records, ask.look, [match.highlights for match in answer.matches]),
        f"nothing found for {query!r}: {_why(answer)}",
    )


def _why(answer: "Answer") -> str:
    """Say in one line why a search found nothing, and what may help."""
    near = [f"{word}: did you mean {' or '.join(found)}?" for word, found in answer.near_words.items()]
    nearest = [f"nearest: {', '.join(fact.id for fact in answer.nearest)}"] if answer.nearest else []
    parts = [*answer.reasons, *near, *nearest]
    return "; ".join(parts) if parts else "only words that ask, none that names something"


@command("list", examples=("tajsec list --actor russia --status planned", "tajsec list --topic equipment --format csv"))
@click.option("--limit", type=click.IntRange(min=1), help="Facts to show; all unless given.")
def list_facts(ask: Ask, limit: int | None) -> Reply:
    """List the facts that the filters take.

    Without a filter it lists every fact.
    """
    return _list(ask, limit, "list")


def _list(ask: Ask, limit: int | None, schema: str, **more: object) -> Reply:
    from tajsec import tabular
    from tajsec.jsonout import envelope

    records = _objects(ask, ask.store.facts(ask.selection, limit=limit))
    payload = envelope(schema, "facts", records, **more, **_asked(ask), total=ask.store.count(ask.selection))
    return _answer(ask, payload, "facts", tabular.FACT_COLUMNS, lambda: _render().facts(records, ask.look), NO_FACT)


@command("show", filters=False, examples=("tajsec show radios-delivered", "tajsec show radios-delivered --json"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def show(ask: Ask, ids: tuple[str, ...]) -> Reply:
    """Show facts whole, with their receipts.

    Statement, dates, figures, source, passage, the words quoted, and which facts disagree.
    """
    from tajsec import tabular
    from tajsec.jsonout import envelope

    records = _objects(ask, [ask.store.fact(each) for each in dict.fromkeys(ids)])
    if ask.format == "plain":
        return Reply(text=tabular.fields(records))
    payload = envelope("show", "facts", records)
    return _answer(ask, payload, "facts", tabular.FACT_COLUMNS, lambda: _render().cards(records, ask.look))


@command("timeline", examples=("tajsec timeline --actor nato", "tajsec timeline --topic russian-base --since 2012"))
def timeline(ask: Ask) -> Reply:
    """Show facts in order of time.

    Each date is shown as precisely as it is known; facts without a date of their own are left out.
    """
    from tajsec import tabular
    from tajsec.jsonout import envelope
    from tajsec.timeline import timeline as order

    line = order(ask.store.facts(ask.selection))
    records = _objects(ask, line.facts)
    undated = len(line.undated)
    payload = envelope("timeline", "facts", records, **_asked(ask), undated=undated)
    columns = (tabular.key("when"), *(column for column in tabular.FACT_COLUMNS if column.name != "when"))
    reply = _answer(ask, payload, "facts", columns, lambda: _render().timeline(records, ask.look), NO_FACT)
    if reply.status or not undated or not ask.surroundings.interactive:
        return reply
    note = f"{undated} facts that hold as of their source's date, without a date of their own: tajsec list shows them"
    return replace(reply, talk=_line(note))


@command("summary", examples=("tajsec summary", "tajsec summary equipment"))
@click.argument("name", required=False, metavar="[TOPIC]")
def summary(ask: Ask, name: str | None) -> Reply:
    """Sum up a topic on one page.

    Without a topic: each topic on a line. Figures are listed, never added up.
    """
    return _all_topics(ask) if name is None else _one_topic(ask, name)


def _one_topic(ask: Ask, name: str) -> Reply:
    from tajsec import tabular
    from tajsec.jsonout import summary_object
    from tajsec.summary import summary as sum_up

    names = ask.store.vocabulary
    topic = names.resolve("topic", name)
    wanted = replace(ask.selection, topics=names.within("topic", topic))
    record = summary_object(ask.store, sum_up(ask.store, topic, wanted))
    if not record["total"]:
        return _json(record, 1, _line(NO_FACT)) if ask.format == "json" else Reply(status=1, talk=_line(NO_FACT))
    if ask.format == "json":
        return _json(record)
    if ask.format == "table":
        return Reply(text=_render().summary(record, names.name("topic", topic), ask.look))
    if ask.format == "plain":
        return Reply(text=tabular.fields([record]))
    return Reply(text=tabular.WRITERS[ask.format](record["facts"], tabular.FACT_COLUMNS), machine=True)


def _all_topics(ask: Ask) -> Reply:
    from tajsec import tabular
    from tajsec.jsonout import envelope, topic_row
    from tajsec.summary import summary as sum_up

    topics = ask.selection.topics or ask.store.vocabulary.of("topic")
    sums = [sum_up(ask.store, each, replace(ask.selection, topics=frozenset({each}))) for each in topics]
    records = [topic_row(ask.store, each) for each in sums if each.facts]
    payload = envelope("summaries", "topics", records, **_asked(ask))
    return _answer(ask, payload, "topics", tabular.TOPIC_COLUMNS, lambda: _render().topics(records, ask.look), NO_FACT)


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
    payload = envelope(key, key, records, **_asked(ask))
    return _answer(
        ask, payload, key, tabular.TERM_COLUMNS, lambda: _render().listing(records, columns, ask.look), NO_FACT
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
    return _answer(
        ask, payload, "sources", tabular.SOURCE_COLUMNS, lambda: _render().sources(records, ask.look), "no source"
    )


@command(
    "cite",
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec cite radios-delivered", "tajsec cite radios-delivered --style bibtex"),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--style", type=click.Choice(CITE_STYLES), default="plain", show_default=True, help="Form of the citation."
)
def cite(ask: Ask, ids: tuple[str, ...], style: str) -> Reply:
    """Cite facts.

    The claim with its qualifier and as-of, the reference, the passage and the words.
    """
    from tajsec.cite import STYLES, citations, csl_items
    from tajsec.jsonout import citation_object, dumps, envelope

    found = citations(ask.store, [ask.store.fact(each) for each in dict.fromkeys(ids)])
    write = STYLES.get(style) or (lambda each: dumps(csl_items(each)))
    if ask.format == "json":
        records = [citation_object(each, write([each])) for each in found]
        return _json(envelope("cite", "citations", records, style=style))
    return Reply(text=write(found), machine=style != "plain")


@command("coverage", examples=("tajsec coverage", "tajsec coverage --source nato-2017 --json"))
def coverage(ask: Ask) -> Reply:
    """Show how much of each document is cited.

    And what the facts are about: topic by source, with the years.
    """
    from tajsec import tabular
    from tajsec.coverage import coverage as cover
    from tajsec.jsonout import coverage_object

    record = coverage_object(cover(ask.store, ask.selection))
    return _answer(
        ask, record, "sources", tabular.COVERAGE_COLUMNS, lambda: _render().coverage(record, ask.look), NO_FACT
    )


@command("lint", formats=LISTING[1:], filters=False, examples=("tajsec lint", "tajsec lint ./my-facts"))
@click.argument("pack", required=False, type=click.Path(path_type=Path))
def lint(ask: Ask, pack: Path | None) -> Reply:
    """Check the data against every rule.

    Lists every problem at once; a PACK is checked together with the data it adds to.
    """
    from tajsec import tabular
    from tajsec.jsonout import envelope, problem_object
    from tajsec.lint import lint as check
    from tajsec.store import folders_of

    problems = check(folders_of([*ask.packs, *([pack] if pack else [])]))
    records = [problem_object(each) for each in problems]
    status = 2 if problems else 0
    talk = _line(f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "no problem found")
    if ask.format == "json":
        return _json(envelope("lint", "problems", records), status, talk)
    if ask.format == "plain":
        return Reply(text="".join(f"{each}  [{each.code}]\n" for each in problems), talk=talk, status=status)
    text = tabular.WRITERS[ask.format](records, tabular.PROBLEM_COLUMNS)
    return Reply(text=text, talk=talk, status=status, machine=True)


@app.command(
    "seal",
    epilog=_examples(
        "tajsec seal page.txt > seeds/page.toml",
        "tajsec seal page.txt --record seeds/page.toml --output seeds/page.toml --force",
    ),
)
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--record", type=click.Path(path_type=Path), help="Seal again: keep what this record says of the source.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the record to this file.")
@click.option("--force", is_flag=True, help="Let --output replace a file.")
def seal(text: Path, record: Path | None, output: Path | None, force: bool) -> Reply:
    """Make a source record from a text.

    Every non-blank line becomes a passage with its digest; the text itself is not kept.
    """
    from tajsec.seal import MAX_TEXT
    from tajsec.seal import seal as seal_text

    previous = None
    if record:
        from tajsec.files import MAX_FILE
        from tajsec.read import read_source

        previous = read_source(_read_text(record, MAX_FILE), str(record))
    try:
        sealed = seal_text(_read_text(text, MAX_TEXT), file=text.name, previous=previous)
    except ValueError as error:
        raise UsageError(f"{text}: {error}; name the text of a document") from error
    talk = _line(f"{sealed.kept + sealed.new} passages: {sealed.kept} kept, {sealed.new} new, {sealed.gone} gone")
    if output is None:
        return Reply(text=sealed.record, talk=talk, machine=True)
    write_file(output, sealed.record, force=force)
    return Reply(talk=talk)


def _read_text(path: Path, limit: int) -> str:
    from tajsec.files import read_text

    return read_text(path, limit)


def _render() -> Any:  # noqa: ANN401
    """Give the module that draws tables; Rich is imported when a table is drawn."""
    from tajsec import render

    return render


# ---------------------------------------------------------------- running


def run(args: Sequence[str], surroundings: Surroundings, environ: Mapping[str, str]) -> Reply:
    """Run the command line and give its reply; every error is one line, and a bug of ours has the status 70."""
    try:
        with app.make_context("tajsec", list(args), obj=surroundings) as context:
            reply = app.invoke(context)
        return reply if isinstance(reply, Reply) else Reply()
    except click.exceptions.Exit as end:
        return Reply(status=end.exit_code)
    except click.ClickException as error:
        return Reply(talk=_line(f"error: {error.format_message()}"), status=2)
    except TajsecError as error:
        return Reply(talk=_line(f"error: {error}"), status=2)
    except BrokenPipeError:
        raise
    except Exception as error:
        details = _details() if environ.get("TAJSEC_DEBUG") else ""
        advice = "a bug of ours; TAJSEC_DEBUG=1 shows the details"
        return Reply(talk=details + _line(f"error: {type(error).__name__}: {error}; {advice}"), status=70)


def _details() -> str:
    import traceback

    return traceback.format_exc()
