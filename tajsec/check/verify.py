"""Check facts in three parts, which are reported separately: quote found, figures match, read by.

1. `quote_found`: each quote is a contiguous run of words of its passage (`check.quotes`), in a text whose passage has
   the sealed digest. This needs the text; without one, the reviews have the date and digest of the last time.
2. `figures_match`: the figures and dates of the fact are in its quotes (`check.figures_match`). This needs no text.
3. `read_by`: a reader compared the fact with its documents, and it has not changed since (`check.reviews`).

Beside these, the share of each text that the quotes hold is reported (`check.quoted_share`): it is no part of the
three, because it says nothing about a fact.

A check that could not be made counts as not run, never as passed. The codes of failed checks are in `check.codes`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, get_args

from tajsec.check.copies import Document
from tajsec.check.figures_match import RULES, Evidence
from tajsec.check.quoted_share import Share, is_limited, most_words
from tajsec.check.quotes import Flaw, flaw
from tajsec.check.reviews import LastChecked, last_checked, reviews_of
from tajsec.check.text_versions import PassageChange, added, compare
from tajsec.model.kinds import CITABLE_ROLES, Role
from tajsec.model.records import Cite, Fact, Review, Source
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.forms import digest
from tajsec.text.spelling import nearest_run

Part = Literal["quote_found", "figures_match", "read_by"]

_FLAWS: Mapping[Flaw, tuple[str, str]] = {
    "absent": ("V101", "the quote"),
    "cut": ("V103", "no cut through a word, as in the quote"),
    "figure": ("V103", "the figure whole, with sign, unit and qualifier, not as in the quote"),
    "negation": ("V104", "the negation in the quote too, not"),
}
"""The code of each flaw of a quote, and what was expected."""


class Finding(NamedTuple):
    """A check that failed: what was found and what was expected.

    `fact` and `source` are "", and `passage` is 0, for a finding that concerns no fact, source or passage.
    """

    code: str
    fact: str
    source: str
    passage: int
    found: str
    expected: str


class Check(NamedTuple):
    """One check of a part: its finding if it failed; `is_run` is False if it could not be made."""

    part: Part
    finding: Finding | None = None
    is_run: bool = True


class Tally(NamedTuple):
    """How many checks of a part were run, how many of them passed, and how many could not be run."""

    run: int
    passed: int
    not_run: int


class AffectedFact(NamedTuple):
    """A fact that cites a passage which changed or is gone."""

    fact: str
    passage: int
    is_quote_found: bool
    """True if the quote is still in the passage."""


class TextReport(NamedTuple):
    """How another version of a source's text differs from the sealed one."""

    document: Document
    passages: Sequence[PassageChange]
    """The change of each sealed passage that is reported."""
    added: Sequence[int]
    """The numbers of the new passages."""
    affected: Sequence[AffectedFact]


class Unreached(NamedTuple):
    """A source whose page could not be fetched, and why."""

    source: str
    address: str
    reason: str


class Offline(NamedTuple):
    """A source without a page to fetch, and where it is kept."""

    source: str
    kept_at: str


class Verification(NamedTuple):
    """The results of all checks."""

    checks: Mapping[Part, Tally]
    findings: Sequence[Finding]
    last_checked: Sequence[LastChecked]
    texts: Sequence[TextReport]
    sealed: Sequence[Document]
    quoted: Sequence[Share]
    unreached: Sequence[Unreached]
    offline: Sequence[Offline]


class Records(Protocol):
    """What the checks need of a store, which has it; so have records that are in no store yet."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The names, with the units of quantities among them."""

    def facts(self) -> Sequence[Fact]:
        """Return all facts but withdrawn ones."""

    def sources(self) -> Sequence[Source]:
        """Return all sources."""

    def source(self, source_id: str) -> Source:
        """Return a source by id."""

    def reviews(self) -> Sequence[Review]:
        """Return the reviews, oldest first."""


