"""English for parts of a record, the same on a terminal, in a notebook, in a picture and on a page."""

from typing import TYPE_CHECKING

from tajsec.model.kinds import DIFFERENCES, PERIOD_WORDS, SHIPPED
from tajsec.model.records import known_error
from tajsec.text import dates
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tajsec.output import json_types

VERBS = {
    "rounds": ("is a rounded form of", "is rounded in"),
    "contradicts": ("contradicts", "is contradicted by"),
    "supersedes": ("supersedes", "is superseded by"),
    "differs": ("differs from", "differs from"),
    "renames": ("has a newer name for what is in", "has an older name for what is in"),
    "part-of": ("is part of", "includes"),
    "adds-to": ("comes on top of", "does not include"),
    "repeats": ("repeats", "is repeated by"),
    "not-the-same": ("is not the same as", "is not the same as"),
    "see-also": ("see also", "see also"),
}
"""For each kind of relation, its verb from the fact that has the relation, and its verb from the other fact."""

BOUNDING = ("planned", "stated")
"""The statuses that must be shown with a claim: without them it would read as something that happened."""

Toned = tuple[str, str]
"""A text and its tone, which decides its colour: `planned`, `stated`, `differs`, `soft`."""

# ---------------------------------------------------------------- dates and numbers


INFERRED = " (date inferred)"
"""What follows an inferred date (`2022?`)."""

STAR = "*"
"""What follows an inferred date in a listing, below which `STARRED` is said once."""

STARRED = "* date inferred"


def date(text: str | None, mark: str = INFERRED) -> str:
    """Return an EDTF date as English words, with `mark` behind it if it is inferred; "" for None."""
    return dates.parse(text).without_doubt.words + _mark(text, mark) if text else ""


def _mark(text: str | None, mark: str) -> str:
    return mark if is_inferred(text) else ""


def is_inferred(text: str | None) -> bool:
    """True for an EDTF date that is marked uncertain, as dates of facts and documents are where they are inferred."""
    return bool(text) and dates.parse(text or "").is_uncertain


def moment_of(fact: "json_types.Fact", mark: str = INFERRED) -> str:
    """Return when a fact happened, or else as of which date it is known: `as of 12 December 2017`."""
    return date(fact["when"], mark) or as_of_date(fact["as_of"], mark)


def held_when(fact: "json_types.Fact", today: str = "", mark: str = INFERRED) -> str:
    """Return the as-of date of a fact, with its age: `as of 12 December 2017, 8 years ago`; "" if it has none."""
    return with_age(as_of_date(fact["as_of"], mark), fact, today) if fact["as_of"] else ""


def happened_when(fact: "json_types.Fact", today: str = "", mark: str = INFERRED) -> str:
    """Return when a fact happened, with its age if it has no as-of date: `2004, 22 years ago`."""
    return date(fact["when"], mark) if fact["as_of"] else with_age(date(fact["when"], mark), fact, today)


def with_age(words: str, fact: "json_types.Fact", today: str) -> str:
    """Return the words of a date and behind them the age of the fact, if it has one."""
    return ", ".join(filter(None, (words, age_of(fact, today))))


def as_of_date(text: str | None, mark: str = INFERRED) -> str:
    """Return an EDTF date as the words for when something was true: `as of 2012`; "" for None."""
    return dates.parse(text).without_doubt.as_of + _mark(text, mark) if text else ""


def age_of(fact: "json_types.Fact", today: str) -> str:
    """Return the age of a fact that may have changed since; "" for others."""
    return age(fact["as_of"] or fact["when"], today) if may_have_changed(fact) else ""


def may_have_changed(fact: "json_types.Fact") -> bool:
    """True for what was ongoing or planned, and for totals."""
    has_total = any(each["period"] == "total" for each in fact["quantities"])
    return has_total or fact["status"] in ("ongoing", "planned")


