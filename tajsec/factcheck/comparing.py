"""Compare the claims of a sentence with the facts that bear on it.

What is said is evidence, no verdict. Facts are found by `search` with the words of the sentence, and by how many of
its words they have (`bearing`); a claim is compared with the figures and dates of those that count or date the same
thing. Where that is not sure, the claim is `not-covered`: no right sentence may be called different.

The constants were measured on the sentences of `tests/factcheck/drafts`, whose test holds the rates that they reach.
"""

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from tajsec.check.aspects import PERIOD_OF_RATE, FigureInContext
from tajsec.factcheck.bearing import Bearing
from tajsec.factcheck.claims import Claims, DateClaim, FigureClaim, content_stems
from tajsec.factcheck.dates_match import fits, fits_in_part, includes, is_within
from tajsec.factcheck.denial import affirmed, denies, may_be_earlier, negates, negates_at, negates_plainly
from tajsec.factcheck.known import KnownDate, KnownFact, KnownFigure, Synonyms, known_fact, synonyms
from tajsec.factcheck.marks import newest
from tajsec.factcheck.rounding import Standing, standing
from tajsec.model.kinds import DIFFERENCES
from tajsec.model.mentions import Names
from tajsec.model.protocol import SearchableStore
from tajsec.model.records import Fact, Relation
from tajsec.model.selection import EVERYTHING, Selection
from tajsec.model.vocabulary import Vocabulary
from tajsec.search.answer import search
from tajsec.search.scoring import MAX_QUERY
from tajsec.text.words import STOP_WORDS, stems

Flag = Literal["agrees", "rounds", "outdated", "unknown", "differs", "beside", "not-covered"]

Kind = Literal["figure", "date", "statement", "name", "mark"]

CANDIDATES = 8
"""Facts of each search that are compared: in the sentences of the tests the right one is among the first four."""

MOST_PARTS = 5
"""Clauses and figures of a sentence that are searched for by themselves: bounds the time for a list of numbers."""

LEAST = 0.4
"""The strength from which a fact can agree with a date. At 0.3 a sentence on another matter agreed by its year."""

LEAST_FIGURE = 0.3
"""The same for a figure, whose value and unit say more than a year does."""

LEAST_NAMING = 0.5
"""The same for a sentence without a figure or date: with less, most of it is on something else."""

SURE, SURE_DATE = 0.62, 0.68
"""The strength from which a figure, or a date, that is another one differs: 0.1 less, and right sentences differ."""

NEAR_BEST = 0.55
"""Facts below this share of the strongest are not compared: they speak of something else."""

SUPPORT = 0.2
"""What each other figure of the sentence adds to the strength of a fact that has it too, and what a citation adds."""

SAME_THING = 0.35
"""The share of the words for what a sum pays for that a sentence must have, so that another sum differs."""

LEAST_NAMED = 3
"""The names and words that a sentence must have, so that it differs; "the army has 9,000 soldiers" may say anything."""

SURE_DENIAL = 0.65
"""The strength from which a clause with a negation denies a fact."""

SURE_OUTDATED = 0.4
"""The strength from which a sentence says what a superseded fact said; the tests of its tense do the rest."""

EVENT_MARGIN = 0.05
"""How much stronger a fact on how something was must be than one on an event, to date the event."""

MOST_OUTDATED = 8
"""Facts that a sentence may say of the present although they are past; in a large store many speak of the same."""

MOST_DENIED = 3
"""Facts that a sentence may deny: of those further off it denies something else."""

SHOWN = 3
"""Facts shown beside a claim that agrees with several."""

_OF_ANY_SUM = frozenset(stems("cost value total together amount u s us usd bucks dollars"))
"""Words for what a sum pays for that every sum may have."""

_BEGUN = re.compile(
    r"(?<!\w)(?:launch|beg[au]n|start|establish|introduc|set up|join|found|first|enter|sign|creat|hook|link|connect"
    r"|since)",
    re.IGNORECASE,
)
"""Words for a beginning, which is at one time, while what began lasts."""

