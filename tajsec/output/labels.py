"""A fact, a source as lines of a label and a value: for terminal, notebook, picture and page."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tajsec.model.kinds import CITABLE_ROLES
from tajsec.output import wording
from tajsec.text.forms import counted

if TYPE_CHECKING:
    from tajsec.output.json_types import (
        Cite,
        CoveredSource,
        Fact,
        Related,
        Relation,
        Source,
        Verification,
        WholeSource,
    )


class Line(NamedTuple):
    """A value and its label, which is empty if the value continues the line above; `tone` as in `wording.Toned`."""

    label: str
    text: str
    tone: str = ""


# ---------------------------------------------------------------- a fact


def answer_lines(fact: "Fact", today: str) -> list[wording.Toned]:
    """Return the lines of a fact that answers a question: figures, quote, document, age, what is wrong or differs.

    That dates are inferred is said once.
    """
    cite = fact["cites"][0]
    held = fact["as_of"] or fact["when"]
    issued = cite["issued"] or cite["updated"]
    are_both = wording.is_inferred(held) and wording.is_inferred(issued)
    mark = "" if are_both else wording.INFERRED
    when = wording.as_of_date(fact["as_of"], mark) or wording.date(fact["when"], mark)
    dated = ", ".join(filter(None, (when, wording.age(held, today))))
    lines = [
        (wording.key_figures(fact), "figure"),
        (wording.quoted(cite), ""),
        (wording.document(cite, mark), ""),
        (f"pack {pack}" if (pack := wording.foreign_pack(fact)) else "", ""),
        (dated + ("; both dates inferred" if are_both else ""), ""),
        *wording.wrong(fact),
        *((text, "differs") for text in wording.differing(fact)),
    ]
    return [line for line in lines if line[0]]


def fact_lines(fact: "Fact", today: str = "") -> list[Line]:
    """Return every line of a fact below its statement; that a date is inferred is said once, and shown by a star.

    With a day, `2026-11-28`, what may have changed since has its age; what is kept, such as a notebook, has none.
    """
    terms = ((key.capitalize(), fact[key]) for key in ("actors", "people", "places", "topics"))
    return _filled(
        Line("Id", fact["id"]),
        Line("Pack", wording.pack(fact)),
        *_rank_lines(fact),
        *claim_lines(fact, today, wording.STAR),
        *(Line(label, ", ".join(names)) for label, names in terms),
        *_receipt_lines(fact["cites"]),
        Line("Quotes", _quotes(fact)),
        Line("Differs", _differs(fact), "differs"),
        *(_relation(each, 0, each["to"]) for each in fact["relations"]),
        *(_relation(each, 1, each["from"]) for each in fact["related"]),
        Line("Inferred", "the dates with *" if _has_inferred_date(fact) else ""),
        *(Line("Inferred", f"{key}: {reason}") for key, reason in fact["inferred"].items()),
        *(Line("Derived", f"{figure}: {reason}") for figure, reason in fact["derived"].items()),
        Line("Note", fact["notes"] or ""),
        Line("Withdrawn", fact["withdrawn"] or "", "differs"),
        Line("Draft", f"{wording.UNREVIEWED}: {fact['draft']}" if fact["draft"] else "", "differs"),
    )


def _has_inferred_date(fact: "Fact") -> bool:
    of_cites = (each for cite in fact["cites"] for each in (cite["issued"], cite["updated"]))
    return any(map(wording.is_inferred, (fact["when"], fact["as_of"], *of_cites)))


def _rank_lines(fact: "Fact") -> list[Line]:
    """Return the line of a rank other than normal; that of a deprecated fact says what is known to be wrong."""
    if fact["rank"] == "normal":
        return []
    wrong = [Line("Rank", f"{fact['rank']}: {text}", tone) for text, tone in wording.wrong(fact)]
    return wrong or [Line("Rank", fact["rank"])]


def claim_lines(fact: "Fact", today: str = "", mark: str = wording.INFERRED) -> list[Line]:
    """Return the lines about the claim of a fact: its dates, its status, its figures."""
    return _filled(
        Line("When", wording.happened_when(fact, today, mark)),
        Line("As of", wording.held_when(fact, today, mark).removeprefix("as of ")),
        Line("Status", fact["status"], fact["status"] if fact["status"] in wording.BOUNDING else ""),
        *(Line("Figure", wording.figure(each)) for each in fact["quantities"]),
    )


def _receipt_lines(cites: "Sequence[Cite]") -> list[Line]:
    """Return the lines about each cited source: its document, each passage with its quote, the address."""
    lines = []
    for source in dict.fromkeys(cite["source"] for cite in cites):
        mine = [cite for cite in cites if cite["source"] == source]
        lines.append(Line("Source", f"{source}: {wording.document(mine[0], wording.STAR)}"))
        for cite in mine:
            lines.append(Line("", f"{wording.passage(cite)}: “{cite['quote']}”"))
            if wrong := cite["erratum"]:
                lines.append(Line("Erratum", f"{wrong['right']} ({wrong['evidence']})", "planned"))
        lines.append(Line("", wording.found_at(mine[0]), "soft"))
    return lines


def _quotes(fact: "Fact") -> str:
    """Return the numbers of quotes and of documents, and how many of these copy another; "" for a single quote."""
    if len(fact["cites"]) < 2:
        return ""
    documents = len(wording.sources(fact))
    copies = documents - len(fact["origins"])
    among = f", {copies} of them {'a copy' if copies == 1 else 'copies'}" if copies else ""
    return f"{len(fact['cites'])} from {counted(documents, 'document')}{among}"


def _differs(fact: "Fact") -> str:
    count = len(fact["differs_from"])
    return f"from {counted(count, 'fact')}: tajsec differences {fact['id']}" if count else ""


def _relation(relation: "Relation | Related", side: int, other: str) -> Line:
    """Return the line of a relation: from this fact to the other if `side` is 0, from the other to this one if 1."""
    prefer = f" Cite {relation['prefer']}." if relation["prefer"] else ""
    return Line("Relation", f"{wording.VERBS[relation['kind']][side]} {other}. {relation['note']}{prefer}")


def years(facts: "Sequence[Fact]") -> list[str]:
    """Return the year of each fact, or "" if the one before has the same; facts are dated and in order of time."""
    found = [str(wording.own_date(fact).anchor.year) for fact in facts]
    return [year for _, same in groupby(found) for year in (next(same), *("" for _ in same))]


# ---------------------------------------------------------------- a source, a topic, a check


def source_lines(source: "Source") -> list[Line]:
    """Return every line of a source below its title."""
    containers = dict.fromkeys(filter(None, (source["container_title"], source["publisher"])))
    return _filled(
        Line("Id", source["id"]),
        Line("Kind", source["genre"] or ""),
        Line("Author", ", ".join(source["author"])),
        Line("Publisher", ", ".join(containers)),
        Line("Issued", wording.date(source["issued"])),
        Line("Updated", wording.date(source["updated"])),
        Line("Accessed", wording.date(source["accessed"])),
        Line("Address", source["url"] or _doi_address(source["doi"])),
        Line("DOI", source["doi"] or ""),
        Line("ISBN", source["isbn"] or ""),
        Line("URN", source["urn"] or ""),
        Line("Kept at", source["locator"] or ""),
        Line("Archived", source["archive_url"] or ""),
        Line("Copy of", source["derived_from"] or ""),
        Line("Rights", source["rights"]),
        Line("Read", "only the opening" if source["extent"] == "opening" else ""),
        Line("Passages", f"{source['passages']}, of which {source['claims']} make claims"),
        *(Line("Note", note) for note in source["notes"]),
        *(Line("Erratum", wording.erratum(each), "planned") for each in source["errata"]),
    )


def _doi_address(doi: str | None) -> str:
    from tajsec.text.identifiers import doi_address  # only sources need it

    return doi_address(doi) if doi else ""


def whole_source_lines(source: "WholeSource") -> list[Line]:
    """Return every line of a source, and how much of it is quoted."""
    return [*source_lines(source), *_filled(Line("Quoted words", quoted_words(source)))]


def passage_lines(source: "WholeSource") -> list[Line]:
    """Return a line for each passage that facts cite, with their ids, and one for the claims that none cites."""
    claims = [each for each in source["outline"] if each["role"] in CITABLE_ROLES]
    uncited = ", ".join(str(each["passage"]) for each in claims if not each["cited_by"])
    return _filled(
        *(
            Line(f"{each['passage']}", f"{each['section'] or ''}: {', '.join(each['cited_by'])}".removeprefix(": "))
            for each in claims
            if each["cited_by"]
        ),
        Line("Not cited", uncited, "soft"),
    )


PARTS = {"quote_found": "quote found", "figures_match": "figures match", "read_by": "read by"}
"""The names of the three checks of `tajsec verify`, by their keys in its JSON."""


def part_lines(record: "Verification") -> list[str]:
    """Return a line for each of the three checks: how many were run, passed, failed and not run."""
    return [
        f"{PARTS[part]}: {tally['run']} run, {tally['passed']} passed, {tally['run'] - tally['passed']} failed, "
        f"{tally['not_run']} not run"
        for part, tally in record["checks"].items()
    ]


def quoted_words(source: "CoveredSource | WholeSource") -> str:
    """Return how many of a document's words are in quotes, or "" if no count of them is on record."""
    if source["quoted_share"] is None:
        return ""
    return f"{source['quoted_words']:,} of {source['words']:,} ({source['quoted_share']:.0%})"


def check_notes(record: "Verification") -> list[str]:
    """Return a line for the quoted share of each text, each recorded check, and each document that was not fetched."""
    earlier = [
        f"on record: {each['quotes']} quotes of {each['source']} found {each['date']}"
        f" in text {each['text_sha256'][:12]}…"
        for each in record["last_checked"]
    ]
    quoted = [
        f"quoted share: {each['quoted_words']:,} of {each['words']:,} words of {each['source']}"
        f" ({each['quoted_share']:.0%}; {each['rights'].replace('-', ' ')})"
        for each in record["quoted"]
    ]
    unreached = [f"not reached: {each['address']}: {each['reason']}" for each in record["unreached"]]
    offline = [
        f"not on the web: {each['source']} ({each['kept_at']}); compare its text with --text"
        for each in record["offline"]
    ]
    return [*quoted, *earlier, *unreached, *offline]


def _filled(*lines: Line) -> list[Line]:
    return [line for line in lines if line.text]
