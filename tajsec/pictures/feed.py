"""What changed between two stores as an Atom feed (RFC 4287), with an entry for each record."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tajsec.pictures.markup import Element, tag, xml_text
from tajsec.text.jsontext import dumps

if TYPE_CHECKING:
    from tajsec.output.json_types import Change

ATOM = "http://www.w3.org/2005/Atom"


def feed(changes: "Sequence[Change]", title: str, today: str) -> str:
    """Return the feed as text; `today` is the date of the feed and of its entries.

    The same change has the same id in every feed, so that a reader shows it once.
    """
    when = f"{today}T00:00:00Z"
    head = [_id(title), tag("title", title), tag("updated", when), tag("author", tag("name", "tajsec"))]
    return xml_text(tag("feed", *head, *(_entry(each, when) for each in changes)), ATOM)


def _entry(change: "Change", when: str) -> Element:
    keys = (f"{each['key']}: {dumps(each['was'])} -> {dumps(each['now'])}" for each in change["keys"])
    return tag(
        "entry",
        _id(dumps(change)),
        tag("title", f"{change['change']}: {change['statement']}"),
        tag("updated", when),
        tag("category", term=change["change"]),
        tag("content", "; ".join([f"{change['kind']} {change['id']}", *keys]), type="text"),
    )


def _id(text: str) -> Element:
    return tag("id", uuid.uuid5(uuid.NAMESPACE_URL, text).urn)
