"""The text of an evidence card, paragraph by paragraph, and the places of the claim's figures in a quote."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tajsec.check.figures_match import key_of
from tajsec.model.records import Quantity
from tajsec.output import wording
from tajsec.text.figures import figures
from tajsec.text.forms import fold
from tajsec.text.jsontext import Json

Kind = Literal["claim", "quote", "text", "small", "id", "heading", "note"]


Spans = Sequence[tuple[int, int]]


class Row(NamedTuple):
    """A paragraph of a picture: its kind, its text, the offsets of what is marked in it, and a tone."""

    kind: Kind
    text: str
    marked: Spans = ()
    tone: str = "ink"


def rows(record: Json) -> list[Row]:
    """Return the paragraphs of a fact's card from top to bottom."""
    differs = [Row("text", text, tone="differs") for text, kind in wording.marks(record) if kind == "differs"]
    withdrawn = [Row("text", f"Withdrawn: {record['withdrawn']}", tone="differs")] if record["withdrawn"] else []
    return [
        Row("claim", record["statement"]),
        *(Row("text", line, tone=tone) for line, tone in _bounds(record)),
        *(Row("text", f"Figure: {wording.figure(each)}") for each in record["quantities"]),
        *differs,
        *withdrawn,
        *(row for cite in record["cites"] for row in _receipt(record, cite)),
        Row("id", record["id"], tone="soft"),
    ]


def _bounds(record: Json) -> list[tuple[str, str]]:
    status = record["status"]
    times = [("When", record["when"]), ("As of", record["as_of"])]
    shown = [(f"{label}: {wording.date(date)}", "ink") for label, date in times if date]
    return [*shown, (f"Status: {status}", status if status in wording.BOUNDING else "ink")]


def _receipt(record: Json, cite: Json) -> list[Row]:
    quote = f"“{cite['quote']}”"
    sic = [Row("text", wording.sic(cite).strip(), tone="planned")] if cite["erratum"] else []
    shifted = [(start + 1, end + 1) for start, end in marks(record, cite["quote"])]
    where = [Row("small", wording.origin(cite), tone="soft"), Row("small", cite["url"], tone="soft")]
    return [Row("quote", quote, shifted), *sic, *where]


def marks(record: Json, quote: str) -> list[tuple[int, int]]:
    """Return where in a quote the figures begin and end that the fact states or counts."""
    claimed = {figure.key for figure in figures(record["statement"]) if figure.is_claim}
    claimed |= {key_of(Quantity(**each)) for each in record["quantities"]}
    return [
        (_unfolded(quote, figure.start), _unfolded(quote, figure.end))
        for figure in figures(quote)
        if figure.key in claimed
    ]


def _unfolded(text: str, offset: int) -> int:
    """Return the offset in a text of what is at an offset of the folded text."""
    return next(place for place in range(len(text) + 1) if len(fold(text[:place])) >= offset)
