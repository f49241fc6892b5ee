"""The fixed values that records have: statuses, roles, qualifiers, kinds of relation.

The options of commands list these values, so this module is imported at every start. It imports only `typing`, which
Click imports anyway.
"""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["claim", "heading", "caption", "furniture"]
Status = Literal["completed", "ongoing", "planned", "stated"]
Qualifier = Literal["exact", "over", "about", "nearly", "up-to"]
Period = Literal["total", "annual", "monthly", "weekly", "daily", "per-item"]
Rank = Literal["preferred", "normal", "deprecated"]
"""As in Wikidata: `preferred` facts head their topic, a `deprecated` one is known to be wrong."""
Sort = Literal["when", "as_of", "id", "rank"]
"""The keys by which facts are sorted, besides the order of the files."""
Extent = Literal["whole", "opening"]
SourceType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip
"""The types of documents of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html, appendix III)."""
DifferenceKind = Literal["contradicts", "rounds", "supersedes", "differs", "renames"]
"""The relations in which two facts differ."""
TieKind = Literal["part-of", "adds-to", "repeats", "not-the-same", "see-also"]
"""The relations of facts that do not differ."""
RelationKind = Literal[DifferenceKind, TieKind]
"""The relations of a fact to another: differences and ties."""
ReviewKind = Literal["quotes", "reading"]
TermKind = Literal["actor", "person", "topic", "place", "unit", "term"]
TagKind = TermKind | Literal["source", "status", "pack"]
"""The kinds of tags by which facts are filtered and found."""
ChangeKind = Literal["same", "moved", "changed", "gone"]
"""The state of a sealed passage in another version of its text."""

ROLES: tuple[Role, ...] = get_args(Role)
STATUSES: tuple[Status, ...] = get_args(Status)
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
PERIODS: tuple[Period, ...] = get_args(Period)
RANKS: tuple[Rank, ...] = get_args(Rank)
SORTS: tuple[Sort, ...] = get_args(Sort)
EXTENTS: tuple[Extent, ...] = get_args(Extent)
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
DIFFERENCES: tuple[DifferenceKind, ...] = get_args(DifferenceKind)
RELATION_KINDS: tuple[RelationKind, ...] = get_args(RelationKind)
REVIEW_KINDS: tuple[ReviewKind, ...] = get_args(ReviewKind)
TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

SHIPPED = "tajsec"
"""The id of the pack of the shipped facts."""

CITABLE_ROLES: frozenset[Role] = frozenset({"claim", "caption"})
"""Facts may cite passages of these roles; headings and page furniture (menus, footers) make no claims."""

PREFERRING: frozenset[RelationKind] = frozenset({"rounds", "contradicts", "supersedes"})
"""The differences after which the preferred fact (`prefer`) is cited instead of the other: that one is superseded,
less exact or wrong. After `differs` and `renames` both remain true."""

STATUS_WORDS: Mapping[Status, tuple[str, ...]] = {
    "completed": ("completed", "finished", "done"),
    "ongoing": ("ongoing", "current", "continuing", "under way", "in progress"),
    "planned": ("planned", "plans", "upcoming", "future", "scheduled"),
    "stated": (),
}
"""Words by which people ask for facts of a status."""

PERIOD_WORDS: Mapping[Period, str] = {
    "total": "",
    "annual": "a year",
    "monthly": "a month",
    "weekly": "a week",
    "daily": "a day",
    "per-item": "each",
}
"""The words for a period, to be written behind a figure and its unit."""

MAX_INTEGER = 2**53
"""The largest whole number that a program which reads JSON numbers as doubles represents exactly."""
