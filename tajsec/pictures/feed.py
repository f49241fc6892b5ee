"""What changed between two stores as an Atom feed (RFC 4287), with an entry for each record."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tajsec.pictures.markup import Element, tag, xml_text
from tajsec.text.jsontext import dumps

if TYPE_CHECKING:
    from tajsec.output.json_types import Change

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"

_HEAD = ("", "Old", "New")
_HIDDEN = ("content_hash", "withdrawn")
"""Keys without a row of their own: a digest of the others, and what is the reason of the entry."""


def feed(changes: "Sequence[Change]", title: str, today: str) -> str:
    """Return the feed as text, its entries in the order of `changes`; `today` is its date and theirs.

    The same change has the same id in every feed, so that a reader shows it once.
    """
    when = f"{today}T00:00:00Z"
    head = [_id(title), tag("title", title), tag("updated", when), tag("author", tag("name", "tajsec"))]
    return xml_text(tag("feed", *head, *(_entry(each, when) for each in changes)), ATOM)


def _entry(change: "Change", when: str) -> Element:
    return tag(
        "entry",
        _id(dumps(change)),
        tag("title", f"{change['change']}: {change['statement']}"),
        tag("updated", when),
        tag("category", term=change["change"]),
        tag("content", _content(change), type="xhtml"),
    )


def _content(change: "Change") -> Element:
    """Return the record's id, its old and new values, and the reason of the change."""
    rows = [tag("tr", *(tag("th", each) for each in _HEAD))]
    rows += [tag("tr", tag("th", name), tag("td", was), tag("td", now)) for name, (was, now) in _values(change).items()]
    head, reason = f"{change['kind']} {change['id']}", change["reason"] or "none is recorded"
    return tag("div", tag("p", head), tag("table", *rows), tag("p", f"Reason: {reason}"), xmlns=XHTML)


def _values(change: "Change") -> dict[str, tuple[str, str]]:
    """Return the old and the new value of each key that changed; of a fact that ended or began, of its statement."""
    name, text = "statement" if change["kind"] == "fact" else "title", change["statement"]
    values = {each["key"]: (_shown(each["was"]), _shown(each["now"])) for each in change["keys"]}
    old = values.get(name, (text, text))[0]
    ends = {"added": ("", text), "removed": (old, "removed"), "withdrawn": (old, "withdrawn")}
    if change["change"] in ends:
        values = {name: ends[change["change"]]} | {key: value for key, value in values.items() if key != name}
    return {key: value for key, value in values.items() if key not in _HIDDEN}


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else dumps(value)


def _id(text: str) -> Element:
    return tag("id", uuid.uuid5(uuid.NAMESPACE_URL, text).urn)
