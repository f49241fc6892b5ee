"""What became of a sealed document in another version of its text, passage by passage.

A sealed passage is known by its digest, so that the same and the moved ones are certain. What a changed passage said is
known as far as it is quoted, and word by word if the sealed text itself is at hand. Passages are paired by the words
that they share (the containment of their word pairs, A. Broder, "On the resemblance and containment of documents",
1997), so that one that was split or joined is followed too; words are compared by `difflib.SequenceMatcher`.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, product

from tajsec.check.quotes import flaw
from tajsec.model.kinds import ChangeKind
from tajsec.model.records import Source
from tajsec.text.forms import digest

LEAST_SHARED = 0.6
"""Share of the word pairs of the smaller of two passages from which they are taken for one passage that changed."""


LEAST_QUOTED = 0.5
"""Share of a quote's words that a passage must hold, in order, to be taken for the passage that was quoted."""


_SLACK = 3
"""Words by which the stretch that is compared with a quote may begin before it and end behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """Words that stood in a row and the words that stand there now; one of the two may be empty."""

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageChange:
    """What became of one sealed passage."""

    n: int
    kind: ChangeKind
    now: tuple[int, ...] = ()
    """The numbers of the passages of the other text in which it stands now."""
    words: tuple[WordChange, ...] = ()
    is_whole: bool = True
    """Whether `words` are all that changed; if not, they are those of the quotes."""


def compare(
    source: Source, lines: Sequence[str], *, sealed: Sequence[str] | None, quotes: Mapping[int, Sequence[str]]
) -> list[PassageChange]:
    """Say of each passage of a source, in order, what became of it in a text.

    `lines` are the normalised passages of the text, `sealed` those of the text that the source seals, if it is at hand,
    and `quotes` the quotes by the number of their passage.
    """
    found = _by_digest(source, lines)
    left = [passage.n for passage in source.passages if passage.n not in found]
    free = [n for n in range(1, len(lines) + 1) if n not in {now for change in found.values() for now in change.now}]
    if sealed is None:
        changed = _by_quotes(left, {n: lines[n - 1] for n in free}, quotes)
    else:
        changed = _by_words({n: sealed[n - 1] for n in left}, {n: lines[n - 1] for n in free})
    return [found.get(p.n) or changed.get(p.n) or PassageChange(n=p.n, kind="gone") for p in source.passages]


def added(changes: Iterable[PassageChange], lines: Sequence[str]) -> list[int]:
    """Give the numbers of the passages of the other text that no sealed passage became."""
    known = {n for change in changes for n in change.now}
    return [n for n in range(1, len(lines) + 1) if n not in known]


# ---------------------------------------------------------------- the same passages


def _by_digest(source: Source, lines: Sequence[str]) -> dict[int, PassageChange]:
    """Pair passages of equal digest; those out of the order of the others have moved."""
    where = defaultdict[str, list[int]](list)
    for n, line in enumerate(lines, 1):
        where[digest(line)].append(n)
    pairs = [(p.n, where[p.sha256].pop(0)) for p in source.passages if where.get(p.sha256)]
    kept = set(_longest_rise([now for _, now in pairs]))
    return {n: PassageChange(n=n, kind="same" if now in kept else "moved", now=(now,)) for n, now in pairs}


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Give the longest rising subsequence (patience sorting, Schensted 1961)."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tops, number)
        before[number] = tops[place - 1] if place else None
        tops[place : place + 1] = [number]
    chain: list[int] = []
    last = tops[-1] if tops else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


# ---------------------------------------------------------------- changed passages, the sealed text at hand


def _by_words(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, PassageChange]:
    links = _links(old, new)
    changes: dict[int, PassageChange] = {}
    for olds, news in _groups(links):
        changes.update(_diff({n: old[n] for n in olds}, {n: new[n] for n in news}))
    return {n: replace(change, now=_linked(links, n)) for n, change in changes.items()}


def _linked(links: Iterable[tuple[int, int]], n: int) -> tuple[int, ...]:
    return tuple(sorted(now for before, now in links if before == n))


def _links(old: Mapping[int, str], new: Mapping[int, str]) -> set[tuple[int, int]]:
    """Link passages that share enough word pairs, those that share most first; a pair of words serves one link."""
    grams = {"old": {n: _pairs(text) for n, text in old.items()}, "new": {n: _pairs(text) for n, text in new.items()}}
    sizes = {side: {n: each.total() for n, each in of.items()} for side, of in grams.items()}

    holders = defaultdict[tuple[str, ...], list[int]](list)
    for n, pairs in grams["old"].items():
        for pair in pairs:
            holders[pair].append(n)
    shared = Counter((before, now) for now, pairs in grams["new"].items() for pair in pairs for before in holders[pair])

    links: set[tuple[int, int]] = set()
    for before, now in sorted(shared, key=lambda link: (-shared[link], abs(link[0] - link[1]), link)):
        common = grams["old"][before] & grams["new"][now]
        if common.total() >= LEAST_SHARED * min(sizes["old"][before], sizes["new"][now]):
            links.add((before, now))
            grams["old"][before] -= common
            grams["new"][now] -= common
    return links


def _pairs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(pairwise(words)) if len(words) > 1 else Counter([tuple(words)])


def _groups(links: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Give the passages that hang together: one that was split, several that were joined."""
    groups: list[tuple[set[int], set[int]]] = []
    for before, now in sorted(links):
        mine = [group for group in groups if before in group[0] or now in group[1]]
        groups = [group for group in groups if group not in mine]
        groups.append(({before}.union(*(a for a, _ in mine)), {now}.union(*(b for _, b in mine))))
    return [(sorted(olds), sorted(news)) for olds, news in groups]


