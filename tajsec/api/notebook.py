"""What a notebook shows: the JSON records of the commands as HTML.

Every text is data: made printable, then escaped. Tables have a caption and headings, for readers who cannot see them;
there is no script, no colour and no style but the alignment, which notebooks set to the right otherwise.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from tajsec.output import wording
from tajsec.output.columns import key
from tajsec.text import dates
from tajsec.text.forms import counted, printable
from tajsec.text.urls import is_web_address

if TYPE_CHECKING:
    from tajsec.text.jsontext import Json


Cells = Sequence[str]


_LEFT = 'style="text-align: left; vertical-align: top"'


_HEADINGS = ("When", "Fact", "Figures", "Receipts", "Id")


def facts(records: "Sequence[Json]", caption: str) -> str:
    """Show facts as a table: when, statement with its marks, figures, receipts, id."""
    return _table(caption, _HEADINGS, map(_fact_cells, records))


def timeline(records: "Sequence[Json]", caption: str) -> str:
    """Show dated facts as a table that names each year once."""
    years = [dates.parse(record["when"]).anchor.year for record in records]
    firsts = ["" if n and years[n - 1] == year else str(year) for n, year in enumerate(years)]
    rows = ([first, *_fact_cells(record)] for first, record in zip(firsts, records, strict=True))
    return _table(caption, ("Year", *_HEADINGS), rows)


def card(record: "Json") -> str:
    """Show a fact whole: one table of names and values under its statement."""
    rows = [
        ("Id", _text(record["id"])),
        ("When", _date(record["when"])),
        ("As of", _date(record["as_of"])),
        ("Status", _text(record["status"])),
        *(("Figure", each) for each in _figures(record)),
        *((name.capitalize(), _text(", ".join(record[name]))) for name in ("actors", "people", "places", "topics")),
        *(("Receipt", _receipt(cite)) for cite in record["cites"]),
        ("Witnesses", _text(counted(len(record["origins"]), "origin"))),
        ("Superseded by", _text(", ".join(record["superseded_by"]))),
        ("Disputed by", _text(", ".join(record["disputed_by"]))),
        *(("Relation", _relation(each, each["to"], 0)) for each in record["relations"]),
        *(("Relation", _relation(each, each["from"], 1)) for each in record["related"]),
        *(("Inferred", _text(f"{name}: {reason}")) for name, reason in record["inferred"].items()),
        *(("Derived", _text(f"{figure}: {reason}")) for figure, reason in record["derived"].items()),
        ("Withdrawn", _text(record["withdrawn"] or "")),
    ]
    body = "".join(f'<tr><th scope="row" {_LEFT}>{name}</th>{_cell(value)}</tr>' for name, value in rows if value)
    return (
        f"<table><caption {_LEFT}><strong>{_text(record['statement'])}</strong></caption><tbody>{body}</tbody></table>"
    )


def hits(records: "Sequence[Json]", caption: str, reasons: Sequence[str], nearest: "Sequence[Json]") -> str:
    """Show the answer to a search; an empty one with its reasons and, apart, the nearest facts."""
    if records:
        return facts(records, caption)
    said = "".join(f"<li>{_text(each)}</li>" for each in reasons)
    near = facts(nearest, "Nearest facts: they do not answer it") if nearest else ""
    return f"<p>{_text(caption)}</p>{f'<ul>{said}</ul>' if said else ''}{near}"


def disputes(records: "Sequence[Json]", caption: str) -> str:
    """Show pairs of facts that differ: the kind, both sides with their receipts, the reason, which one to cite."""
    rows = (
        [_text(each["kind"]), *map(_side, each["facts"]), _text(each["note"]), _text(each["prefer"] or "")]
        for each in records
    )
    return _table(caption, ("Kind", "Fact", "Other fact", "Why", "Cite"), rows)


def summary(record: "Json", name: str, disagreements: "Sequence[Json]") -> str:
    """Show a topic on one page: how much, from when to when, who; its key figures, sums, and where facts differ."""
    count = len(record["facts"])
    more = f", {record['more_figures']} more" if record["more_figures"] else ""
    rows = [
        ("Facts", _text(f"{record['total']} ({wording.counts(record['statuses'].items())})")),
        ("Span", _text(wording.span(record))),
        ("Actors", _text(wording.counts((each["id"], each["facts"]) for each in record["actors"]))),
        ("Sources", _text(wording.counts((each["id"], each["facts"]) for each in record["sources"]))),
        ("Origins", _text(str(record["origins"]))),
        *(("Sum", _text(_sum(each))) for each in record["totals"]),
    ]
    parts = [
        _table(name, ("What", "There is"), [[label, value] for label, value in rows]),
        facts(record["facts"], f"Key figures ({count}{more})") if count else "",
        disputes(disagreements, "Where facts differ") if disagreements else "",
    ]
    return "".join(parts)


def listing(records: "Sequence[Json]", caption: str) -> str:
    """Show records that have the same keys as a table of all of them."""
    columns = [key(name) for name in records[0]] if records else []
    rows = ([escape(column.cell(record)) for column in columns] for record in records)
    return _table(caption, [column.name.replace("_", " ").capitalize() for column in columns], rows)


# ---------------------------------------------------------------- cells


def _fact_cells(record: "Json") -> list[str]:
    statement = "<br>".join([_text(record["statement"]), *(f"<em>{_text(mark)}</em>" for mark in _marks(record))])
    receipts = "<br>".join(map(_receipt, record["cites"]))
    return [_when(record), statement, "<br>".join(_figures(record)), receipts, _text(record["id"])]


def _side(record: "Json") -> str:
    when, statement, _, receipts, fact_id = _fact_cells(record)
    return "<br>".join([statement, when, receipts, fact_id])


def _when(record: "Json") -> str:
    as_of = [f"as of {_date(record['as_of'])}"] if record["as_of"] else []
    return "<br>".join([*([_date(record["when"])] if record["when"] else []), *as_of])


def _marks(record: "Json") -> list[str]:
    """Give what a reader must know before citing: a status that is not "completed", what supersedes or disputes it."""
    found = [record["status"]] if record["status"] != "completed" else []
    for verb in ("superseded by", "disputed by"):
        ids = record[verb.replace(" ", "_")]
        found += [f"{verb} {', '.join(ids)}"] if ids else []
    return [*found, *([f"withdrawn: {record['withdrawn']}"] if record["withdrawn"] else [])]


def _figures(record: "Json") -> list[str]:
    return [_text(wording.figure(each)) for each in record["quantities"]]


def _receipt(cite: "Json") -> str:
    section = f" ({cite['section']})" if cite["section"] else ""
    words = _text(f"“{cite['quote']}”{wording.sic(cite)}")
    issued = wording.date(cite["issued"]) or "n.d."
    rest = _text(f"{cite['publisher']}, {issued}, passage {cite['passage']}{section}")
    return f"{words} {_link(cite['url'], cite['title'])}, {rest}"


def _link(address: str, text: str) -> str:
    if not is_web_address(address):
        return _text(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{_text(text)}</a>'


def _relation(relation: "Json", other: str, side: int) -> str:
    """Give a relation with another fact; `side` is 0 if this fact has it, 1 if the other has."""
    prefer = f" Cite {relation['prefer']}." if relation["prefer"] else ""
    return _text(f"{wording.VERBS[relation['kind']][side]} {other}: {relation['note']}{prefer}")


def _sum(total: "Json") -> str:
    return f"{wording.amount(total)} is the sum of {', '.join(total['of'])}, parts of {total['whole']}"


def _date(text: str | None) -> str:
    return _text(wording.date(text))


def _text(text: str) -> str:
    return escape(printable(text))


# ---------------------------------------------------------------- tables


def _table(caption: str, headings: Sequence[str], rows: Iterable[Cells]) -> str:
    head = "".join(f'<th scope="col" {_LEFT}>{heading}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f"<table><caption {_LEFT}>{_text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(html: str) -> str:
    return f'<td dir="auto" {_LEFT}>{html}</td>'