def verify(
    store: Records,
    facts: Sequence[Fact],
    documents: Sequence[Document],
    *,
    quoted: Sequence[Share] = (),
    unreached: Sequence[Unreached] = (),
    offline: Sequence[Offline] = (),
    from_web: bool = False,
) -> Verification:
    """Check facts against the texts that the user has, against their quotes, and against the reviews.

    `quoted` are the shares of the sealed texts that are quoted; what is too much is among the findings.
    Of another version of a text, changes of passages that make claims and of headings are reported. Of a web page
    (`from_web`) headings are left out too, because extracting the main text of a page loses them.
    """
    roles: frozenset[Role] = CITABLE_ROLES if from_web else CITABLE_ROLES | {"heading"}
    sealed = {each.source: each for each in documents if each.sealed}
    reports = {
        each.source: _text_report(store, facts, each, sealed.get(each.source), roles)
        for each in documents
        if not each.sealed
    }
    found_quotes, readings = (reviews_of(facts, store.reviews(), kind) for kind in ("quotes", "reading"))
    checks = [
        *_quote_checks(facts, sealed, reports, found_quotes),
        *_source_checks(store, sealed.values()),
        *_figure_checks(store, facts),
        *_reading_checks(facts, readings),
    ]
    return Verification(
        checks={part: _tally([each for each in checks if each.part == part]) for part in get_args(Part)},
        findings=sorted({*(each.finding for each in checks if each.finding), *_too_much(quoted)}),
        last_checked=last_checked(facts, found_quotes),
        texts=list(reports.values()),
        sealed=list(sealed.values()),
        quoted=quoted,
        unreached=unreached,
        offline=offline,
    )


def _tally(checks: Sequence[Check]) -> Tally:
    run = sum(each.is_run for each in checks)
    failed = sum(each.finding is not None for each in checks)
    return Tally(run=run, passed=run - failed, not_run=len(checks) - run)


def _quote_checks(
    facts: Iterable[Fact],
    sealed: Mapping[str, Document],
    reports: Mapping[str, TextReport],
    reviews: Mapping[str, Review],
) -> Iterator[Check]:
    """Look for each quote in its passage of the sealed text, or else in the passages of the other version it became.

    Without a text for any source of a fact, the fact fails if it has changed since its quotes were last found.
    """
    changes = {(source, each.n): each for source, report in reports.items() for each in report.passages}
    for fact in facts:
        for cite in fact.cites:
            if cite.source in sealed:
                yield Check("quote_found", _in_sealed(fact, cite, sealed[cite.source]))
            elif change := changes.get((cite.source, cite.passage)):
                yield Check("quote_found", _in_other(fact, cite, change, reports[cite.source].document))
            else:
                yield Check("quote_found", is_run=False)
        if not {*sealed, *reports}.intersection(fact.sources) and (stale := _stale(fact, reviews, "V107")):
            yield Check("quote_found", stale)


def _in_sealed(fact: Fact, cite: Cite, document: Document) -> Finding | None:
    problem = flaw(cite.quote, document.line(cite.passage))
    if problem is None:
        return None
    kind, around = problem
    elsewhere = [str(n) for n, line in enumerate(document.lines, 1) if flaw(cite.quote, line) is None]
    if kind == "absent" and elsewhere:
        found = f"“{cite.quote}” in passage {' and '.join(elsewhere)}"
        return Finding("V102", fact.id, cite.source, cite.passage, found, f"it in passage {cite.passage}")
    code, expected = _FLAWS[kind]
    found = around or nearest_run(cite.quote, document.line(cite.passage))
    return Finding(code, fact.id, cite.source, cite.passage, f"“{found}”", f"{expected}: “{cite.quote}”")


def _in_other(fact: Fact, cite: Cite, change: PassageChange, document: Document) -> Finding | None:
    if change.kind in ("same", "moved"):
        return None
    if change.kind == "gone":
        return Finding("V106", fact.id, cite.source, cite.passage, "no such passage", f"“{cite.quote}”")
    now = " and ".join(map(str, change.now))
    if _is_quote_in(cite, change, document):
        found = f"a changed passage, now {now}, in which the quote still stands"
        return Finding("V105", fact.id, cite.source, cite.passage, found, "the passage as it was sealed")
    found = f"“{nearest_run(cite.quote, ' '.join(map(document.line, change.now)))}” in the changed passage, now {now}"
    return Finding("V106", fact.id, cite.source, cite.passage, found, f"“{cite.quote}”")


