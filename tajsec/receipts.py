"""The commands that lead from a fact to its sources: `cite` and `open`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tajsec.ask import Ask, command, json_reply
from tajsec.candidates import ids_of
from tajsec.citing import STYLES
from tajsec.console import Reply, open_address
from tajsec.errors import FailingEnvironment, UsageError

if TYPE_CHECKING:
    from tajsec.cite import Citation


@command(
    "cite",
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec cite radios-delivered", "tajsec cite radios-delivered night-vision-devices-provided --style apa"),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_of("fact"))
@click.option(
    "--style",
    type=click.Choice(STYLES),
    metavar="STYLE",
    default="plain",
    show_default=True,
    help=f"{', '.join(STYLES)}.",
)
@click.option("--copy", "copied", is_flag=True, help="Put what is printed on the clipboard too.")
def cite(ask: Ask, ids: tuple[str, ...], style: str, copied: bool) -> Reply:
    """Cite facts.

    The claim with its qualifier and as-of, the reference, the passage and the words. The styles from apa on cite each
    fact in the text and list every source once; they need tajsec[csl].
    """
    from tajsec.cite import citations
    from tajsec.citing import RENDERED, in_style

    found = citations(ask.store, [ask.store.fact(each) for each in dict.fromkeys(ids)])
    if ask.format == "json":
        reply = _citations(found, style)
    elif style == "plain" or style in RENDERED:
        reply = Reply(text=_shown(in_style(found, style)))
    else:
        reply = Reply(text=in_style(found, style), machine=True)
    if copied:
        from tajsec.clipboard import copy

        copy(reply.text)
    return reply


def _citations(found: "Sequence[Citation]", style: str) -> Reply:
    from tajsec.citing import one_by_one
    from tajsec.jsonout import citation_object, envelope

    texts = one_by_one(found, style)
    records = [citation_object(each, text) for each, text in zip(found, texts.each, strict=True)]
    more = {} if texts.bibliography is None else {"bibliography": texts.bibliography}
    return json_reply(envelope("cite", "citations", records, style=style, **more))


def _shown(text: str) -> str:
    """Give lines for people, every character of them as a terminal shows it."""
    from tajsec.text import printable

    return "\n".join(map(printable, text.split("\n")))


@command(
    "open",
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec open radios-delivered --print", "tajsec open base-agreement-signed --print --receipt 2"),
)
@click.argument("fact_id", metavar="ID", shell_complete=ids_of("fact"))
@click.option(
    "--receipt", type=click.IntRange(min=1), default=1, show_default=True, help="Which of the fact's receipts."
)
@click.option("--archived", is_flag=True, help="Open the archived copy of the page.")
@click.option("--print", "only_print", is_flag=True, help="Print the address instead.")
def open_source(ask: Ask, fact_id: str, receipt: int, archived: bool, only_print: bool) -> Reply:
    """Open the source at the quoted words.

    In the browser; the words are marked where the browser knows text fragments.
    """
    from tajsec.cite import address as address_of
    from tajsec.jsonout import envelope

    fact = ask.store.fact(fact_id)
    if receipt > len(fact.cites):
        raise UsageError(f"--receipt {receipt}: {fact.id} has {len(fact.cites)}; name one of these")
    cite = fact.cites[receipt - 1]
    address = address_of(ask.store.source(cite.source), cite, archived=archived)
    if ask.format == "json":
        record = {"fact": fact.id, "source": cite.source, "passage": cite.passage, "address": address}
        return json_reply(envelope("open", "addresses", [record]))
    if not only_print and not open_address(address):
        raise FailingEnvironment(f"no browser could be started; open {address}")
    return Reply(text=f"{address}\n" if only_print else "")
