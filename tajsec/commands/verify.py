"""`tajsec verify`: the three-part check of facts against their documents."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import command
from tajsec.cli.replies import json_reply, reply_with_fields, talk_line
from tajsec.cli.request import Ask, tables
from tajsec.cli.terminal import Reply
from tajsec.data.files import write_file
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tajsec.check.copies import Document
    from tajsec.check.verify import Unreached
    from tajsec.model.records import Fact, Source
    from tajsec.text.jsontext import Json


def _nothing_kept(folder: str) -> str:
    """Why there is no compiled store to show."""
    from tajsec.store.cache import is_own_folder

    if not folder:
        return "this system names no folder for a cache"
    if Path(folder).exists() and not is_own_folder(folder):
        return f"{folder} is left alone: it is not yours, or others may write it"
    return f"nothing is kept in {folder}"


# ---------------------------------------------------------------- verify


@command("verify", examples=("tajsec verify", "tajsec verify radios-delivered --json"))
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=ids_of("fact"))
@click.option("--text", "texts", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="A text of a document, or a folder of texts; repeatable.")  # fmt: skip
@click.option("--online", is_flag=True, help="Fetch each source's page and compare it.")
@click.option("--address", metavar="URL", help="With --online: fetch this address instead.")
@click.option("--allow-local", is_flag=True, help="With --online: open addresses that are not public.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write a review of the quotes found.")
@click.option("--force", is_flag=True, help="Let --record replace a file.")
def verify(
    ask: Ask, ids: tuple[str, ...], texts: tuple[Path, ...], online: bool, address: str | None, allow_local: bool,
    record: Path | None, force: bool,
) -> Reply:  # fmt: skip
    """Check facts in three parts: quote found, figures match, read by.

    Without a text the record tells when the quotes were last found. A newer text is compared passage by passage.
    Status 1: a check failed.
    """
    from tajsec.check.verify import verify as check
    from tajsec.output.to_json import verification_object

    facts = [ask.store.fact(each) for each in dict.fromkeys(ids)] or list(ask.store.facts(ask.selection))
    sources = _sources_of(ask, facts)
    held, unreached = _held(texts, sources), list["Unreached"]()
    if online or address:
        pages, unreached = _fetched(ask, sources, address, allow_local)
        held += pages
    done = check(ask.store, facts, held, unreached=unreached, from_web=bool(online or address))
    if record:
        from tajsec.check.verify import review_of_quotes

        write_file(record, review_of_quotes(ask.store, done, facts, ask.surroundings.today), force=force)
    return _verified(ask, verification_object(done, filters=ask.selection.asked()))


def _sources_of(ask: Ask, facts: "Sequence[Fact]") -> "list[Source]":
    """Give the sources that are asked about: those of the filter, or else those that the facts cite."""
    cited = ask.selection.sources or {source for fact in facts for source in fact.sources}
    return [source for source in ask.store.sources() if source.id in cited]


def _held(texts: "Sequence[Path]", sources: "Sequence[Source]") -> "list[Document]":
    if not texts:
        return []
    from tajsec.check.copies import documents

    return documents(texts, sources)


def _fetched(
    ask: Ask, sources: "Sequence[Source]", address: str | None, allow_local: bool
) -> "tuple[list[Document], list[Unreached]]":
    """Fetch the page of each source, or the one address given; what cannot be fetched is told apart."""
    if address and len(sources) != 1:
        raise UsageError("--address is the page of one source; name it with --source ID")
    from tajsec.check.copies import document
    from tajsec.check.online import Limits, NotReached, fetch_text, missing_library
    from tajsec.check.verify import Unreached

    if missing := missing_library():
        raise UsageError(f"--online needs {missing}; install tajsec[online]")
    found, unreached = list["Document"](), list["Unreached"]()
    with _progress(ask, len(sources)) as of_source:
        for source in sources:
            at = address or source.url
            try:
                text = fetch_text(at, source, Limits(allow_local=allow_local), of_source(source.id))
                found.append(document(at, text, source))
            except (NotReached, UsageError) as error:
                unreached.append(Unreached(source=source.id, address=at, reason=str(error)))
    return found, unreached


@contextmanager
def _progress(ask: Ask, count: int) -> "Iterator[Callable[[str], Callable[[int, int | None], None]]]":
    """Give what is told how much of a source's page has come; on a terminal it is a bar on stderr."""
    if ask.surroundings.watched:
        with tables().progress(count) as of_source:
            yield of_source
    else:
        yield lambda _name: lambda _got, _expected: None


def _verified(ask: Ask, record: "Json") -> Reply:
    from tajsec.output.columns import FINDING_COLUMNS, PASSAGE_COLUMNS, check_notes, part_lines, passage_rows
    from tajsec.output.writers import WRITERS, plain

    status = 1 if record["findings"] else 2 if record["unreached"] else 0
    talk = "".join(talk_line(each) for each in [*part_lines(record), *check_notes(record)])
    if ask.fields:
        shown = talk if ask.format != "json" else ""
        return reply_with_fields(ask, record, "findings", FINDING_COLUMNS, status, shown)
    if ask.format == "json":
        return json_reply(record, status)
    if ask.format == "table":
        return Reply(text=tables().verification(record, ask.look), status=status)
    if ask.format == "plain":
        text = plain(passage_rows(record["texts"]), PASSAGE_COLUMNS)
        return Reply(text=text + plain(record["findings"], FINDING_COLUMNS), talk=talk, status=status)
    text = WRITERS[ask.format](record["findings"], FINDING_COLUMNS)
    return Reply(text=text, talk=talk, status=status, machine=True)
