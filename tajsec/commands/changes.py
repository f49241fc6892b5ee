"""`tajsec changes`: what changed between two stores."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import LISTING, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.data.folders import Folders
    from tajsec.output.json_types import Change


@store_command(
    formats=(*LISTING, "atom"),
    filters=False,
    examples=("tajsec changes ./old-facts ./new-facts", "tajsec changes old.whl new.whl --format atom"),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def command(request: Request, old: Path, new: Path) -> Answer:
    """Compare two versions of the facts.

    Each is a folder or a wheel. Lists facts and sources added, changed, withdrawn, removed; status 1: no difference.
    """
    from tajsec.check.changes import changes
    from tajsec.data.read import read
    from tajsec.output.to_json import change_object, envelope

    records = list(map(change_object, changes(read(_folders(old)), read(_folders(new)))))
    payload = envelope("changes", "changes", records, old=str(old), new=str(new))

    def feed(rows: "Sequence[Change]") -> str:
        from tajsec.pictures.feed import feed

        return feed(rows, f"What changed from {old.name} to {new.name}", request.environment.today)

    return Answer(
        payload, "changes", lambda rows: rich_tables.changes(rows, request.look), feed=feed, nothing="no difference"
    )


def _folders(path: Path) -> "list[Folders]":
    from tajsec.data.folders import archived_folders, folders_of

    return folders_of([path]) if path.is_dir() else [archived_folders(path)]