def age(text: str | None, today: str) -> str:
    """Return the age of a date on a day, `2026-11-28`, if it is two years or more, else "": `14 years ago`.

    A year without a month counts from its beginning, a span from its last moment. There is no age without a day.
    """
    end = dates.parse(text).end if text and today else None
    if not end:
        return ""
    year, month, day = map(int, today.split("-"))
    begin = end.first
    years = year - begin[0] - ((month, day) < begin[1:])
    return f"{years} years ago" if years >= 2 else ""


def newest(documents: "Iterable[tuple[str | None, str | None]]") -> str | None:
    """Return the latest date among documents, given when each was issued and updated; None if none has a date."""
    dated = filter(None, (issued or updated for issued, updated in documents))
    return max(dated, key=lambda text: dates.parse(text).last, default=None)


def holdings(facts: int, documents: int, newest: str | None, today: str = "", mark: str = INFERRED) -> str:
    """Return what a store holds and up to when: `6 facts from 2 documents, the newest of 2021, 5 years ago`."""
    of = f"{'the newest ' if documents > 1 else ''}of {date(newest, mark)}" if newest else ""
    numbers = f"{counted(facts, 'fact')} from {counted(documents, 'document')}"
    return ", ".join(filter(None, (numbers, of, age(newest, today))))


MONEY_SIGNS = {"usd": "$", "eur": "€", "gbp": "£"}
"""The currencies that are written with a sign before the number, as their ids in the data."""


def own_date(fact: "json_types.Fact") -> "dates.Edtf":
    """Return when a fact happened. Raises ValueError for a fact without a `when`."""
    return dates.parse(fact["when"] or "")


def amount(quantity: "json_types.Quantity | json_types.Total") -> str:
    """Return a figure with its qualifier and unit: `over 4,800 radios`, `up to 30 years`, `about $7 million`."""
    value, unit = quantity["value"], quantity["unit"]
    sign = MONEY_SIGNS.get(unit)
    text = money(value, sign) if sign else f"{value:,} {_unit(unit, value)}".rstrip()
    return _qualified(quantity["qualifier"], text)


def dollars(value: float) -> str:
    """Return a sum of dollars, with all its digits: `$450,000`, `$10.5 million`."""
    return money(value, "$")


def money(value: float, sign: str) -> str:
    """Return a sum of money with the sign of its currency, and with all its digits: `€450,000`, `£10.5 million`."""
    millions = f"{value / 1_000_000:,.9g}"
    in_words = value >= 1_000_000 and float(millions.replace(",", "")) * 1_000_000 == value
    return f"{sign}{millions} million" if in_words else f"{sign}{value:,}"


def _unit(unit: str, value: float) -> str:
    """Return a unit as words; the units of the vocabulary are plurals."""
    words = unit.replace("-", " ")
    if value != 1:
        return words
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")


def _qualified(qualifier: str, text: str) -> str:
    return text if qualifier == "exact" else f"{qualifier.replace('-', ' ')} {text}"


def figure(quantity: "json_types.Quantity") -> str:
    """Return a figure with its period and what it counts: `over 4,800 radios a year: radios delivered`."""
    return f"{per_period(quantity)}: {quantity['of']}"


def per_period(quantity: "json_types.Quantity") -> str:
    """Return a figure with its period: `over 4,800 radios a year`."""
    return f"{amount(quantity)} {PERIOD_WORDS[quantity['period']]}".rstrip()


def key_figures(fact: "json_types.Fact") -> str:
    """Return the figures of a fact without what they count: `358 vehicles, $10.5 million`."""
    return ", ".join(map(per_period, fact["quantities"]))


# ---------------------------------------------------------------- drafts

DRAFT_TONES = {
    "differs": "differs", "unknown": "differs", "outdated": "planned", "rounds": "stated", "agrees": "done",
    "beside": "soft", "not-covered": "soft",
}  # fmt: skip
"""The tone of each flag of a finding in a draft."""

_BESIDE = {"same": "says", "rounds": "says", "other": "says", "newer": "newer:", "differs": "another:"}
"""How a fact stands beside a claim of a draft, in words before its figure."""


