"""`tajsec seal`: a source record from a text."""

from pathlib import Path

import click

from tajsec.cli.options import bare_command
from tajsec.cli.replies import stderr_line
from tajsec.cli.terminal import Reply
from tajsec.text.forms import counted


@bare_command(
    examples=(
        "tajsec seal page.txt > page.toml",
        "tajsec seal page.txt --record page.toml --output page.toml --force",
    ),
)
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--record", type=click.Path(path_type=Path), help="Seal again: keep what this record says of the source.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the record to this file.")
@click.option("--force", is_flag=True, help="Let --output replace a file.")
def command(text: Path, record: Path | None, output: Path | None, force: bool) -> Reply:
    """Make the record of a document from its text.

    Every non-blank line becomes a passage with its digest; the text itself is not kept.
    """
    from tajsec.data.documents import read_document
    from tajsec.data.files import MAX_FILE, read_text, refuse_existing, write_file
    from tajsec.data.read import read_source
    from tajsec.data.seal import seal

    if output is not None:
        refuse_existing(output, force=force, inputs=[text])
    previous = read_source(read_text(record, MAX_FILE), str(record)) if record else None
    sealed = seal(read_document(text), previous=previous)
    passages = counted(sealed.kept + sealed.new, "passage")
    stderr = stderr_line(f"{passages}: {sealed.kept} kept, {sealed.new} new, {sealed.gone} gone")
    if output is None:
        return Reply(text=sealed.record, stderr=stderr, machine=True)
    write_file(output, sealed.record, force=force, inputs=[text])
    return Reply(stderr=stderr)