_PRESENT = re.compile(
    r"(?<!\w)(?:still|currently|at present|at the moment|today|now|nowadays|remains?|these days|so far|as yet)(?!\w)"
    r"|(?<!\w)(?:is|are) (?:(?:\w{1,20} ){0,2}(?:being|\w{1,20}ing)|(?:yet |\w{1,20}ly )?(?:to|under|planned|pending)"
    r"|in (?:\w{1,20} )?(?:preparation|development|planning))(?!\w)"
    r"|(?<!\w)(?:has|have) yet to(?!\w)|(?<!\w)(?:not|\w+n't) (?:\w{1,20} ){0,4}yet(?!\w)",
    re.IGNORECASE,
)
"""Words that say that something is so now, or still to come."""

_DELIBERATING = re.compile(
    r"(?<!\w)(?:consider|weigh|mull|ponder|contemplat|debat|discuss|whether|undecided|thinking|planning)", re.IGNORECASE
)
"""Words for something that is not decided."""


class Beside(NamedTuple):
    """A fact beside a claim, with its figure if the claim is one."""

    known: KnownFact
    standing: Standing
    strength: float
    """How much the sentence is about the fact, from 0 to 1; more, if its other figures are in the fact too."""
    figure: KnownFigure | None = None

    @property
    def fact(self) -> Fact:
        """The fact."""
        return self.known.fact


class Finding(NamedTuple):
    """A claim of a sentence, from `start` to `end` in it, beside the facts that bear on it, the nearest first."""

    start: int
    end: int
    kind: Kind
    flag: Flag
    beside: Sequence[Beside] = ()
    claim: FigureClaim | DateClaim | None = None
    newer: Sequence[KnownFact] = ()
    """The facts that supersede those that the claim agrees with."""
    partners: Sequence[KnownFact] = ()
    """The facts that differ from the first of `beside`, or contradict it."""


@functools.lru_cache(maxsize=1)
def _names_and_synonyms(vocabulary: Vocabulary) -> tuple[Names, Synonyms]:
    """Return the names that are looked for in a draft; kept for the next one, as they take 0.1 s."""
    kinds: tuple[Literal["actor", "place", "person"], ...] = ("actor", "place", "person")
    return Names(term for kind in kinds for term in vocabulary.of(kind).values()), synonyms(vocabulary)