def _diff(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, PassageChange]:
    """Compare the words of passages that hang together; each change belongs to the old passage in which it lies."""
    owner = [n for n, text in old.items() for _ in text.split()]
    before = [word for text in old.values() for word in text.split()]
    now = [word for text in new.values() for word in text.split()]
    changes = defaultdict[int, list[WordChange]](list)
    for what, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if what != "equal":
            change = WordChange(was=" ".join(before[a:b]), now=" ".join(now[c:d]))
            changes[owner[min(a, len(owner) - 1)]].append(change)
    return {n: PassageChange(n=n, kind="changed", words=tuple(changes[n])) for n in old}


# ---------------------------------------------------------------- changed passages, known by their quotes alone


def _by_quotes(
    left: Sequence[int], new: Mapping[int, str], quotes: Mapping[int, Sequence[str]]
) -> dict[int, PassageChange]:
    """Pair passages by the quotes that they hold, best first: each passage of the text is taken once."""
    bags = {now: frozenset(map(_bare, text.split())) for now, text in new.items()}
    found = {
        (n, now): held
        for n, now in product(left, new)
        if (held := _held([quote for quote in quotes.get(n, ()) if _may_hold(quote, bags[now])], new[now]))
    }
    ranked = sorted(found, key=lambda pair: (-sum(found[pair].values()), abs(pair[0] - pair[1]), pair))
    homes = defaultdict[int, list[int]](list)
    placed = defaultdict[int, set[str]](set)
    free = set(new)
    for n, now in ranked:
        fresh = set(found[n, now]) - placed[n]
        if now in free and fresh:
            free.remove(now)
            homes[n].append(now)
            placed[n] |= fresh
    return {n: _by_its_quotes(n, sorted(nows), new, quotes[n]) for n, nows in homes.items()}


def _may_hold(quote: str, bag: frozenset[str]) -> bool:
    """Tell at little cost whether a passage of these words can hold enough of a quote."""
    words = quote.split()
    return sum(_bare(word) in bag for word in words) >= LEAST_QUOTED * len(words)


def _held(quotes: Sequence[str], passage: str) -> dict[str, float]:
    """Give the quotes of which a passage holds enough, each with the share of its words that stand there in order."""
    shares = {quote: _stretch(quote, passage)[0] for quote in quotes}
    return {quote: share for quote, share in shares.items() if share >= LEAST_QUOTED}


def _by_its_quotes(n: int, homes: Sequence[int], new: Mapping[int, str], quotes: Sequence[str]) -> PassageChange:
    words: list[WordChange] = []
    for quote in dict.fromkeys(quotes):
        share, found = max((_stretch(quote, new[home]) for home in homes), key=lambda each: each[0])
        words += found if share >= LEAST_QUOTED else [WordChange(was=quote, now="")]
    return PassageChange(n=n, kind="changed", now=tuple(homes), words=tuple(dict.fromkeys(words)), is_whole=False)


def _stretch(quote: str, passage: str) -> tuple[float, list[WordChange]]:
    """Give the share of a quote's words that stand in order in the best stretch of a passage, and what differs."""
    if flaw(quote, passage) is None:
        return 1.0, []
    words, text = quote.split(), passage.split()
    keys = [_bare(word) for word in words]
    longest = SequenceMatcher(None, keys, list(map(_bare, text)), autojunk=False).find_longest_match()
    if not longest.size:
        return 0.0, []
    start = max(0, longest.b - longest.a - _SLACK)
    near = text[start : longest.b - longest.a + len(words) + _SLACK]
    blocks = SequenceMatcher(None, keys, list(map(_bare, near)), autojunk=False).get_matching_blocks()[:-1]
    first, last = blocks[0], blocks[-1]
    begin, end = max(0, first.b - first.a), last.b + len(words) - last.a
    near = near[begin:end]
    matcher = SequenceMatcher(None, keys, list(map(_bare, near)), autojunk=False)
    changes = [
        WordChange(was=" ".join(words[a:b]), now=" ".join(near[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]
    return sum(block.size for block in blocks) / len(words), changes


def _bare(word: str) -> str:
    """Give a word without the punctuation of its sentence: a quote may end beside it."""
    return word.strip(".,;:!?“”‘’\"'()[]")
