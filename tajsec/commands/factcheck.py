"""`tajsec factcheck`: a draft beside the facts that bear on its figures, dates and citations."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import WITH_PAGES, store_command
from tajsec.cli.replies import Answer
from tajsec.cli.request import Request, rich_tables
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tajsec.output.json_types import FactCheck


@store_command(
    formats=WITH_PAGES,
    filters=False,
    examples=("tajsec factcheck draft.md --since old-facts", "tajsec factcheck draft.md --format html > checked.html"),
)
@click.argument("draft", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--since", "snapshot", type=click.Path(path_type=Path), metavar="PATH",
              help="Say which cited facts changed since: a folder, a wheel, or what list --json printed.")  # fmt: skip
@click.option("--names", is_flag=True, help="Set facts beside sentences with names alone, too, without a claim.")
def command(request: Request, draft: Path, snapshot: Path | None, *, names: bool) -> Answer:
    """Set the facts beside the figures and dates of a draft.

    Text, Markdown, HTML, DOCX or PDF; - is standard input. Each figure, date and citation ([@fact-id]) agrees, rounds,
    is outdated, differs or is not covered: evidence, no verdict. Status 1: something differs, or a citation is unknown.
    """
    from tajsec.cli.draft import draft_text
    from tajsec.factcheck.draft import check_draft
    from tajsec.factcheck.snapshot import read_snapshot
    from tajsec.output import wording
    from tajsec.output.to_json import factcheck_object

    text, wrapped = draft_text(draft)
    older = read_snapshot(snapshot) if snapshot else None
    request.read_at_hand()
    try:
        said = check_draft(request.store, text, wrapped=wrapped, older=older, names=names)
    except UsageError as error:
        raise UsageError(f"{draft}: {error}") from error
    payload = factcheck_object(request.store, str(draft), said, since=str(snapshot) if snapshot else None)
    return Answer(
        payload,
        "findings",
        lambda _: rich_tables.factcheck(payload, request.look),
        sheet=_sheet(request, payload, text),
        status=1 if payload["flags"]["differs"] or payload["flags"]["unknown"] else 0,
        notes=[wording.flag_counts(payload)],
    )


def _sheet(
    request: Request, payload: "FactCheck", text: str
) -> "Callable[[Sequence[str], Sequence[Sequence[str]]], str]":
    """Return the function that writes the draft with its findings marked; with `--fields`, a table of these."""
    from tajsec.pictures.page import draft_page, table_page

    if request.fields:
        return lambda headings, rows: table_page(f"Findings in {payload['draft']}", headings, rows)
    return lambda _headings, _rows: draft_page(payload, text)