class Comparer:
    """Compares sentences with the facts of a store."""

    def __init__(self, store: SearchableStore, selection: Selection = EVERYTHING) -> None:
        """Facts that are not of the selection are not compared."""
        self.store, self._selection = store, selection
        self._names, self._synonyms = _names_and_synonyms(store.vocabulary)
        self.bearing = Bearing(store)
        self._known: dict[int, KnownFact] = {}
        self.searched: dict[str, list[int]] = {}
        """The numbers of the facts that were found for each query so far."""

    def findings(self, text: str, marked: Iterable[str] = (), *, names: bool = False) -> list[Finding]:
        """Return what is to be said of a sentence, in order; `marked` are the ids of the facts that it cites.

        With `names`, a sentence without a claim that names an actor, a place or a person has a finding too.
        """
        claims = Claims(text, self._names)
        if not (claims.figures or claims.dates or claims.mentions):
            return []
        numbers = [*(self.store.number(each) for each in dict.fromkeys(marked)), *self._found(claims)]
        cited = frozenset(marked)
        sentence = _Sentence(self, claims, [self.read(each) for each in dict.fromkeys(numbers)], cited)
        found = sentence.findings() or (sentence.named() if names else [])
        return sorted(map(self._whole, found), key=lambda each: (each.start, each.end))

    def against(self, text: str, fact_id: str) -> list[Finding]:
        """Return what is to be said of a sentence beside one fact alone."""
        claims = Claims(text, self._names)
        return _Sentence(self, claims, [self.read(self.store.number(fact_id))]).findings()

    def share(self, text: str, known: KnownFact) -> float:
        """Return how much a sentence is about a fact, from 0 to 1; 0 if it is about others."""
        claims = Claims(text, self._names)
        return 0.0 if self.bearing.is_of_others(claims, known, claims) else self.bearing.coverage(claims, known)

    def read(self, number: int) -> KnownFact:
        """Return a fact of the store for comparison."""
        if number not in self._known:
            (fact,) = self.store.by_numbers([number])
            words = (
                "" if fact.withdrawn else self.store.documents([number])[0].text
            )  # what is withdrawn is not searched
            self._known[number] = known_fact(fact, words, self.store.vocabulary, self._names, self._synonyms)
        return self._known[number]

    def newer(self, known: KnownFact) -> list[KnownFact]:
        """Return the facts that supersede a fact."""
        return self._related(known, lambda each: each.kind == "supersedes", incoming_only=True)

    def newest(self, known: KnownFact) -> list[KnownFact]:
        """Return those of the facts that supersede a fact which are to be cited instead."""
        return [self.read(self.store.number(each)) for each in newest(self.store, known.fact.id)]

    def _related(
        self, known: KnownFact, is_meant: Callable[[Relation], bool], *, incoming_only: bool
    ) -> list[KnownFact]:
        incoming = [name for name, each in self.store.relations_to(known.fact.id) if is_meant(each)]
        outgoing = [each.to for each in known.fact.relations if is_meant(each) and not incoming_only]
        return [self.read(self.store.number(each)) for each in dict.fromkeys([*outgoing, *incoming])]

    def _differing(self, known: KnownFact) -> list[int]:
        """Return the numbers of the facts with other figures for the same: more exact, newer, contrary ones."""
        found = self._related(known, lambda each: each.kind in DIFFERENCES, incoming_only=False)
        return [self.store.number(each.fact.id) for each in found]

    def _whole(self, finding: Finding) -> Finding:
        """Return a finding with the facts that supersede or contradict those beside the claim."""
        if not finding.beside:
            return finding
        partners = self._related(
            finding.beside[0].known, lambda each: each.kind in ("differs", "contradicts"), incoming_only=False
        )
        newer = self.newest(finding.beside[0].known) if finding.flag == "outdated" else []
        return finding._replace(newer=newer, partners=partners)

    def _found(self, claims: Claims) -> list[int]:
        """Return the numbers of the facts that searches for the sentence and for parts of it find."""
        found: dict[int, None] = {}
        for query in dict.fromkeys(_queries(claims)):
            if query not in self.searched:
                answer = search(self.store, query, self._selection, limit=CANDIDATES, cut=False)
                self.searched[query] = [each.number for each in (*answer.matches, *answer.nearest)]
            found.update(dict.fromkeys(self.searched[query]))
        related = [other for each in found for other in self._differing(self.read(each))]
        return list(dict.fromkeys([*found, *related]))


def _queries(claims: Claims) -> Iterator[str]:
    """Yield the words of a sentence, of its clauses, and its names with each counted thing, as queries."""
    names = " ".join(dict.fromkeys(claims.text[each.start : each.end] for each in claims.mentions))
    counted = [f"{' '.join(each.context.words)} {names}" for each in claims.figures[:MOST_PARTS]]
    parts = [claims, *(each for _, each in claims.clauses[:MOST_PARTS])]
    for text in (*(each.without_figures for each in parts), *counted):
        words = [word for word in re.findall(r"[^\W_]+", text) if not any(map(str.isdigit, word))]
        query = " ".join(word for word in words if word.lower() not in STOP_WORDS and word not in ("OR", "NOT", "AND"))
        if query:
            yield query[:MAX_QUERY]


