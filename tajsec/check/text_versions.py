"""Compare another version of a text with the sealed one, passage by passage.

1. Passages that are the same or have moved are found by the digests in the source record.
2. If the sealed text is given, other passages are paired by the word pairs that they share: one passage is the changed
   form of another if it contains enough of its word pairs (A. Broder, "On the resemblance and containment of
   documents", 1997). This also finds passages that were split or joined. Words are compared by
   `difflib.SequenceMatcher`.
3. Without the sealed text only the quotes are known: a passage that has enough of a quote's words in order is the
   changed form of the passage that was quoted.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, product
from typing import NamedTuple

from tajsec.check.quotes import flaw
from tajsec.model.kinds import ChangeKind
from tajsec.model.records import Source
from tajsec.text.forms import digest

LEAST_SHARED = 0.6
"""Share of the smaller passage's word pairs that two passages must have in common to be paired.

Set with the two versions of NATO's page in tests/check/test_text_versions.py.
"""
LEAST_QUOTED = 0.5
"""Share of a quote's words that a passage must have, in order, to be taken for the quoted one: at least half."""
_SLACK = 3
"""Words compared before and after the place of a quote, because the changed text may have a few more words."""


class WordChange(NamedTuple):
    """Consecutive words and their replacement; `was` is "" for added words, `now` is "" for removed ones."""

    was: str
    now: str


class PassageChange(NamedTuple):
    """How one sealed passage changed."""

    n: int
    kind: ChangeKind
    now: tuple[int, ...] = ()
    """The numbers of the corresponding passages of the other text."""
    words: tuple[WordChange, ...] = ()
    is_whole: bool = True
    """True if `words` has every change of the passage, False if only those of its quotes."""


def compare(
    source: Source, lines: Sequence[str], *, sealed: Sequence[str] | None, quotes: Mapping[int, Sequence[str]]
) -> list[PassageChange]:
    """Return the change of each passage of a source, in order.

    `lines` are the normalised passages of the text, `sealed` those of the sealed text if it is at hand, and `quotes`
    the quotes by the number of their passage.
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
    """Return the numbers of the passages of the other text that correspond to no sealed passage."""
    known = {n for change in changes for n in change.now}
    return [n for n in range(1, len(lines) + 1) if n not in known]


def _by_digest(source: Source, lines: Sequence[str]) -> dict[int, PassageChange]:
    """Pair passages of equal digest: "same" for the longest series in rising order, "moved" for the others."""
    numbers = defaultdict[str, list[int]](list)
    for n, line in enumerate(lines, 1):
        numbers[digest(line)].append(n)
    pairs = [(p.n, numbers[p.sha256].pop(0)) for p in source.passages if numbers.get(p.sha256)]
    kept = _longest_rising([now for _, now in pairs])
    return {n: PassageChange(n=n, kind="same" if now in kept else "moved", now=(now,)) for n, now in pairs}


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the numbers of the longest rising subsequence (patience sorting, Schensted 1961)."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tops, number)
        before[number] = tops[place - 1] if place else None
        tops[place : place + 1] = [number]
    chain: set[int] = set()
    last = tops[-1] if tops else None
    while last is not None:
        chain.add(last)
        last = before[last]
    return chain


# ---------------------------------------------------------------- changed passages, with the sealed text


def _by_words(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, PassageChange]:
    links = _links(old, new)
    changes: dict[int, PassageChange] = {}
    for olds, news in _groups(links):
        for n, words in _word_changes({n: old[n] for n in olds}, [new[n] for n in news]).items():
            now = tuple(now for now in news if (n, now) in links)
            changes[n] = PassageChange(n=n, kind="changed", now=now, words=tuple(words))
    return changes


def _links(old: Mapping[int, str], new: Mapping[int, str]) -> set[tuple[int, int]]:
    """Return the pairs (old passage, new passage) that share enough word pairs, starting with those that share most.

    A word pair is counted for one link only.
    """
    left, free = ({n: _pairs(text) for n, text in side.items()} for side in (old, new))
    sizes, free_sizes = ({n: pairs.total() for n, pairs in side.items()} for side in (left, free))
    passages = defaultdict[tuple[str, ...], list[int]](list)
    for n, pairs in left.items():
        for pair in pairs:
            passages[pair].append(n)
    shared = Counter((before, now) for now, pairs in free.items() for pair in pairs for before in passages[pair])
    links: set[tuple[int, int]] = set()
    for before, now in sorted(shared, key=lambda link: (-shared[link], abs(link[0] - link[1]), link)):
        common = left[before] & free[now]
        if common.total() >= LEAST_SHARED * min(sizes[before], free_sizes[now]):
            links.add((before, now))
            left[before] -= common
            free[now] -= common
    return links


def _pairs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(pairwise(words)) if len(words) > 1 else Counter([tuple(words)])


def _groups(links: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Return the groups of old and new passages that are linked directly or through others.

    A split passage is in one group with its parts, and a joined one with the passages it was joined from.
    """
    groups: list[tuple[set[int], set[int]]] = []
    for before, now in sorted(links):
        linked = [group for group in groups if before in group[0] or now in group[1]]
        groups = [group for group in groups if group not in linked]
        groups.append(({before}.union(*(olds for olds, _ in linked)), {now}.union(*(news for _, news in linked))))
    return [(sorted(olds), sorted(news)) for olds, news in groups]


