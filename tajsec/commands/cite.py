"""`tajsec cite`: citations of facts in every style."""

from collections import Counter
from typing import TYPE_CHECKING, get_args

import click

from tajsec.cite.styles import BIBLIOGRAPHIES, STYLES, By
from tajsec.cli.complete import ids_of
from tajsec.cli.options import store_command
from tajsec.cli.piped import with_piped
from tajsec.cli.replies import NO_FACT, page_reply, stderr_line
from tajsec.cli.request import Request, rich_tables
from tajsec.cli.terminal import Reply
from tajsec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tajsec.cite.citation import Citation
    from tajsec.model.records import Fact
    from tajsec.text.jsontext import Json


@store_command(
    formats=("plain", "json"),
    filters=False,
    examples=("tajsec cite radios-delivered", "tajsec cite --topic russian-base --by source --style biblatex"),
)
@click.argument("ids", nargs=-1, metavar="ID...", shell_complete=ids_of("fact"))
@click.option(
    "--topic",
    multiple=True,
    metavar="NAME",
    help="Cite the facts of this topic too; repeatable.",
    shell_complete=ids_of("topic"),
)
@click.option(
    "--style",
    type=click.Choice(tuple(STYLES)),
    metavar="STYLE",
    default="plain",
    show_default=True,
    help=f"{', '.join(STYLES)}.",
)
@click.option(
    "--by",
    type=click.Choice(get_args(By)),
    help="A citation for each fact, or an entry for each source with all that is cited of it. Default: fact.",
)
@click.option("--copy", "copied", is_flag=True, help="Put what is printed on the clipboard too.")
def command(request: Request, ids: tuple[str, ...], style: str, by: By | None, copied: bool) -> Reply:
    """Cite facts.

    The claim with its qualifier and as-of, the reference, the passage and the words. The styles from apa on cite each
    fact in the text and list every source once; they need tajsec[csl]. In place of ids, - reads them from standard
    input, such as a listing. `tajsec pandoc` cites in drafts for Pandoc and Quarto.
    """
    from tajsec.cite.citation import citations

    facts = _facts(request, ids)
    if not facts:
        nothing = NO_FACT if request.filters["topic"] else "standard input names no fact; pipe a listing, or ids"
        return Reply(stderr=stderr_line(nothing), status=1)
    found, chosen = citations(request.store, facts), by or "fact"
    reply = page_reply(request, lambda: _payload(found, style, chosen), lambda: _page(found, style, chosen))
    if copied:
        from tajsec.cli.desktop import copy

        copy(reply.text)
    if request.environment.interactive and not reply.machine:
        reply = reply._replace(text=rich_tables.flowing(reply.text, request.look))
    advice = _advice(found) if by is None and style in BIBLIOGRAPHIES else ""
    return reply._replace(stderr=reply.stderr + advice)


def _facts(request: Request, ids: "Sequence[str]") -> "list[Fact]":
    """Return the facts by their ids, then those of the topics. Raises UsageError if neither is given."""
    has_topics = bool(request.filters["topic"])
    if not ids and not has_topics:
        raise UsageError("name the facts to cite by their ids, or by --topic; - reads ids from standard input")
    named = request.store.facts_of(list(with_piped(ids)))
    on_topic = request.store.facts(request.selection) if has_topics else []
    return list({each.id: each for each in (*named, *on_topic)}.values())


def _advice(found: "Sequence[Citation]") -> str:
    """Return a line on what --by source is for, if a source has several entries; else ""."""
    ((_, entries),) = Counter(each.source.id for each in found).most_common(1)
    what = f"{entries} of these entries are of one document; --by source makes an entry for each document"
    return stderr_line(what) if entries > 1 else ""


def _payload(found: "Sequence[Citation]", style: str, by: By) -> "Json":
    from tajsec.cite.citation import entries
    from tajsec.cite.write import one_by_one
    from tajsec.output.to_json import citation_object, envelope

    listed = entries(found, by)
    texts, bibliography = one_by_one(listed, style, by)
    records = [citation_object(each, text) for each, text in zip(listed, texts, strict=True)]
    more = {} if bibliography is None else {"bibliography": bibliography}
    return envelope("cite", "citations", records, style=style, by=by, **more)


def _page(found: "Sequence[Citation]", style: str, by: By) -> Reply:
    """Return the citations: made printable in a style for people, unchanged UTF-8 in a style for programs."""
    from tajsec.cite.styles import RENDERED
    from tajsec.cite.write import in_style
    from tajsec.text.forms import printable

    text = in_style(found, style, by)
    if style != "plain" and style not in RENDERED:
        return Reply(text=text, machine=True)
    return Reply(text="\n".join(map(printable, text.split("\n"))))
