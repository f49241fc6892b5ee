"""`tajsec cite`: citations of facts in every style."""

from typing import TYPE_CHECKING

import click

from tajsec.cite.styles import STYLES
from tajsec.cli.complete import ids_of
from tajsec.cli.options import store_command
from tajsec.cli.replies import page_reply
from tajsec.cli.request import Request
from tajsec.cli.terminal import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.cite.citation import Citation
    from tajsec.text.jsontext import Json


@store_command(
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec cite radios-delivered", "tajsec cite radios-delivered night-vision-devices-provided --style apa"),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_of("fact"))
@click.option(
    "--style",
    type=click.Choice(tuple(STYLES)),
    metavar="STYLE",
    default="plain",
    show_default=True,
    help=f"{', '.join(STYLES)}.",
)
@click.option("--copy", "copied", is_flag=True, help="Put what is printed on the clipboard too.")
def command(request: Request, ids: tuple[str, ...], style: str, copied: bool) -> Reply:
    """Cite facts.

    The claim with its qualifier and as-of, the reference, the passage and the words. The styles from apa on cite each
    fact in the text and list every source once; they need tajsec[csl].
    """
    from tajsec.cite.citation import citations

    found = citations(request.store, [request.store.fact(each) for each in dict.fromkeys(ids)])
    reply = page_reply(request, lambda: _payload(found, style), lambda: _page(found, style))
    if copied:
        from tajsec.cli.desktop import copy

        copy(reply.text)
    return reply


def _payload(found: "Sequence[Citation]", style: str) -> "Json":
    from tajsec.cite.write import one_by_one
    from tajsec.output.to_json import citation_object, envelope

    texts, bibliography = one_by_one(found, style)
    records = [citation_object(each, text) for each, text in zip(found, texts, strict=True)]
    more = {} if bibliography is None else {"bibliography": bibliography}
    return envelope("cite", "citations", records, style=style, **more)


def _page(found: "Sequence[Citation]", style: str) -> Reply:
    """Return the citations: made printable in a style for people, unchanged UTF-8 in a style for programs."""
    from tajsec.cite.styles import RENDERED
    from tajsec.cite.write import in_style
    from tajsec.text.forms import printable

    text = in_style(found, style)
    if style != "plain" and style not in RENDERED:
        return Reply(text=text, machine=True)
    return Reply(text="\n".join(map(printable, text.split("\n"))))