class _Sentence:
    """One sentence, with the facts that may bear on it."""

    def __init__(
        self, comparer: Comparer, claims: Claims, candidates: Iterable[KnownFact], cited: frozenset[str] = frozenset()
    ) -> None:
        self._cited = cited
        self._comparer, self._bearing, self._claims = comparer, comparer.bearing, claims
        self._parts = self._bearing.parts(claims)
        self._candidates = sorted(
            candidates,
            key=lambda each: (
                -self._bearing.coverage(claims, each),
                -self._bearing.share(each.statement_stems, claims),
                each.fact.id,
            ),
        )

    def findings(self) -> list[Finding]:
        """Return the findings for the figures, the dates and the sentence as a whole."""
        figures = [self._figure(each) for each in self._claims.figures]
        said = [
            each
            for each, claim in zip(figures, self._claims.figures, strict=True)
            if each.flag != "not-covered" or not claim.is_definite
        ]
        anchors = list({each.fact.id: each.known for one in said for each in one.beside}.values())
        counts = [
            each for each, claim in zip(figures, self._claims.figures, strict=True) if each in said or claim.is_count
        ]
        return [*said, *self._dates(counts, anchors), *self._statement(anchors)]

    def named(self) -> list[Finding]:
        """Return the finding for the names of a sentence: the facts that bear on it, of which nothing is claimed."""
        if not self._claims.mentions:
            return []
        first, claims = self._claims.mentions[0], self._claims
        facts = [each for each in self._candidates if not self._bearing.is_of_others(claims, each, claims)]
        covered = [(each, self._bearing.coverage(claims, each)) for each in facts]
        beside = [Beside(each, "other", share) for each, share in covered if share >= LEAST_NAMING]
        return [Finding(first.start, first.end, "name", "beside" if beside else "not-covered", beside[:SHOWN])]

    # ------------------------------------------------------------ figures

    def _figure(self, claim: FigureClaim) -> Finding:
        found = sorted(self._beside_figure(claim), key=lambda each: (-each.strength, _distance(claim, each)))
        least = max(LEAST_FIGURE, NEAR_BEST * found[0].strength) if found else 0
        for wanted in ("same", "rounds"):
            alike = [each for each in found if each.standing == wanted and each.strength >= least]
            if wanted == "rounds" or (alike and self._is_contested(claim, alike[0], found)):
                # a round number at another time is more often another one
                alike = [each for each in alike if self._may_be_of_time(each.known)]
            if alike:
                flag = self._flag_of_alike(alike) if wanted == "same" else "rounds"
                return Finding(claim.start, claim.end, "figure", flag, alike[:SHOWN], claim)
        others = [each for each in found if self._is_another(claim, each)]
        return Finding(claim.start, claim.end, "figure", "differs" if others else "not-covered", others[:1], claim)

    def _is_contested(self, claim: FigureClaim, alike: Beside, found: Sequence[Beside]) -> bool:
        """True if a fact that is nearer to the sentence than one with its figure has another figure for the same."""
        return any(each.strength > alike.strength and self._is_another(claim, each) for each in found)

    def _flag_of_alike(self, alike: Sequence[Beside]) -> Flag:
        """Return `outdated` if all the facts are superseded, or have an older one that is nearer to the sentence."""
        ids = {each.fact.id for each in alike}
        older = {new.fact.id: each.fact for each in alike for new in self._comparer.newer(each.known)}
        is_old = (
            any(not self._is_of_time_of(each.known, newer) for newer in self._comparer.newer(each.known))
            or (
                each.fact.id in older
                and older[each.fact.id].id in ids
                and self._is_nearer(older[each.fact.id], each.fact)
            )
            for each in alike
        )
        return "outdated" if all(is_old) else "agrees"

    def _is_of_time_of(self, known: KnownFact, newer: KnownFact) -> bool:
        """True if a sentence has the time of a fact on how something was, not that of a newer one: it was so then."""
        dates, times = self._claims.dates, [date for date in known.dates if date.is_as_of]
        if known.fact.status == "planned" or any(fits(each, date) for each in dates for date in newer.dates):
            return False
        return any(fits(each, date) for each in dates for date in times)

    def _is_nearer(self, one: Fact, other: Fact) -> bool:
        """True if a sentence has more pairs of words of one statement than of another: the older name of a thing."""
        mine, ones, others = (
            set(itertools.pairwise(stems(text))) for text in (self._claims.text, one.statement, other.statement)
        )
        return len(mine & ones) > len(mine & others)

    def _beside_figure(self, claim: FigureClaim) -> Iterator[Beside]:
        """Yield each figure of the facts that counts the same."""
        mine = claim.context.figure
        others = {each.context.figure.key for each in self._claims.figures if each is not claim}
        for known in self._of(claim):
            strength, own = self._strength(claim, known), self._bearing.coverage(self._part_at(claim.start), known)
            for figure in known.figures:
                if own < SURE and figure.key in others - {mine.key}:  # what the figure of another clause says
                    continue
                shared = sum(each.key in others for each in known.figures if each is not figure)
                if _counts_same(self._claims, claim, figure):
                    how = standing(
                        mine.value,
                        mine.qualifier,
                        figure.key[0],
                        figure.qualifier,
                        inclusive=claim.is_inclusive,
                        coarse=claim.is_coarse,
                    )
                    yield Beside(known, how, strength + SUPPORT * shared, figure)

    def _of(self, claim: FigureClaim | DateClaim) -> list[KnownFact]:
        """Return the facts that are not about others than the clause of a claim.

        A relative clause with a name is about what stands before it, whoever else the sentence names.
        """
        scope = sentence = self._claims.relative_at(claim.start)
        if not (sentence and scope and sentence.mentions):
            sentence, scope = self._claims, self._bearing.scope(self._claims, claim.start)
        return [each for each in self._candidates if not self._bearing.is_of_others(sentence, each, scope)]

    def _strength(self, claim: FigureClaim | DateClaim, known: KnownFact) -> float:
        """Return how much the sentence is about a fact at a claim; more, if it cites the fact."""
        is_cited = known.fact.id in self._cited
        return self._bearing.strength(self._claims, self._part_at(claim.start), known) + SUPPORT * is_cited

    def _part_at(self, place: int) -> Claims:
        return next(each for start, each in reversed(self._parts) if start <= place)

    def _is_another(self, claim: FigureClaim, beside: Beside) -> bool:
        """True if a figure of a fact is for the same thing and time, so that one of the two is not right."""
        if beside.standing != "other" or beside.strength < SURE or claim.is_small or claim.is_part:
            return False
        if not self._names_its_thing(claim) or self._names_a_stranger(claim):
            return False
        if not self._may_be_of_time(beside.known):
            return False
        if not claim.context.figure.unit:
            return True
        nouns = {stem for each in beside.known.figures for stem in each.named} - _OF_ANY_SUM
        return self._bearing.share(nouns, self._claims) >= SAME_THING

    def _may_be_of_time(self, known: KnownFact) -> bool:
        """True if one of the dates of a sentence is one of a fact, or it has none."""
        dates = self._claims.dates
        return not dates or any(fits(each, date) for each in dates for date in known.dates)

    def _names_its_thing(self, claim: FigureClaim) -> bool:
        """True if a figure has a unit or noun, and its sentence enough besides; a date is one more thing in common."""
        context = claim.context
        is_named = bool(context.figure.unit or context.measure or content_stems(" ".join(context.words)))
        least = LEAST_NAMED - bool(self._claims.dates)
        return (is_named or _counts_times(context)) and self._bearing.is_enough(self._claims, least)

    def _names_a_stranger(self, claim: FigureClaim | DateClaim) -> bool:
        """True if the clause of a claim has a name that nothing here has: another programme of the same giver."""
        return self._bearing.names_a_stranger(self._bearing.scope(self._claims, claim.start))

    # ------------------------------------------------------------ dates

    def _dates(self, figures: Sequence[Finding], anchors: Sequence[KnownFact]) -> list[Finding]:
        """Return a finding for each date; `anchors` are the facts beside the figures, whose dates they must be."""
        if figures and not anchors:  # what the sentence says is not covered, so a date of it says nothing
            return [Finding(each.start, each.end, "date", "not-covered", claim=each) for each in self._claims.dates]
        near = [self._near(claim, figures, anchors) for claim in self._claims.dates]
        agreeing = [
            self._agreeing(claim, each, of_figures=bool(anchors))
            for claim, each in zip(self._claims.dates, near, strict=True)
        ]
        agreed = {each.fact.id for found in agreeing for each in found}
        return [
            Finding(claim.start, claim.end, "date", "agrees", found[:SHOWN], claim)
            if found
            else self._other_date(claim, each, agreed, of_figures=bool(anchors))
            for claim, each, found in zip(self._claims.dates, near, agreeing, strict=True)
        ]

    def _near(self, claim: DateClaim, figures: Sequence[Finding], anchors: Sequence[KnownFact]) -> list[Beside]:
        """Return the facts whose dates a date is compared with, the strongest first: if it has any, its figures'."""
        if anchors and not self._is_apart(claim, figures):
            beside = [one for each in figures for one in each.beside]
            return [Beside(each, "other", max(one.strength for one in beside if one.known is each)) for each in anchors]
        found = [Beside(each, "other", self._strength(claim, each)) for each in self._of(claim)]
        found.sort(key=lambda each: (-each.strength, -self._bearing.share(each.known.statement_stems, self._claims)))
        return [each for each in found if each.strength >= max(LEAST, NEAR_BEST * found[0].strength)]

    def _is_apart(self, claim: DateClaim, figures: Sequence[Finding]) -> bool:
        """True if a date is in a side of the sentence that says something of its own, without a figure."""
        side = self._claims.side_at(claim.start)
        is_shared = any(self._claims.side_at(each.start) is side for each in figures)
        return not is_shared and self._bearing.is_enough(side)

    def _agreeing(self, claim: DateClaim, near: Sequence[Beside], *, of_figures: bool) -> list[Beside]:
        """Return the facts that have a date; a fact on how something was then is no evidence on when it happened."""
        found = [each for each in near if any(_says_time(claim, each.known, date) for date in each.known.dates)]
        events = [each.strength for each in near if each.fact.when and each not in found]
        is_state = bool(found) and not any(each.fact.when for each in found)
        if is_state and events and not of_figures and max(events) >= found[0].strength - EVENT_MARGIN:
            return []
        return [each._replace(standing="same") for each in found]

    def _other_date(self, claim: DateClaim, near: Sequence[Beside], agreed: set[str], *, of_figures: bool) -> Finding:
        """Return the finding for a date that no fact has: `differs` beside a fact of the event at another time."""
        having = [
            each.strength for each in near if any(_says_time(claim, each.known, date) for date in each.known.dates)
        ]
        for each in near if not self._names_a_stranger(claim) else []:
            if each.strength < SURE_DATE or not (of_figures or each.fact.when):
                continue
            if having and max(having) >= each.strength and not _BEGUN.search(self._claims.text):  # so it was then
                break
            left = [date for date in each.known.dates if not (date.is_as_of and each.fact.when)]
            if each.fact.id in agreed:
                left = [date for date in left if not any(fits(other, date) for other in self._claims.dates)]
            if self._may_be_right(claim, left, of_figures=of_figures):
                break
            if left:
                return Finding(claim.start, claim.end, "date", "differs", [each], claim)
        return Finding(claim.start, claim.end, "date", "not-covered", claim=claim)

    def _may_be_right(self, claim: DateClaim, dates: Sequence[KnownDate], *, of_figures: bool) -> bool:
        """True for a date that may be right too: of another event, of two years, around those of a fact or in them.

        What was "not before 2002" may have been in any later year.
        """
        if claim.is_of_event or any(fits_in_part(claim, date) for date in dates):
            return True
        if negates_at(self._claims.text, claim.start):
            return True
        if claim.bound in ("in", "since") and negates_plainly(self._claims.side_at(claim.start).text):
            return True
        if claim.bound != "in":
            return claim.bound in ("until", "by") and negates(self._claims.text)
        if any(includes(claim, date) for date in dates):
            return True
        return not of_figures and not _BEGUN.search(self._claims.text) and any(is_within(claim, each) for each in dates)

    # ------------------------------------------------------------ the sentence as a whole

    def _statement(self, anchors: Sequence[KnownFact]) -> list[Finding]:
        """Return the finding for a sentence that denies a fact, or says of the present what is past; else none.

        A sentence whose figures are those of some facts (`anchors`) denies none but these.
        """
        end = len(self._claims.text)
        claims = self._claims.without_contrast
        candidates = [each for each in self._candidates if not self._bearing.is_of_others(claims, each, claims)]
        for known in [each for each in candidates if each in anchors or not anchors][:MOST_DENIED]:
            if self._bearing.coverage(claims, known) >= SURE_DENIAL and negates_plainly(known.fact.statement):
                break  # the sentence says what this fact says, which denies something itself
            if self._is_denied(known):
                return [Finding(0, end, "statement", "differs", [Beside(known, "other", 1.0)])]
        for known in candidates[:MOST_OUTDATED]:
            if self._is_outdated(known):
                return [Finding(0, end, "statement", "outdated", [Beside(known, "same", 1.0)])]
        return []

    def _is_denied(self, known: KnownFact) -> bool:
        if not self._may_be_of_time(known):
            return False
        main = [each for _, each in self._bearing.parts(self._claims.without_contrast)]
        clauses = [*main, *(each for _, each in self._claims.relatives if not may_be_earlier(each.text))]
        return any(
            denies(each, known) and self._bearing.coverage(said, known) >= SURE_DENIAL
            for each, said in ((each, each.said(affirmed)) for each in clauses)
            if self._bearing.is_enough(said) and not self._bearing.is_of_others(each, known, each)
        )

    def _is_outdated(self, known: KnownFact) -> bool:
        text, dates = self._claims.text, self._claims.dates
        if not _PRESENT.search(text) or any(fits(each, date) for each in dates for date in known.dates):
            return False
        if any(each.bound == "until" for each in dates):  # what "still" was so until then
            return False
        return any(
            max(self._bearing.coverage(self._claims, each) for each in (known, newer)) >= SURE_OUTDATED
            and _is_past(text, known.fact, newer.fact)
            for newer in self._comparer.newer(known)
        )


