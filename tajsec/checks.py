"""The commands that check the data and the documents behind them: each is load, compute, show, and gives a `Reply`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.ask import LISTING, Ask, bare_command, command, json_reply, reply_with, reply_with_fields, tables, talk_line
from tajsec.candidates import ids_of
from tajsec.console import Reply
from tajsec.errors import UsageError
from tajsec.text import counted
from tajsec.whole import write_file

if TYPE_CHECKING:
    from tajsec.documents import Document
    from tajsec.folders import Folders
    from tajsec.jsontext import Json
    from tajsec.model import Fact, Source
    from tajsec.verify import Unreached

DIFFERENCES = ("contradicts", "rounds", "supersedes", "scope", "renames")


@command("lint", formats=LISTING[1:], filters=False, examples=("tajsec lint", "tajsec lint ./my-facts"))
@click.argument("pack", required=False, type=click.Path(path_type=Path))
def lint(ask: Ask, pack: Path | None) -> Reply:
    """Check the data against every rule.

    Lists every problem at once; a PACK is checked together with the data it adds to.
    """
    from tajsec import tabular
    from tajsec.folders import folders_of
    from tajsec.jsonout import envelope, problem_object
    from tajsec.lint import lint as check

    problems = check(folders_of([*ask.packs, *([pack] if pack else [])]))
    records = [problem_object(each) for each in problems]
    status = 2 if problems else 0
    talk = talk_line(counted(len(problems), "problem") if problems else "no problem found")
    payload = envelope("lint", "problems", records)
    if ask.fields:
        return reply_with_fields(ask, payload, "problems", tabular.PROBLEM_COLUMNS, status, talk)
    if ask.format == "json":
        return json_reply(payload, status, talk)
    if ask.format == "plain":
        return Reply(text="".join(f"{each}  [{each.code}]\n" for each in problems), talk=talk, status=status)
    text = tabular.WRITERS[ask.format](records, tabular.PROBLEM_COLUMNS)
    return Reply(text=text, talk=talk, status=status, machine=True)


@command("cache", filters=False, examples=("tajsec cache", "tajsec cache --clear"))
@click.option("--clear", is_flag=True, help="Take every compiled store away; they are made again when needed.")
def cache(ask: Ask, clear: bool) -> Reply:
    """Show the compiled stores that are kept.

    A store of a checkout or with packs is compiled on first use and kept in the platform's cache folder.
    """
    from tajsec import tabular
    from tajsec.cache import contents, forget
    from tajsec.jsonout import envelope

    folder = ask.surroundings.cache or ""
    found = contents(folder)
    if clear:
        for path, _ in found:
            forget(path)
    records = [{"path": path, "bytes": size} for path, size in found]
    payload = envelope("cache", "files", records, folder=folder or None, cleared=clear)
    columns = [("File", "path"), ("Bytes", "bytes")]
    reply = reply_with(
        ask,
        payload,
        "files",
        tabular.CACHE_COLUMNS,
        lambda: tables().listing(records, columns, ask.look),
        _nothing_kept(folder),
    )
    return reply._replace(talk=talk_line(f"{counted(len(found), 'file')} taken away")) if clear and found else reply


def _nothing_kept(folder: str) -> str:
    """Why there is no compiled store to show."""
    from tajsec.cache import is_own_folder

    if not folder:
        return "this system names no folder for a cache"
    if Path(folder).exists() and not is_own_folder(folder):
        return f"{folder} is left alone: it is not yours, or others may write it"
    return f"nothing is kept in {folder}"


@bare_command(
    "seal",
    examples=(
        "tajsec seal page.txt > page.toml",
        "tajsec seal page.txt --record page.toml --output page.toml --force",
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
    passages = counted(sealed.kept + sealed.new, "passage")
    talk = talk_line(f"{passages}: {sealed.kept} kept, {sealed.new} new, {sealed.gone} gone")
    if output is None:
        return Reply(text=sealed.record, talk=talk, machine=True)
    write_file(output, sealed.record, force=force)
    return Reply(talk=talk)


def _read_text(path: Path, limit: int) -> str:
    from tajsec.files import read_text

    return read_text(path, limit)


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
    from tajsec.jsonout import verification_object
    from tajsec.verify import verify as check

    facts = [ask.store.fact(each) for each in dict.fromkeys(ids)] or list(ask.store.facts(ask.selection))
    sources = _sources_of(ask, facts)
    held, unreached = _held(texts, sources), list["Unreached"]()
    if online or address:
        pages, unreached = _fetched(ask, sources, address, allow_local)
        held += pages
    done = check(ask.store, facts, held, unreached=unreached, from_web=bool(online or address))
    if record:
        from tajsec.reviews import review_of_quotes

        write_file(record, review_of_quotes(ask.store, done, facts, ask.surroundings.today), force=force)
    return _verified(ask, verification_object(done, filters=ask.selection.asked()))


def _sources_of(ask: Ask, facts: "Sequence[Fact]") -> "list[Source]":
    """Give the sources that are asked about: those of the filter, or else those that the facts cite."""
    cited = ask.selection.sources or {source for fact in facts for source in fact.sources}
    return [source for source in ask.store.sources() if source.id in cited]


def _held(texts: "Sequence[Path]", sources: "Sequence[Source]") -> "list[Document]":
    if not texts:
        return []
    from tajsec.documents import documents

    return documents(texts, sources)


def _fetched(
    ask: Ask, sources: "Sequence[Source]", address: str | None, allow_local: bool
) -> "tuple[list[Document], list[Unreached]]":
    """Fetch the page of each source, or the one address given; what cannot be fetched is told apart."""
    if address and len(sources) != 1:
        raise UsageError("--address is the page of one source; name it with --source ID")
    try:
        from tajsec.online import Limits, NotReached, fetch_text
    except ImportError as error:
        raise UsageError(f"--online needs {error.name}; install tajsec[online]") from error
    from tajsec.documents import document
    from tajsec.verify import Unreached

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
    from tajsec import tabular

    status = 1 if record["findings"] else 2 if record["unreached"] else 0
    talk = "".join(talk_line(each) for each in [*tabular.part_lines(record), *tabular.check_notes(record)])
    if ask.fields:
        shown = talk if ask.format != "json" else ""
        return reply_with_fields(ask, record, "findings", tabular.FINDING_COLUMNS, status, shown)
    if ask.format == "json":
        return json_reply(record, status)
    if ask.format == "table":
        return Reply(text=tables().verification(record, ask.look), status=status)
    if ask.format == "plain":
        text = tabular.plain(tabular.passage_rows(record["texts"]), tabular.PASSAGE_COLUMNS)
        return Reply(text=text + tabular.plain(record["findings"], tabular.FINDING_COLUMNS), talk=talk, status=status)
    text = tabular.WRITERS[ask.format](record["findings"], tabular.FINDING_COLUMNS)
    return Reply(text=text, talk=talk, status=status, machine=True)


# ---------------------------------------------------------------- disputes, diff


@command("disputes", examples=("tajsec disputes --topic equipment", "tajsec disputes radios-delivered --json"))
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=ids_of("fact"))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(DIFFERENCES), help="Differences of this kind.")
@click.option("--limit", type=click.IntRange(min=1), help="Disputes to show; all unless given.")
def disputes(ask: Ask, ids: tuple[str, ...], kinds: tuple[str, ...], limit: int | None) -> Reply:
    """Show where the sources differ, and which side to cite.

    Each with both sides, the kind of difference, and the reason.
    """
    from tajsec import tabular
    from tajsec.disputes import disputes as find
    from tajsec.jsonout import dispute_object, envelope

    for each in ids:
        ask.store.number(each)  # an unknown one is told
    found = find(ask.store, ask.selection, ids=ids, kinds=kinds, limit=limit)
    records = [dispute_object(ask.store, each) for each in found]
    payload = envelope("disputes", "disputes", records, filters=ask.selection.asked())
    columns = tabular.DISPUTE_COLUMNS
    nothing = "no dispute among these facts"
    return reply_with(ask, payload, "disputes", columns, lambda: tables().disputes(records, ask.look), nothing)


@command("diff", filters=False, examples=("tajsec diff ./old-facts ./new-facts", "tajsec diff old.whl new.whl --json"))
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(ask: Ask, old: Path, new: Path) -> Reply:
    """Compare two stores.

    Each is a folder or a wheel. Lists facts and sources added, changed, withdrawn, removed; status 1: no difference.
    """
    from tajsec import tabular
    from tajsec.diff import diff as compare
    from tajsec.jsonout import difference_object, envelope
    from tajsec.read import read

    found = compare(read(_folders(old)), read(_folders(new)))
    records = [difference_object(each) for each in found]
    payload = envelope("diff", "changes", records, old=str(old), new=str(new))
    columns = tabular.DIFFERENCE_COLUMNS
    return reply_with(
        ask, payload, "changes", columns, lambda: tables().differences(records, ask.look), "no difference"
    )


def _folders(path: Path) -> "list[Folders]":
    from tajsec.folders import archived_folders, folders_of

    return folders_of([path]) if path.is_dir() else [archived_folders(path)]
