"""Short titles of facts, for pictures: the statement without its own date, up to the end of a clause.

A title never says more than the statement. What was cut behind it shows as an ellipsis, and a picture has the date, the
status and the as-of date beside the title.
"""

import re
from collections.abc import Iterator

from tajsec.output.json_types import Fact
from tajsec.output.wording import own_date
from tajsec.text.dates import Edtf, Moment

LONGEST = 88
"""Characters of a title: so many fit, with a date, on one side of a bar that is in the middle of the picture."""

SHORTEST = 45
"""Characters before which no title is cut at a clause: less hardly says who does what."""

_CLAUSE = re.compile(
    r"(?=[,;:]? (?:after|around|as|at|between|by|for|from|if|in|near|on|once|since|that|under|until|when|where|"
    r"which|while|who|with)\b|[,;:] )"
)
"""Where a clause or a phrase may end: at punctuation, or before a word that begins the next one."""

_PHRASE = re.compile(r"(?= (?:of|to)\b)")
"""Where a text is cut that has no such end: what stands before it ("in support") hardly says anything without it."""

_LOOSE_END = re.compile(
    r"(?:,? (?:and|or|the|an?|its|their|soon|especially|apparently|due|(?:was|were) \w+|"
    r"(?:(?:more than|over|about) )?\$[\d.,]+))+$"
)
"""Words that say nothing at an end, or something else: `$1.5` without its million."""

_ASIDES = re.compile(r" \([A-Z]+\)"), re.compile(r", wh(?:ich|o)\b[^,;:]*,")
"""What a title can do without: an acronym behind its name, a relative clause between commas."""


def title_of(fact: Fact) -> str:
    """Return a title of at most `LONGEST` characters."""
    text = _without_own_date(fact["statement"].removesuffix("."), own_date(fact))
    for aside in _ASIDES:
        text = text if len(text) <= LONGEST else aside.sub("", text)
    if len(text) <= LONGEST:
        return text
    end = max(_ends(_CLAUSE, text) or _ends(_PHRASE, text), default=text.rfind(" ", 0, LONGEST))
    return f"{_LOOSE_END.sub('', text[: end if end > 0 else LONGEST - 1]).rstrip(',;:')}…"


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    return [found.start() for found in pattern.finditer(text, SHORTEST) if found.start() < LONGEST]


def _without_own_date(text: str, when: Edtf) -> str:
    """Return a sentence without the words for its own date at its beginning or end."""
    for words in _phrases(when):
        date = re.escape(words)
        text = re.sub(rf"^(?:{date}),? (.)", lambda found: found[1].upper(), text, flags=re.IGNORECASE)
        text = re.sub(rf",? {date}$", "", text)
    return text


def _phrases(when: Edtf) -> Iterator[str]:
    """Yield phrases for a date, as statements have them: `in 2004`, `on 2 July 2007`, `between 2001 and 2021`."""
    if when.members:
        *others, last = (str(each.year) for each in when.members)
        yield f"in {', '.join(others)} and {last}"
    elif when.start and when.end and when.is_span:
        first, last = str(when.start.year), str(when.end.year)
        yield from (f"between {first} and {last}", f"from {first} to {last}")
    elif when.start and when.end:
        about = ("in about", "around") if when.start.approximate else ()
        yield from (f"{word} {Moment(*when.start[:3]).words}" for word in (*about, "in", "on"))
    elif when.start:
        yield f"since {Moment(*when.start[:3]).words}"