_LONGEST_STATEMENT = 240
"""Characters of a statement beside a claim: two or three rows of a terminal; the shipped ones have 206 at most."""


def beside(finding: "json_types.DraftFinding", facts: "Mapping[str, json_types.Fact]", today: str = "") -> list[str]:
    """Return the lines below a claim of a draft: what became of its citation, and each fact with its figure and dates.

    Below each of these are its statement and the documents that it cites.
    """
    lines = [finding["why"]] if finding["why"] else []
    for value in finding["values"]:
        fact = facts[value["fact"]]
        figure = "" if value["text"] == date(fact["when"], "") else value["text"]  # the date is said behind it
        label = _BESIDE[value["how"]] if figure or value["how"] in ("newer", "differs") else ""
        named = f"{figure} · {fact['id']}" if figure else fact["id"]
        parts = [f"{label} {named}".lstrip(), date(fact["when"], STAR), held_when(fact, today, STAR)]
        lines.append(" · ".join(filter(None, parts)))
        lines.append(f"  {_bounded(fact['statement'])} ({'; '.join(short_documents(fact))})")
    return lines


def _bounded(statement: str) -> str:
    """Return a statement, or the words of its beginning that fit in `_LONGEST_STATEMENT`."""
    if len(statement) <= _LONGEST_STATEMENT:
        return statement
    return f"{statement[:_LONGEST_STATEMENT].rpartition(' ')[0] or statement[:_LONGEST_STATEMENT]} …"


def flag_counts(record: "json_types.FactCheck") -> str:
    """Return how many findings of a draft have each flag: `1 differs, 3 agrees`."""
    return ", ".join(f"{count} {flag}" for flag, count in record["flags"].items() if count) or "nothing to compare"


# ---------------------------------------------------------------- warnings and qualifications


def wrong(fact: "json_types.Fact") -> list[Toned]:
    """Return what is known to be wrong with a deprecated fact: `known to be wrong: the count is 40`."""
    rights = [erratum["right"] for cite in fact["cites"] if (erratum := cite["erratum"])]
    text = known_error(fact["rank"], rights, fact["notes"])
    return [(text, "differs")] if text else []


def as_of(fact: "json_types.Fact", today: str = "", mark: str = INFERRED) -> list[Toned]:
    """Return what `moment_of` does not: the as-of date of a fact that has a date of its own, or its age alone."""
    text = (held_when(fact, today, mark) if fact["when"] else "") or age_of(fact, today)
    return [(text, "soft")] if text else []


def own_dates(fact: "json_types.Fact", today: str = "", mark: str = INFERRED) -> list[str]:
    """Return when a dated fact happened, and as of when it is known, unless that is the same."""
    known = [text for text, _ in as_of(fact, today, mark) if fact["as_of"] != fact["when"]]
    return [moment_of(fact, mark), *known]


UNREVIEWED = "unreviewed"
"""The mark of a draft: nobody has checked its receipt."""


def status(fact: "json_types.Fact") -> list[Toned]:
    """Return that a fact is a draft, and a status that is one of `BOUNDING`."""
    draft = [(UNREVIEWED, "differs")] if fact["draft"] else []
    return [*draft, *([(fact["status"], fact["status"])] if fact["status"] in BOUNDING else [])]


def marks(fact: "json_types.Fact") -> list[Toned]:
    """Return the warnings about a fact, with their tones: those of `status`, superseded, or that others differ."""
    found = status(fact)
    if fact["superseded_by"]:
        found.append((f"superseded by {', '.join(fact['superseded_by'])}", "differs"))
    elif fact["differs_from"]:
        found.append((f"differs ({len(fact['differs_from'])})", "differs"))
    return found


def short_marks(fact: "json_types.Fact") -> list[Toned]:
    """Return a word for each warning: `deprecated`, `planned`, `stated`, `unreviewed`, `superseded`, `differs`."""
    deprecated = [("deprecated", tone) for _, tone in wrong(fact)]
    return [*deprecated, *((text.partition(" ")[0], tone) for text, tone in marks(fact))]


