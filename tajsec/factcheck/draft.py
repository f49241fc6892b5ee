"""Check a draft: its figures, dates and denials beside the facts that bear on them, and the facts that it cites.

The draft is a stranger's: its length is bounded, and so is the number of its sentences that are compared.
"""

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tajsec.errors import UnknownName, UsageError
from tajsec.factcheck.claims import DateClaim, FigureClaim
from tajsec.factcheck.comparing import Beside, Comparer, Finding, Flag, Kind
from tajsec.factcheck.known import KnownFact
from tajsec.factcheck.marks import Mark, is_ours, marks, state_of
from tajsec.model.protocol import SearchableStore
from tajsec.model.records import Fact
from tajsec.model.selection import EVERYTHING, Selection
from tajsec.text.figures import QUALIFIER_WORDS
from tajsec.text.numbers import any_of
from tajsec.text.sentences import Paragraph, Sentence, paragraphs

MAX_TEXT = 5 * 2**20
"""Characters of a draft: a book of a thousand pages has three million."""

MAX_SEARCHES = 15_000
"""Sentences and parts of them that are searched for: about those of a book of five hundred pages.

Measured on variants of the sentences of the tests: 61 seconds of one core, 93 MB. Five million characters of them would
need seven times as many, so that a draft of that length is read only if most of it names nobody and claims nothing.
"""

MAX_FINDINGS = 20_000
"""Figures, dates and citations of a draft that are compared: four times those of a book, in a quarter of a minute."""

FLAGS: Sequence[Flag] = ("differs", "unknown", "outdated", "rounds", "agrees", "beside", "not-covered")
"""What a finding says, in the order of how much it matters."""

LEAST_IN_COMMON = 0.4
"""How much a sentence without a figure of the fact that it cites must be about it, from 0 to 1, to be said to agree."""

_QUALIFIERS = re.compile(
    rf"(?<!\w)(?:{any_of(word for words in QUALIFIER_WORDS.values() for word in words)})\s?$", re.IGNORECASE
)

_MAY_CLAIM = re.compile(r"\d|[^\W\d_]{2}")
"""What a sentence without a claim has not: a digit or a word."""


class Said(NamedTuple):
    """A finding, with its place in the draft: `line` and `column` from 1, `start` and `end` as offsets."""

    line: int
    column: int
    start: int
    end: int
    text: str
    """The words of the draft."""
    sentence: str
    kind: Kind
    flag: Flag
    why: str
    """Of a mark what became of its fact, and of a claim what is to be said beside the values; "" for nothing."""
    beside: Sequence[Beside]
    newer: Sequence[KnownFact]
    partners: Sequence[KnownFact]
    claim: FigureClaim | DateClaim | None
    cited: str | None = None
    """The id of a mark."""


def check_draft(
    store: SearchableStore,
    text: str,
    *,
    wrapped: bool,
    selection: Selection = EVERYTHING,
    older: Mapping[str, Fact] | None = None,
    names: bool = False,
) -> list[Said]:
    """Return what is to be said of a draft, in its order.

    `wrapped` is True for plain text and Markdown (`text.sentences`); `older` are the facts of an older store, with
    which those that are cited are compared. With `names`, sentences that name somebody or a place, and claim
    nothing that can be compared, have a finding too. Raises UsageError for a draft that is too long.
    """
    if len(text) > MAX_TEXT:
        raise UsageError(f"over {MAX_TEXT // 2**20} million characters; split it")
    said = _Draft(store, text, selection, older, names=names).said(wrapped=wrapped)
    found = list(itertools.islice(said, MAX_FINDINGS + 1))
    if len(found) > MAX_FINDINGS:
        raise UsageError(f"over {MAX_FINDINGS:,} figures, dates and citations; split it")
    return found


