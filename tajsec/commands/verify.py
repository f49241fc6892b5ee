"""`tajsec verify`: the three-part check of facts against their documents."""

from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.data.files import MAX_FILE, read_text, refuse_existing, write_file
from tajsec.errors import UsageError
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tajsec.check.copies import Document
    from tajsec.check.verify import Unreached, Verification
    from tajsec.model.records import Fact, Source
    from tajsec.output.json_types import Verification as VerificationObject


@store_command(examples=("tajsec verify", "tajsec verify radios-delivered --json"))
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=ids_of("fact"))
@click.option("--text", "texts", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="Text of a document, or a folder of them; repeatable.")  # fmt: skip
@click.option("--online", is_flag=True, help="Fetch each source's page and compare it.")
@click.option("--address", metavar="URL", help="With --online: fetch this address instead.")
@click.option("--allow-local", is_flag=True, help="With --online: open addresses that are not public.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write a review of the quotes found.")
@click.option("--force", is_flag=True, help="Let --record replace a file.")
def command(
    request: Request, ids: tuple[str, ...], texts: tuple[Path, ...], online: bool, address: str | None,
    allow_local: bool, record: Path | None, force: bool,
) -> Answer:  # fmt: skip
    """Check facts: quotes found, figures match, compared by a reader.

    Without a text it says when quotes were found last. Status 1: a check failed.
    """
    from tajsec.check.copies import documents, files_of
    from tajsec.check.quoted_share import shares
    from tajsec.check.verify import Offline, verify
    from tajsec.output.to_json import verification_object

    target = _Target(record, [*files_of(texts), *_files_read(request)], force=force) if record else None
    store = request.store
    facts = list(store.facts_of(list(dict.fromkeys(ids))) if ids else store.facts(request.selection))
    sources = _sources_of(request, facts)
    found = documents(texts, sources) if texts else []
    unreached: Sequence[Unreached] = ()
    offline: Sequence[Offline] = ()
    is_online = bool(online or address)
    if is_online:
        on_web = [source for source in sources if address or source.address]
        offline = [Offline(source.id, source.kept_at or "") for source in sources if source not in on_web]
        pages, unreached = _fetched(request, on_web, address, allow_local)
        found = [*found, *pages]
    quoted = shares(store, {each.source: each.lines for each in found if each.sealed})
    done = verify(store, facts, found, quoted=quoted, unreached=unreached, offline=offline, from_web=is_online)
    answer = _answer(request, verification_object(done, filters=request.selection.asked()), is_recorded=bool(record))
    return answer._replace(lines=_recorded(request, target, facts, done)) if target else answer


class _Target:
    """The file of `--record`: one that is there is replaced by `--force`, or if it is the tool's and loses nothing."""

    def __init__(self, path: Path, inputs: "Sequence[Path]", *, force: bool) -> None:
        """Raises UsageError for a file that will not be replaced: one of `inputs`, or without `force` another's."""
        from tajsec.check.reviews import is_own

        self.path, self._inputs, self._force = path, inputs, force
        refuse_existing(path, force=True, inputs=inputs, parents=True)
        self._earlier = ""
        if path.exists() and not force:
            with suppress(UsageError):  # another's file, which is then refused
                self._earlier = read_text(path, MAX_FILE)
            refuse_existing(path, force=is_own(self._earlier), inputs=inputs)

    def write(self, review: str, there: "Collection[str]") -> None:
        """Write it; `there` are the ids of every fact and source. Raises UsageError if the earlier one has more."""
        from tajsec.check.reviews import is_renewal

        if self._earlier and not is_renewal(self._earlier, review, there):
            what = "holds facts or documents that are not proved this time"
            raise UsageError(f"{self.path}: {what}; name another file, or replace it with --force")
        is_replaced = self._force or bool(self._earlier)
        write_file(self.path, review, force=is_replaced, inputs=self._inputs, parents=True)


def _recorded(request: Request, target: _Target, facts: "Sequence[Fact]", done: "Verification") -> list[str]:
    """Write a review of the quotes that were found, and return what it records."""
    from tajsec.check.reviews import facts_to_record, recorded, review_of_quotes

    failed = {finding.fact for finding in done.findings if finding.code.startswith("V1")}
    proved = facts_to_record(facts, failed, done.sealed)
    store = request.store
    there = {each.id for records in (store.facts(), store.sources()) for each in records}
    target.write(review_of_quotes(proved, done.sealed, done.quoted, request.environment.today), there)
    lines = [f"recorded in {target.path}: {recorded(proved)}"]
    if drafts := sum(bool(fact.draft) for fact in proved):
        taken = "tajsec lint PACK --fix takes the mark where figures match"
        lines.append(f"{counted(drafts, 'draft')} with quotes found: {taken}")
    return lines


def _files_read(request: Request) -> "Iterator[Path]":
    """Yield the data files that a review may not replace: all but the reviews, of which it may be the newer one."""
    return (path for path in request.data_files() if path.parent.name != "reviews")


def _sources_of(request: Request, facts: "Sequence[Fact]") -> "list[Source]":
    """Return the sources of the filter, or if there is none, those that the facts cite."""
    cited = request.selection.sources or {source for fact in facts for source in fact.sources}
    return [source for source in request.store.sources() if source.id in cited]


def _fetched(
    request: Request, sources: "Sequence[Source]", address: str | None, allow_local: bool
) -> "tuple[list[Document], list[Unreached]]":
    """Fetch the page of each source, or the one `address`; return the pages, and the sources without one."""
    if address and len(sources) != 1:
        raise UsageError("--address is the page of one source; name it with --source ID")
    from tajsec.check.copies import document
    from tajsec.check.online import Limits, NotReached, fetch_text, missing_library
    from tajsec.check.verify import Unreached

    if missing := missing_library():
        raise UsageError(f"--online needs {missing}; install tajsec[online]")
    found, unreached = list["Document"](), list["Unreached"]()
    bars = rich_tables.progress(len(sources)) if request.environment.watched else nullcontext(_no_bar)
    with bars as bar_of:
        for source in sources:
            url = address or source.address or ""
            try:
                text = fetch_text(url, source, Limits(allow_local=allow_local), bar_of(source.id))
                found.append(document(url, text, source))
            except (NotReached, UsageError) as error:
                unreached.append(Unreached(source=source.id, address=url, reason=str(error)))
    return found, unreached


def _no_bar(_source: str) -> "Callable[[int, int | None], None]":
    return lambda _read, _expected: None


def _answer(request: Request, payload: "VerificationObject", *, is_recorded: bool) -> Answer:
    """Return the answer; while quotes are recorded, nothing is said of those that were recorded earlier."""
    from tajsec.output.columns import FINDING_COLUMNS, PASSAGE_COLUMNS, passage_rows
    from tajsec.output.labels import check_notes, part_lines
    from tajsec.output.writers import plain

    shown: VerificationObject = {**payload, "last_checked": []} if is_recorded else payload
    return Answer(
        payload,
        "findings",
        lambda _: rich_tables.verification(shown, request.look),
        lambda findings: plain(passage_rows(payload["texts"]), PASSAGE_COLUMNS) + plain(findings, FINDING_COLUMNS),
        status=1 if payload["findings"] else 2 if payload["unreached"] else 0,
        notes=[*part_lines(payload), *check_notes(shown)],
    )