def _is_past(text: str, known: Fact, newer: Fact) -> bool:
    """True if what a fact says to go on is completed by a newer one, or what it says to be considered is being done."""
    if newer.status == "completed":
        return known.status != "completed"
    return bool(_DELIBERATING.search(text)) and not _DELIBERATING.search(newer.statement)


def _distance(claim: FigureClaim, beside: Beside) -> float:
    """Return how far a figure is from that of a fact: of two facts the one with the nearer value is meant."""
    known = beside.figure.key[0] if beside.figure else 0.0
    return abs(claim.context.figure.value - known)


def _says_time(claim: DateClaim, known: KnownFact, date: KnownDate) -> bool:
    """True if a date fits; if a fact has a `when`, its `as_of` is no evidence on how long something was so."""
    if date.is_as_of and known.fact.when and (claim.bound != "in" or claim.is_long):
        return False
    return fits(claim, date)


def _counts_times(context: FigureInContext) -> bool:
    """True for "twice" and for "six times"."""
    return context.figure.form == "times" or context.words[:1] == ["times"]


def _is_of_another_period(claim: FigureClaim, figure: KnownFigure) -> bool:
    """True for a rate beside one of another period, or beside a total; a figure without a rate may be of any."""
    rate = claim.context.rate
    return bool(rate and figure.quantity) and PERIOD_OF_RATE.get(rate) != figure.period


def _counts_same(claims: Claims, claim: FigureClaim, figure: KnownFigure) -> bool:
    """True if two figures may count the same: by unit, measure and form, and for counts by a noun."""
    context = claim.context
    if _counts_times(context):
        return figure.form == "times" and not claims.stems.isdisjoint(figure.heads)
    if (context.figure.unit, context.measure) != (figure.key[1], figure.measure):
        return False
    if _is_of_another_period(claim, figure) or (context.figure.form == "ordinal") != (figure.form == "ordinal"):
        return False
    nouns = content_stems(" ".join(claim.nouns))
    if context.figure.unit or context.measure or not (nouns or figure.nouns):
        return True
    nouns = nouns or claims.stems
    own = stems(context.words[-1]) if context.words else []
    if nouns == figure.named or not figure.heads.isdisjoint({*nouns, *own}):
        return True
    return len(nouns & figure.things) > 1 or not figure.things.isdisjoint(own)
