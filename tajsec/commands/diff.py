"""`tajsec diff`: what changed between two stores."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import command
from tajsec.cli.replies import reply_with
from tajsec.cli.request import Request, tables
from tajsec.cli.terminal import Reply

if TYPE_CHECKING:
    from tajsec.data.folders import Folders


@command("diff", filters=False, examples=("tajsec diff ./old-facts ./new-facts", "tajsec diff old.whl new.whl --json"))
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(request: Request, old: Path, new: Path) -> Reply:
    """Compare two stores.

    Each is a folder or a wheel. Lists facts and sources added, changed, withdrawn, removed; status 1: no difference.
    """
    from tajsec.check.changes import diff as compare
    from tajsec.data.read import read
    from tajsec.output.columns import DIFFERENCE_COLUMNS
    from tajsec.output.to_json import difference_object, envelope

    found = compare(read(_folders(old)), read(_folders(new)))
    records = [difference_object(each) for each in found]
    payload = envelope("diff", "changes", records, old=str(old), new=str(new))
    columns = DIFFERENCE_COLUMNS
    return reply_with(
        request, payload, "changes", columns, lambda: tables().differences(records, request.look), "no difference"
    )


def _folders(path: Path) -> "list[Folders]":
    from tajsec.data.folders import archived_folders, folders_of

    return folders_of([path]) if path.is_dir() else [archived_folders(path)]
