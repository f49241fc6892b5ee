"""The codes of failed checks with their meanings.

V1xx are of `quote_found`, V2xx of `figures_match`, V3xx of `read_by`, V4xx of the share of a document that is quoted.
docs/receipts.md lists them.
"""

from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "V101": "the quote is not in its passage",
    "V102": "the quote is in another passage",
    "V103": "the quote cuts a word, or a figure from its sign, unit or qualifier",
    "V104": "a negation is right before the quote",
    "V105": "the passage has changed; the quote is still in it",
    "V106": "the passage has changed or is gone, and the quote with it",
    "V107": "the fact has changed since its quotes were last found",
    "V108": "the words that an erratum corrects are not in the passage",
    "V109": "the record's digest of a passage is not that of the sealed text",
    "V201": "a figure of the statement is in no quote",
    "V202": "a figure of `quantities` is in no quote",
    "V203": "a part of `when` is in no quote, in no date of the source, and not named in `inferred.when`",
    "V204": "`as_of` is no date of the source, of the passage or of the quote",
    "V205": "no name of the unit follows the number in a quote",
    "V206": "a qualifier was lost, added or changed",
    "V207": "a plan of the quote is stated as done",
    "V208": "`derived` explains a figure that the fact does not say, or that is in a quote",
    "V209": "the statement has a figure more often than the quotes",
    "V210": "a year is stated as a count, an ordinal as a number, a day as a count, or the other way round",
    "V211": "early, mid, late, a season, a half or a quarter is added or changed",
    "V212": "since, until, before, after, by or in is replaced by another, in the statement or by `when`",
    "V213": "a rate (a year, a month, each) was lost, added or changed",
    "V214": "only one end of a range is stated, the ends differ, or from is replaced by to",
    "V215": "a unit of measurement is replaced: kilometres by miles, years by months, or the like",
    "V216": "a figure is stated of another thing, or of the whole instead of a part",
    "V217": "a negation was lost or added",
    "V218": "a word is replaced by its opposite: north for south, rose for fell",
    "V301": "the fact has changed since it was read",
    "V401": "the quotes have more than half of the words of a document that is not in the public domain",
    "V402": "the quotes have every word of a sentence of such a document",
}