def _word_changes(old: Mapping[int, str], new: Sequence[str]) -> dict[int, list[WordChange]]:
    """Compare the words of linked passages; a change is listed under the old passage in which it begins."""
    numbers = [n for n, text in old.items() for _ in text.split()]
    changes: dict[int, list[WordChange]] = {n: [] for n in old}
    words, other = " ".join(old.values()).split(), " ".join(new).split()
    for start, change in _replaced(words, other):
        changes[numbers[min(start, len(numbers) - 1)]].append(change)
    return changes


def _replaced(
    words: Sequence[str], other: Sequence[str], key: Callable[[str], str] = str
) -> Iterator[tuple[int, WordChange]]:
    """Yield the changes from `words` to `other`, each with its offset in `words`; words of equal `key` are the same."""
    for what, a, b, c, d in _matcher(list(map(key, words)), list(map(key, other))).get_opcodes():
        if what != "equal":
            yield a, WordChange(was=" ".join(words[a:b]), now=" ".join(other[c:d]))


def _matcher(words: Sequence[str], other: Sequence[str]) -> SequenceMatcher[str]:
    # autojunk=False: otherwise words that are frequent in a long passage are ignored
    return SequenceMatcher(None, words, other, autojunk=False)


# ---------------------------------------------------------------- changed passages, with the quotes alone


def _by_quotes(
    left: Sequence[int], new: Mapping[int, str], quotes: Mapping[int, Sequence[str]]
) -> dict[int, PassageChange]:
    """Pair each old passage with the new ones that have its quotes, best first; a new passage is paired once."""
    word_sets = {now: frozenset(map(_bare, text.split())) for now, text in new.items()}
    found = {
        (n, now): shares
        for n, now in product(left, new)
        if (shares := _shares([quote for quote in quotes.get(n, ()) if _may_have(word_sets[now], quote)], new[now]))
    }
    ranked = sorted(found, key=lambda pair: (-sum(found[pair].values()), abs(pair[0] - pair[1]), pair))
    paired = defaultdict[int, list[int]](list)
    placed = defaultdict[int, set[str]](set)
    free = set(new)
    for n, now in ranked:
        fresh = set(found[n, now]) - placed[n]
        if now in free and fresh:
            free.remove(now)
            paired[n].append(now)
            placed[n] |= fresh
    return {n: _by_its_quotes(n, sorted(nows), new, quotes[n]) for n, nows in paired.items()}


def _may_have(passage_words: frozenset[str], quote: str) -> bool:
    """True if enough words of a quote are in a passage, in any order: a fast test before `_stretch`."""
    words = quote.split()
    return sum(_bare(word) in passage_words for word in words) >= LEAST_QUOTED * len(words)


def _shares(quotes: Sequence[str], passage: str) -> dict[str, float]:
    """Return the quotes with at least `LEAST_QUOTED` of their words in a passage, in order, each with that share."""
    shares = {quote: _stretch(quote, passage)[0] for quote in quotes}
    return {quote: share for quote, share in shares.items() if share >= LEAST_QUOTED}


def _by_its_quotes(n: int, nows: Sequence[int], new: Mapping[int, str], quotes: Sequence[str]) -> PassageChange:
    words: list[WordChange] = []
    for quote in dict.fromkeys(quotes):
        share, found = max((_stretch(quote, new[now]) for now in nows), key=lambda each: each[0])
        words += found if share >= LEAST_QUOTED else [WordChange(was=quote, now="")]
    return PassageChange(n=n, kind="changed", now=tuple(nows), words=tuple(dict.fromkeys(words)), is_whole=False)


def _stretch(quote: str, passage: str) -> tuple[float, list[WordChange]]:
    """Find the stretch of a passage most like a quote; return the share of the quote's words in it, and the changes."""
    if flaw(quote, passage) is None:
        return 1.0, []
    words, text = quote.split(), passage.split()
    keys = [_bare(word) for word in words]
    longest = _matcher(keys, list(map(_bare, text))).find_longest_match()
    if not longest.size:
        return 0.0, []
    start = max(0, longest.b - longest.a - _SLACK)
    near = text[start : longest.b - longest.a + len(words) + _SLACK]
    blocks = _matcher(keys, list(map(_bare, near))).get_matching_blocks()[:-1]
    first, last = blocks[0], blocks[-1]
    begin, end = max(0, first.b - first.a), last.b + len(words) - last.a
    changes = [change for _, change in _replaced(words, near[begin:end], _bare)]
    return sum(block.size for block in blocks) / len(words), changes


def _bare(word: str) -> str:
    """Return a word without punctuation at its ends, because a quote may begin or end next to it."""
    return word.strip(".,;:!?“”‘’\"'()[]")
