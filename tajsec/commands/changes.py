"""`tajsec changes`: what changed between two stores."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.complete import ids_of
from tajsec.cli.options import LISTING, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.data.folders import Folders
    from tajsec.output.json_types import Change


@store_command(
    formats=(*LISTING, "atom"),
    filters=False,
    examples=(
        "tajsec changes ./old-facts ./new-facts",
        "tajsec changes old.whl new.whl --topic gear --format atom > changes.xml",
    ),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--topic", "topics", multiple=True, metavar="NAME", shell_complete=ids_of("topic"),
              help="Facts on this topic in either store, and their sources.")  # fmt: skip
def command(request: Request, old: Path, new: Path, topics: tuple[str, ...]) -> Answer:
    """Compare two versions of the facts.

    Each is a folder or a wheel. Lists facts and sources added, changed, withdrawn, removed, what corrects a fact or
    withdraws it first; status 1: no difference.
    """
    from tajsec.check.changes import changes, topic_ids
    from tajsec.data.read import read
    from tajsec.output.to_json import change_object, envelope

    _refuse_sources(request, old, new)
    older, newer = read(_folders(request, old)), read(_folders(request, new))
    chosen = topic_ids(topics, older, newer)
    records = list(map(change_object, changes(older, newer, chosen)))
    filters = {"topics": sorted(chosen)} if chosen else {}
    payload = envelope("changes", "changes", records, old=str(old), new=str(new), filters=filters)

    def feed(rows: "Sequence[Change]") -> str:
        from tajsec.pictures.feed import feed

        return feed(rows, f"What changed from {old.name} to {new.name}", request.environment.today)

    return Answer(
        payload, "changes", lambda rows: rich_tables.changes(rows, request.look), feed=feed, nothing="no difference"
    )


def _refuse_sources(request: Request, *paths: Path) -> None:
    """Raise UsageError for ids of sources in place of files: what compares documents."""
    if any(path.exists() for path in paths):
        return
    sources = [each for each in request.store.sources() if each.id in map(str, paths)]
    if not sources:
        return
    name = request.store.origin(sources[0].id)
    differing = f"`tajsec differences --source {name}`"
    is_copied = any(each.derived_from == name for each in request.store.sources())
    shown = f"`tajsec show {name}` lists what only its copy has, {differing} what differs"
    advice = shown if is_copied else f"{differing} lists what differs"
    raise UsageError(f"{name} is a document, and this compares stores; {advice}")


def _folders(request: Request, path: Path) -> "list[Folders]":
    """Return the data folders of a store: of a pack, with the found packs that it needs."""
    from tajsec.data.folders import archived_folders, folders_of

    if not path.is_dir():
        return [archived_folders(path)]
    return folders_of([path], request.packs.found, add_found=False)
