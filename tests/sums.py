"""A programme of the small store, and facts about its figures: what a summary adds up."""

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
quantities = [{{ value = {value}, unit = "radios", qualifier = "{qualifier}", of = "{of}", period = "{period}" }}]
cites = [{{ source = "paper", passage = 2, quote = "gave over 7 radios" }}]
relations = [{relations}]
"""


def part(name: str, value: int, *relations: str, **changed: str) -> str:
    keys = {"status": "completed", "qualifier": "exact", "period": "total", "of": "radios given", **changed}
    return PART.format(id=name, value=value, relations=", ".join(relations), **keys)


def to(other: str, kind: str = "part-of", prefer: str = "") -> str:
    return f'{{ to = "{other}", kind = "{kind}", note = "n"{f", prefer = {prefer!r}" if prefer else ""} }}'


ON_TOP_OF_A = to("a", "adds-to")
PARTS = [part("a", 3), part("b", 4, ON_TOP_OF_A, qualifier="over"), part("c", 5, status="planned")]
"""Parts of which the first two are added up to over 7 radios."""


def write_parts(small: Path, parts: Iterable[str]) -> Path:
    """Write the programme and these parts in place of the facts of the small store; return its folder."""
    (small / "facts" / "gear.toml").write_text((WHOLE + "".join(parts)).replace("'", '"'))
    return small