def warned(fact: "json_types.Fact") -> str:
    """Return a statement with its warnings, without ids: `NATO was to open a post. (planned; differs)`."""
    found = [*(text.partition(" ")[0] for text, _ in marks(fact)), *(text for text, _ in wrong(fact))]
    return f"{fact['statement']} ({'; '.join(found)})" if found else fact["statement"]


def advising_marks(fact: "json_types.Fact") -> list[Toned]:
    """Return the words of `short_marks`; of a fact that differs, whether it or the other one is to be cited."""
    return [(_which_to_cite(fact) if text == "differs" else text, tone) for text, tone in short_marks(fact)]


def _which_to_cite(fact: "json_types.Fact") -> str:
    preferred = {each["prefer"] for each in (*fact["relations"], *fact["related"]) if each["kind"] in DIFFERENCES}
    if None in preferred or (fact["id"] in preferred and len(preferred) > 1):
        return "differs"
    return f"differs: cite {'this one' if fact['id'] in preferred else 'the other'}"


def bounds(fact: "json_types.Fact") -> list[Toned]:
    """Return the qualifications of a claim besides `moment_of`: as of when, status, warnings, error, withdrawal."""
    other_status = [] if fact["status"] in BOUNDING else [(fact["status"], "soft")]
    withdrawn = [(f"withdrawn: {fact['withdrawn']}", "differs")] if fact["withdrawn"] else []
    return [*as_of(fact), *other_status, *marks(fact), *wrong(fact), *withdrawn]


def differing(fact: "json_types.Fact") -> list[str]:
    """Return for each fact from which this one differs the reason, and which of them to cite."""
    others = [*((each, each["to"]) for each in fact["relations"]), *((each, each["from"]) for each in fact["related"])]
    return [
        f"Differs: {each['note']} ({_advice(fact['id'], other, each['prefer'])})"
        for each, other in others
        if each["kind"] in DIFFERENCES
    ]


def _advice(fact: str, other: str, prefer: str | None) -> str:
    if not prefer:
        return f"the other: {other}"
    return f"cite this one, not {other}" if prefer == fact else f"cite {prefer}, not this one"


def tone(fact: "json_types.Fact") -> str:
    """Return the tone of a fact's status: one of `BOUNDING`, or `done`."""
    return fact["status"] if fact["status"] in BOUNDING else "done"


# ---------------------------------------------------------------- other versions of a text


def word_changes(change: "json_types.PassageChange") -> list[str]:
    """Return the words of a passage that changed: `over 7 -> over 8`."""
    return [f"{each['was'] or '(nothing)'} -> {each['now'] or '(nothing)'}" for each in change["words"]]


def lost(text: "json_types.ChangedText", change: "json_types.PassageChange") -> list[str]:
    """Return the ids of the facts whose quotes of a passage are gone from the other version of the text."""
    cited = (fact for fact in text["facts"] if fact["passage"] == change["passage"])
    return list(dict.fromkeys(fact["id"] for fact in cited if not fact["stands"]))


# ---------------------------------------------------------------- packs


def pack(fact: "json_types.Fact") -> str:
    """Return the pack of a fact with its version, or "" for a folder without `pack.toml`."""
    return f"{fact['pack']} {fact['pack_version']}" if fact["pack"] else ""


def foreign_pack(fact: "json_types.Fact") -> str:
    """Return the pack of a fact with its version, or "" for a shipped fact."""
    return "" if fact["pack"] == SHIPPED else pack(fact)


def named_id(fact: "json_types.Fact") -> str:
    """Return the id of a fact; that of a fact which is not shipped has its pack behind it."""
    behind = foreign_pack(fact)
    return f"{fact['id']} ({behind})" if behind else fact["id"]


# ---------------------------------------------------------------- receipts


