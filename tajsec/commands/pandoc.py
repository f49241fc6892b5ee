"""`tajsec pandoc`: the filter by which Pandoc and Quarto cite facts; Pandoc runs it as `tajsec-pandoc`."""

from typing import TYPE_CHECKING

import click

from tajsec.cli.options import store_command
from tajsec.cli.replies import stderr_line
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.cite.pandoc import Mistake


@store_command(
    formats=("json",),
    filters=False,
    examples=(
        "pandoc draft.md --filter tajsec-pandoc --citeproc -o draft.docx",
        "pandoc draft.md --filter tajsec-pandoc --citeproc --csl apa.csl -t html",
    ),
)
@click.argument("to", type=click.UNPROCESSED, required=False, metavar="[FORMAT]", expose_value=False)
def command(request: Request) -> Reply:
    """Turn fact ids in a Pandoc document into citations.

    A filter that Pandoc and Quarto run as tajsec-pandoc, before citeproc: [@radios-delivered] becomes a citation of the
    fact's document, with the section. TAJSEC_FACTS adds folders of facts.
    """
    from tajsec.cite.pandoc import cite_facts
    from tajsec.cli.draft import piped_document
    from tajsec.text.jsontext import dumps

    document = piped_document()
    request.read_at_hand()
    mistakes, warnings = cite_facts(request.store, document)
    if mistakes:
        return Reply(stderr="".join(stderr_line(f"error: {line}") for line in _lines(mistakes)), status=2)
    return Reply(text=dumps(document) + "\n", stderr="".join(map(stderr_line, warnings)), machine=True)


def _lines(mistakes: "Sequence[Mistake]") -> list[str]:
    """Return a line for each place of each mistake; words tell the place if the lines of the draft are not known."""
    from tajsec.cli.draft import drafts, places

    files = drafts()
    found = {(*place, each.what) for each in mistakes for place in places(each.id, files)}
    seen = {what for *_, what in found}
    return [
        *(f"{name}:{line}: {what}" for name, line, what in sorted(found)),
        *(f"“{each.words}”: {each.what}" for each in mistakes if each.what not in seen),
    ]
