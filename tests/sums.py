"""A programme of the small store, and the facts that are parts of it: what a summary adds up."""

from collections.abc import Iterable
from pathlib import Path

WHOLE = """
[[fact]]
id = "the-programme"
statement = "A programme gave radios in 2019."
actors = ["us"]
topics = ["gear"]
when = "2019"
status = "completed"
cites = [{ source = "paper", passage = 2, quote = "gave over 7 radios" }]
"""

PART = """
[[fact]]
id = "{id}"
statement = "The programme gave {value} radios in 2019 ({id})."
actors = ["us"]
topics = ["gear"]
when = "2019"
status = "{status}"
quantities = [{{ value = {value}, unit = "radios", qualifier = "{qualifier}", of = "radios", period = "{period}" }}]
cites = [{{ source = "paper", passage = 2, quote = "gave over 7 radios" }}]
relations = [{relations}]
"""


def part(name: str, value: int, *relations: str, **changed: str) -> str:
    keys = {"status": "completed", "qualifier": "exact", "period": "total", **changed}
    return PART.format(id=name, value=value, relations=", ".join(relations), **keys)


def to(other: str, kind: str = "part-of", prefer: str = "") -> str:
    return f'{{ to = "{other}", kind = "{kind}", note = "n"{f", prefer = {prefer!r}" if prefer else ""} }}'


IN_WHOLE = to("the-programme")
PARTS = [
    part("a", 3, IN_WHOLE), part("b", 4, IN_WHOLE, qualifier="over"), part("c", 5, IN_WHOLE, status="planned"),
    part("d", 6, IN_WHOLE, period="annual"),
]  # fmt: skip
"""Parts of which the first two are added up to over 7 radios, and the others are not."""


def write_parts(small: Path, parts: Iterable[str]) -> Path:
    """Write the programme and these parts in place of the facts of the small store; return its folder."""
    (small / "facts" / "gear.toml").write_text((WHOLE + "".join(parts)).replace("'", '"'))
    return small