def _is_quote_in(cite: Cite, change: PassageChange, document: Document) -> bool:
    return any(flaw(cite.quote, document.line(n)) is None for n in change.now)


def _source_checks(store: Records, sealed: Iterable[Document]) -> Iterator[Check]:
    """Compare each sealed text with its record: the digest of every passage, and the words of the errata."""
    for document in sealed:
        source = store.source(document.source)
        for n, sealed_digest in ((passage.n, passage.sha256) for passage in source.passages):
            found = digest(document.line(n))
            finding = Finding("V109", "", source.id, n, f"the digest {found}", f"the sealed one, {sealed_digest}")
            yield Check("quote_found", None if found == sealed_digest else finding)
        for n, words in ((erratum.passage, erratum.says) for erratum in source.errata):
            line = document.line(n)
            finding = Finding("V108", "", source.id, n, f"“{nearest_run(words, line)}”", f"“{words}”")
            yield Check("quote_found", None if flaw(words, line) is None else finding)


def _too_much(quoted: Iterable[Share]) -> Iterator[Finding]:
    """Yield a finding for each document over half of which is quoted, and for each sentence that is quoted whole."""
    for share in (each for each in quoted if is_limited(each.source)):
        source = share.source
        if share.is_too_much:
            expected = f"at most {most_words(source)}; shorten quotes, or quote words that are quoted already"
            found = f"{share.quoted_words} of {source.claim_words} words in quotes"
            yield Finding("V401", "", source.id, 0, found, expected)
        for passage, text, facts in share.whole_sentences:
            found = f"every word of “{' '.join(text.split()[:4])} …” in quotes of {', '.join(facts)}"
            yield Finding("V402", "", source.id, passage, found, "one word or more of it in no quote")


def _figure_checks(store: Records, facts: Iterable[Fact]) -> Iterator[Check]:
    """Compare each fact with its quotes by every rule of `check.figures_match`."""
    sources = {source.id: source for source in store.sources()}
    for fact in facts:
        evidence = Evidence(fact=fact, sources=sources, vocabulary=store.vocabulary)
        for rule in RULES:
            for each in rule(evidence):
                at = fact.id, fact.cites[0].source, fact.cites[0].passage
                yield Check("figures_match", Finding(each.code, *at, each.found, each.expected) if each else None)


def _reading_checks(facts: Iterable[Fact], reviews: Mapping[str, Review]) -> Iterator[Check]:
    """Check that a reader has compared each fact as it is now."""
    for fact in facts:
        yield Check("read_by", _stale(fact, reviews, "V301"), is_run=fact.id in reviews)


def _stale(fact: Fact, reviews: Mapping[str, Review], code: str) -> Finding | None:
    """Return a finding if a fact was reviewed and has changed since."""
    review = reviews.get(fact.id)
    if review is None or review.is_current(fact):
        return None
    expected = f"{review.facts[fact.id]}, the hash of the fact that was compared on {review.date}"
    return Finding(code, fact.id, "", 0, f"content hash {fact.content_hash}", expected)


def _text_report(
    store: Records, facts: Sequence[Fact], document: Document, sealed: Document | None, roles: frozenset[Role]
) -> TextReport:
    """Compare another version of a text with the sealed one, and name the facts that cite changed passages."""
    source = store.source(document.source)
    quotes = defaultdict[int, list[str]](list)
    for cite in (cite for fact in store.facts() for cite in fact.cites if cite.source == source.id):
        quotes[cite.passage].append(cite.quote)
    changes = compare(source, document.lines, sealed=sealed.lines if sealed else None, quotes=quotes)
    reported = {each.n: each for each in changes if source.passages[each.n - 1].role in roles}
    return TextReport(
        document=document,
        passages=list(reported.values()),
        added=added(changes, document.lines),
        affected=[
            AffectedFact(fact.id, cite.passage, _is_quote_in(cite, change, document))
            for fact in facts
            for cite in fact.cites
            if cite.source == source.id
            and (change := reported.get(cite.passage))
            and change.kind in ("changed", "gone")
        ],
    )
