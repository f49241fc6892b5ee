"""`tajsec seal`: a source record from a document."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tajsec.cli.options import bare_command
from tajsec.cli.replies import bounded_line, stderr_line
from tajsec.cli.terminal import Reply
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.documents.seal import Sealed

_MOST_SHOWN = 1000
"""Passages that are shown: as many as somebody reads over in an hour."""


@bare_command(
    examples=(
        "tajsec seal page.txt > page.toml",
        "tajsec seal page.txt --record page.toml --output page.toml --force",
    ),
)
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--record", type=click.Path(path_type=Path), help="Seal again: keep what this record says of the source.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the record to this file, named after it.")
@click.option("--force", is_flag=True, help="Let --output replace a file.")
@click.option("--quiet", is_flag=True, help="Do not show the passages.")
def command(text: Path, record: Path | None, output: Path | None, force: bool, quiet: bool) -> Reply:
    """Make the record of a document from its text.

    The file is text, Markdown, HTML, PDF or DOCX. Every paragraph, in plain text every non-blank line, becomes a
    passage with its digest; the text itself is not kept. The passages are shown with their numbers and proposed roles.
    """
    from tajsec.data.files import MAX_FILE, read_text, refuse_existing, write_file
    from tajsec.data.read import read_source
    from tajsec.documents.read import read_document
    from tajsec.documents.seal import id_of, seal

    if output is not None:
        refuse_existing(output, force=force, inputs=[text], parents=True)
    previous = read_source(read_text(record, MAX_FILE), str(record)) if record else None
    sealed = seal(read_document(text), id=id_of(output.name) if output else None, previous=previous)
    stderr = _shown(sealed, quiet=quiet)
    if output is None:
        return Reply(text=sealed.record, stderr=stderr, machine=True)
    write_file(output, sealed.record, force=force, inputs=[text], parents=True)
    return Reply(stderr=stderr)


def _shown(sealed: "Sealed", *, quiet: bool) -> str:
    """Return the passages with their numbers, and what is to be done, for stderr."""
    view = [] if quiet else sealed.view
    more = [f"... and {len(view) - _MOST_SHOWN:,} more"] if len(view) > _MOST_SHOWN else []
    lines = "".join(f"{bounded_line(line)}\n" for line in (*view[:_MOST_SHOWN], *more))
    passages = counted(len(sealed.passages), "passage")
    counts = stderr_line(f"{passages}: {sealed.kept} kept, {sealed.new} new, {sealed.gone} gone")
    todo = stderr_line(f"to be filled in: {', and '.join(sealed.missing)}") if sealed.missing else ""
    return f"{lines}{counts}{todo}"