def passages(fact: "json_types.Fact") -> list[str]:
    """Return each source of a fact with the passages that are cited: `us-embassy-2021 8, 6`."""
    found: dict[str, dict[str, None]] = {}
    for cite in fact["cites"]:
        found.setdefault(cite["source"], {})[str(cite["passage"])] = None
    return [f"{source} {', '.join(numbers)}" for source, numbers in found.items()]


def sources(fact: "json_types.Fact") -> list[str]:
    """Return the id of each source of a fact."""
    return list(dict.fromkeys(cite["source"] for cite in fact["cites"]))


def passage(cite: "json_types.Cite") -> str:
    """Return the number of a cited passage, with its section: `passage 8 (Training)`."""
    return f"passage {cite['passage']} ({cite['section']})" if cite["section"] else f"passage {cite['passage']}"


def document(cite: "json_types.Cite | json_types.SummarySource", mark: str = INFERRED) -> str:
    """Return the cited document: title, publisher, date."""
    return f"“{cite['title']}”, {cite['publisher']}, {document_date(cite, mark)}"


def document_date(
    source: "json_types.Cite | json_types.SummarySource | json_types.Source", mark: str = INFERRED
) -> str:
    """Return the date of a document, which is that of the last update if no other is known: `updated 2017`, `n.d.`."""
    updated = f"updated {date(source['updated'], mark)}" if source["updated"] else "n.d."
    return date(source["issued"], mark) or updated


def short_document(cite: "json_types.Cite") -> str:
    """Return the cited document in short: publisher and year, or its title if it has no date."""
    held = cite["issued"] or cite["updated"]
    known_by = str(dates.parse(held).anchor.year) if held else f"“{cite['title']}”"
    return f"{cite['publisher']}, {known_by}"


def short_documents(fact: "json_types.Fact") -> list[str]:
    """Return each document that a fact cites, in short."""
    return list(dict.fromkeys(map(short_document, fact["cites"])))


def only_in_copy(fact: "json_types.OnlyInCopy", source: "json_types.Source") -> str:
    """Return the heading of the facts that a copy of a source, or a source that is a copy, has and the original not."""
    if fact["copy"] == source["id"]:
        return f"Only in this copy, and not in {source['derived_from']}"
    return f"Only in its copy “{fact['title']}” ({fact['copy']})"


def origin(cite: "json_types.Cite") -> str:
    """Return the cited passage and document, and where it is kept if it has no address."""
    return ", ".join(filter(None, (passage(cite), document(cite), cite["kept_at"])))


def found_at(cite: "json_types.Cite") -> str:
    """Return the address of a document, or where one without an address is kept."""
    return cite["url"] or cite["kept_at"] or ""


def words_at(cite: "json_types.Cite") -> str:
    """Return the address that leads to the quoted words, or "" for a document without an address."""
    from tajsec.text.urls import at_words  # a terminal shows no links to words

    return at_words(cite["url"], cite["quote"]) if cite["url"] else ""


def sic(cite: "json_types.Cite") -> str:
    """Return the correction of a declared error in quoted words, with the evidence; "" if they have none."""
    wrong = cite["erratum"]
    return f" [sic; {wrong['right'].rstrip('.')} ({wrong['evidence']})]" if wrong else ""


def erratum(wrong: "json_types.Erratum") -> str:
    """Return a declared error of a source: its words, what is right, and the evidence."""
    return f"passage {wrong['passage']} says “{wrong['says']}”; right is: {wrong['right']} ({wrong['evidence']})"


def quoted(cite: "json_types.Cite") -> str:
    """Return quoted words, with the correction of an error in them."""
    return f"“{cite['quote']}”{sic(cite)}"


def receipt(cite: "json_types.Cite") -> str:
    """Return quoted words with their passage and document."""
    return f"{quoted(cite)}, {origin(cite)}"


def whole(fact: "json_types.Fact") -> str:
    """Return a fact in one paragraph: the claim, its bounds, its receipts."""
    bounding = ", ".join([moment_of(fact), *(text for text, _ in bounds(fact))])
    return f"{fact['statement']} ({bounding}.) {'; '.join(map(receipt, fact['cites'])).removesuffix('.')}."