class _Draft:
    def __init__(
        self,
        store: SearchableStore,
        text: str,
        selection: Selection,
        older: Mapping[str, Fact] | None,
        *,
        names: bool,
    ) -> None:
        self._store, self._text, self._older, self._with_names = store, text, older, names
        self._comparer = Comparer(store, selection)
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def said(self, *, wrapped: bool) -> Iterator[Said]:
        for paragraph in paragraphs(self._text, wrapped=wrapped):
            cited = self._marks_by_sentence(paragraph)
            for n, sentence in enumerate(paragraph.sentences):
                if not _MAY_CLAIM.search(sentence.text):
                    continue
                if len(self._comparer.searched) > MAX_SEARCHES:
                    raise UsageError(f"over {MAX_SEARCHES:,} sentences and clauses to search for; split it")
                yield from self._of_sentence(sentence, cited.get(n, []))
            yield from (self._of_mark(each, None) for each in cited.get(-1, []))

    def _marks_by_sentence(self, paragraph: Paragraph) -> dict[int, list[Mark]]:
        """Return the marks of a paragraph by the number of the sentence that they are in or behind; -1 for none."""
        found: dict[int, list[Mark]] = {}
        starts = [each.start for each in paragraph.sentences]
        for mark in marks(self._text, paragraph.start, paragraph.end):
            if is_ours(self._store, mark):
                found.setdefault(bisect.bisect_right(starts, mark.start) - 1, []).append(mark)
        return found

    def _of_sentence(self, sentence: Sentence, cited: Sequence[Mark]) -> Iterator[Said]:
        known = [mark.id for mark in cited if self._is_citable(mark.id)]
        compared = self._comparer.findings(sentence.text, known, names=self._with_names and not cited)
        found = [self._of_claim(sentence, each) for each in compared]
        yield from sorted([*found, *(self._of_mark(each, sentence) for each in cited)], key=lambda each: each.start)

    def _is_citable(self, fact_id: str) -> bool:
        try:
            return not self._store.fact(fact_id).withdrawn
        except UnknownName:
            return False

    def _of_claim(self, sentence: Sentence, finding: Finding) -> Said:
        first, last = finding.start, finding.end
        if isinstance(finding.claim, FigureClaim):
            first, last = _with_words(sentence.text, finding.claim)
        return self._at(
            sentence.span(first, last),
            sentence.text[first:last],
            sentence.text,
            finding,
        )

    def _of_mark(self, mark: Mark, sentence: Sentence | None) -> Said:
        """Return what became of a cited fact, and whether the sentence agrees with it."""
        said = sentence.text if sentence else ""
        try:
            fact = self._store.fact(mark.id)
        except UnknownName as error:
            near = f"; similar: {', '.join(error.near)}" if error.near else ""
            finding, why = Finding(0, 0, "mark", "unknown"), f"no such fact{near}"
        else:
            state = state_of(self._store, fact, self._older)
            finding, why = self._beside_mark(said, fact), state.why
            flag: Flag = "differs" if state.is_wrong else "outdated" if state.is_old else finding.flag
            finding = finding._replace(flag=min(flag, finding.flag, key=FLAGS.index))
        return self._at((mark.start, mark.end), f"@{mark.id}", said, finding, why, mark.id)

    def _beside_mark(self, said: str, fact: Fact) -> Finding:
        """Return how a sentence stands to the fact that it cites."""
        known = self._comparer.read(self._store.number(fact.id))
        found = self._comparer.against(said, fact.id) if said and not fact.withdrawn else []
        flag: Flag = "not-covered"
        if any(each.beside for each in found):
            flag = _flag_of(found)
        elif said and self._comparer.share(said, known) >= LEAST_IN_COMMON:
            flag = "agrees"
        met = sorted(found, key=lambda each: each.flag != flag)
        beside = [one for each in met for one in each.beside] or [Beside(known, "other", 1.0)]
        return Finding(0, 0, "mark", flag, beside[:1], newer=self._comparer.newest(known))

    def _at(
        self, span: tuple[int, int], text: str, sentence: str, finding: Finding, why: str = "", cited: str | None = None
    ) -> Said:
        line = bisect.bisect_right(self._line_starts, span[0])
        return Said(
            line=line,
            column=span[0] - self._line_starts[line - 1] + 1,
            start=span[0],
            end=span[1],
            text=text,
            sentence=sentence,
            kind=finding.kind,
            flag=finding.flag,
            why=why,
            beside=finding.beside,
            newer=finding.newer,
            partners=finding.partners,
            claim=finding.claim,
            cited=cited,
        )


def _flag_of(found: Sequence[Finding]) -> Flag:
    """Return the flag of a sentence beside one fact.

    A figure of the fact is met if any figure of the sentence is the same, as the others may be of other facts.
    """
    by_figure: dict[object, list[Flag]] = {}
    for each in found:
        for one in each.beside:
            by_figure.setdefault(one.figure and one.figure.key, []).append(each.flag)
    best = (max(flags, key=FLAGS.index) for flags in by_figure.values())
    return min(best, key=FLAGS.index)


def _with_words(text: str, claim: FigureClaim) -> tuple[int, int]:
    """Return where a figure begins with its qualifier, and ends with the words for what it counts."""
    before = _QUALIFIERS.search(text, max(0, claim.start - 30), claim.start)
    end = claim.end
    if not claim.context.figure.unit:
        for word in claim.context.words:
            following = re.compile(rf"[^\w.;:!?]{{0,3}}{re.escape(word)}", re.IGNORECASE).match(text, end)
            end = following.end() if following else end
    return before.start() if before else claim.start, end
