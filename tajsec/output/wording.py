"""The words for parts of a record, whatever they are shown on: a terminal, a picture, a page."""

from collections.abc import Iterable

from tajsec.text import dates
from tajsec.text.jsontext import Json

VERBS = {
    "rounds": ("rounds", "rounded by"),
    "contradicts": ("contradicts", "contradicted by"),
    "supersedes": ("supersedes", "superseded by"),
    "scope": ("differs in scope from", "differs in scope from"),
    "renames": ("renames", "renamed by"),
    "part-of": ("part of", "has the part"),
    "repeats": ("repeats", "repeated by"),
}
"""How a fact stands to another, by kind of relation; and how the other stands to it."""


BOUNDING = ("planned", "stated")
"""The statuses without which a claim would say too much."""


def date(text: str | None) -> str:
    """Give an EDTF date as English words; nothing for None."""
    return dates.parse(text).words if text else ""


def moment_of(record: Json) -> str:
    """Give when a fact happened, or as of when it held if that is all that is known."""
    return date(record["when"]) or f"as of {date(record['as_of'])}"


def amount(quantity: Json) -> str:
    """Give a figure with its qualifier and unit: `over 4,800 radios`."""
    qualifier = "" if quantity["qualifier"] == "exact" else f"{quantity['qualifier']} "
    return f"{qualifier}{quantity['value']:,} {quantity['unit']}".rstrip()


def figure(quantity: Json) -> str:
    """Give a figure with what it counts."""
    period = "" if quantity["period"] == "total" else f", {quantity['period']}"
    return f"{amount(quantity)}{period}: {quantity['of']}"


def counts(pairs: Iterable[tuple[str, int]]) -> str:
    """Give names with their numbers on one line."""
    return ", ".join(f"{name} {count}" for name, count in pairs)


def span(record: Json) -> str:
    """Give the dates from which to which the facts of a summary go."""
    return " to ".join(dict.fromkeys(date(record[end]) for end in ("first", "last") if record[end]))


def passages(record: Json) -> list[str]:
    """Give each source of a fact with the passages that are cited: `us-embassy-2021 8, 6`."""
    found: dict[str, dict[str, None]] = {}
    for cite in record["cites"]:
        found.setdefault(cite["source"], {})[str(cite["passage"])] = None
    return [f"{source} {', '.join(numbers)}" for source, numbers in found.items()]


def marks(record: Json) -> list[tuple[str, str]]:
    """Give what must be known before a fact is cited, each with its kind: a status of `BOUNDING`, or `differs`."""
    status = record["status"]
    found = [(status, status)] if status in BOUNDING else []
    if record["superseded_by"]:
        found.append((f"superseded by {', '.join(record['superseded_by'])}", "differs"))
    elif record["disputed_by"]:
        found.append((f"disputed ({len(record['disputed_by'])})", "differs"))
    return found


def tone(record: Json) -> str:
    """Give what the colour of a fact tells: a status of `BOUNDING`, or `done`."""
    return record["status"] if record["status"] in BOUNDING else "done"


def difference(disagreement: Json) -> str:
    """Give which fact differs from which, how, and which one to cite."""
    prefer = f"; cite {disagreement['prefer']}" if disagreement["prefer"] else ""
    return f"{disagreement['fact']} {VERBS[disagreement['kind']][0]} {disagreement['to']}{prefer}"


def sum_of(total: Json) -> str:
    """Give a sum with what it is the sum of."""
    return f"{amount(total)} is the sum of {len(total['of'])} parts of {total['whole']}"


def left_out(each: Json) -> str:
    """Give a figure that was not added up, and why."""
    other = f" {each['other']}" if each["other"] else ""
    return f"{amount({**each, 'unit': ''})} ({each['fact']}): {each['reason']}{other}"


def receipt(cite: Json) -> str:
    """Give the words that prove a fact, and where they stand; of an error in them what is right."""
    return f"“{cite['quote']}”{sic(cite)}, {origin(cite)}"


def sic(cite: Json) -> str:
    """Give what is right where quoted words hold a declared error of the source, and on which evidence."""
    erratum = cite["erratum"]
    return f" [sic; {erratum['right'].rstrip('.')} ({erratum['evidence']})]" if erratum else ""


def origin(cite: Json) -> str:
    """Give where quoted words stand: passage and section, title, publisher, date."""
    section = f" ({cite['section']})" if cite["section"] else ""
    issued = date(cite["issued"]) or "n.d."
    return f"passage {cite['passage']}{section}, “{cite['title']}”, {cite['publisher']}, {issued}"


def bounds(record: Json) -> list[str]:
    """Give what bounds a claim: when, as of when, its status, and that other facts differ."""
    times = [date(record["when"]), f"as of {date(record['as_of'])}" if record["as_of"] else ""]
    differs = [text for text, kind in marks(record) if kind == "differs"]
    withdrawn = [f"withdrawn: {record['withdrawn']}"] if record["withdrawn"] else []
    return [*filter(None, times), record["status"], *differs, *withdrawn]


def whole(record: Json) -> str:
    """Give a fact in one paragraph: the claim, its bounds, its receipts."""
    return f"{record['statement']} ({', '.join(bounds(record))}.) {'; '.join(map(receipt, record['cites']))}."
