"""The paragraphs of an evidence card, and the positions in a quote of the figures that the fact claims."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tajsec.check.figures_match import key_of
from tajsec.model.records import Quantity
from tajsec.output import labels, wording
from tajsec.output.json_types import Cite, Fact
from tajsec.text.figures import figures
from tajsec.text.forms import fold

Kind = Literal["claim", "quote", "text", "small", "id", "heading", "note"]
Spans = Sequence[tuple[int, int]]


class Row(NamedTuple):
    """A paragraph of a picture: its kind, its text, the offsets (start, end) of the marked parts, and its tone."""

    kind: Kind
    text: str
    marked: Spans = ()
    tone: str = "ink"


def rows(fact: Fact) -> list[Row]:
    """Return the paragraphs of a fact's card from top to bottom."""
    claims = [(f"{line.label}: {line.text}", line.tone or "ink") for line in labels.claim_lines(fact)]
    differs = [(text, tone) for text, tone in wording.bounds(fact) if tone == "differs"]
    return [
        Row("claim", fact["statement"]),
        *(Row("text", text, tone=tone) for text, tone in [*claims, *differs]),
        *(row for cite in fact["cites"] for row in _receipt(fact, cite)),
        Row("id", wording.named_id(fact), tone="soft"),
    ]


def _receipt(fact: Fact, cite: Cite) -> list[Row]:
    shifted = [(start + 1, end + 1) for start, end in marks(fact, cite["quote"])]  # behind the quotation mark
    sic = [Row("text", wording.sic(cite).strip(), tone="planned")] if cite["erratum"] else []
    where = [Row("small", text, tone="soft") for text in (wording.origin(cite), cite["url"]) if text]
    return [Row("quote", f"“{cite['quote']}”", shifted), *sic, *where]


def marks(fact: Fact, quote: str) -> list[tuple[int, int]]:
    """Return the offsets (start, end) of the figures in a quote that are also in the fact's statement or quantities."""
    claimed = {figure.key for figure in figures(fact["statement"]) if figure.is_claim}
    claimed |= {key_of(Quantity(**each)) for each in fact["quantities"]}
    spans = dict.fromkeys((figure.start, figure.end) for figure in figures(quote) if figure.key in claimed)
    return [(_unfolded(quote, start), _unfolded(quote, end)) for start, end in spans]


def _unfolded(text: str, offset: int) -> int:
    """Return the offset in a text that corresponds to an offset in `fold(text)`."""
    return next(place for place in range(len(text) + 1) if len(fold(text[:place])) >= offset)
