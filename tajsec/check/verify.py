"""The three-part check of facts, reported as three: quote found, figures match, read by.

1. `quote_found`: each quote is a contiguous run of words of its passage (`tajsec.quotes`), in a text whose passage has
   the sealed digest. It needs the text; without one, the record tells when that was last done, and on which digest.
2. `figures_match`: what the fact says stands in its quotes (`tajsec.evidence`). It needs no text.
3. `read_by`: a reader compared the fact with its documents, and it has not changed since.

A check that could not be made counts as not run, never as passed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import tomli_w

from tajsec.check.copies import Document
from tajsec.check.figures_match import RULES, Evidence
from tajsec.check.quotes import Flaw, flaw
from tajsec.check.text_versions import PassageChange, added, compare
from tajsec.errors import UsageError
from tajsec.model.kinds import CITABLE_ROLES, REVIEW_KINDS, ReviewKind, Role
from tajsec.model.protocol import Store
from tajsec.model.records import Cite, Fact, Review
from tajsec.text.forms import digest
from tajsec.text.spelling import nearest_run

Part = Literal["quote_found", "figures_match", "read_by"]


PARTS: tuple[Part, ...] = ("quote_found", "figures_match", "read_by")


_FLAWS: Mapping[Flaw, tuple[str, str]] = {
    "absent": ("V101", "the quote"),
    "cut": ("V103", "no cut through a word, as in the quote"),
    "figure": ("V103", "the figure whole, with sign, unit and qualifier, not as in the quote"),
    "negation": ("V104", "the negation in the quote too, not"),
}
"""What is wrong with a quote: its code, and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """A check that failed: what stands there (`found`) and what was expected. `passage` is 0 where there is none."""

    code: str
    fact: str
    source: str = ""
    passage: int = 0
    found: str
    expected: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many checks of a part were run, how many of them passed, and how many could not be run."""

    run: int = 0
    passed: int = 0
    not_run: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A fact that cites a passage which changed: whether its quote still stands there."""

    fact: str
    passage: int
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReport:
    """How another version of a source's text stands to the sealed one."""

    document: Document
    passages: Sequence[PassageChange]
    added: Sequence[int]
    touched: Sequence[Touched]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChecked:
    """When the quotes of a source were last found in a text, on which digest, and for how many of its quotes."""

    source: str
    date: str
    text_sha256: str
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A source whose page could not be fetched, and why."""

    source: str
    address: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was checked and found."""

    checks: Mapping[Part, Tally]
    findings: Sequence[Finding]
    last_checked: Sequence[LastChecked]
    texts: Sequence[TextReport]
    sealed: Sequence[Document]
    unreached: Sequence[Unreached]


def verify(
    store: Store,
    facts: Sequence[Fact],
    held: Sequence[Document],
    *,
    unreached: Sequence[Unreached] = (),
    from_web: bool = False,
) -> Verification:
    """Check facts against the texts that are held, their quotes and the records of reviews.

    Of another version every passage is reported on but furniture; of a page of the web (`from_web`) those that make
    claims, for an extractor of main texts leaves headings out.
    """
    check = _Check(store=store, facts=facts, roles=CITABLE_ROLES if from_web else CITABLE_ROLES | {"heading"})
    for document in held:
        if document.sealed:
            check.sealed[document.source] = document
    for document in held:
        if not document.sealed:
            check.compare_text(document)
    for fact in facts:
        check.quotes_of(fact)
        check.figures_of(fact)
        check.reading_of(fact)
    check.source_records()
    return Verification(
        checks=check.checks,
        findings=sorted(set(check.findings)),
        last_checked=check.last_checked(),
        texts=list(check.reports.values()),
        sealed=list(check.sealed.values()),
        unreached=unreached,
    )


@dataclass(kw_only=True)
class _Check:
    """The state of one verification."""

    store: Store
    facts: Sequence[Fact]
    roles: frozenset[Role]
    sealed: dict[str, Document] = field(default_factory=dict)
    reports: dict[str, TextReport] = field(default_factory=dict)
    changes: dict[str, dict[int, PassageChange]] = field(default_factory=dict)
    """Source -> passage -> what became of it, for the passages that are reported on."""
    findings: list[Finding] = field(default_factory=list)
    checks: dict[Part, Tally] = field(default_factory=lambda: {part: Tally() for part in PARTS})

    def __post_init__(self) -> None:
        self.sources = {source.id: source for source in self.store.sources()}
        self.reviews = {kind: _last_reviews(self.store.reviews(), kind) for kind in REVIEW_KINDS}

    # ------------------------------------------------------------ part 1

    def compare_text(self, document: Document) -> None:
        """Compare another version of a text with the sealed one, and note what the facts lose by it."""
        source = self.sources[document.source]
        quotes = defaultdict[int, list[str]](list)
        for fact in self.store.facts():
            for cite in fact.cites:
                if cite.source == source.id:
                    quotes[cite.passage].append(cite.quote)
        sealed = self.sealed.get(source.id)
        changes = compare(source, document.lines, sealed=sealed.lines if sealed else None, quotes=quotes)
        told = {each.n: each for each in changes if source.passages[each.n - 1].role in self.roles}
        self.changes[source.id] = told
        self.reports[source.id] = TextReport(
            document=document,
            passages=list(told.values()),
            added=added(changes, document.lines),
            touched=list(self._touched(document, told)),
        )

    def _touched(self, document: Document, changes: Mapping[int, PassageChange]) -> Iterator[Touched]:
        for fact in self.facts:
            for cite in fact.cites:
                change = changes.get(cite.passage)
                if cite.source == document.source and change and change.kind in ("changed", "gone"):
                    yield Touched(
                        fact=fact.id,
                        passage=cite.passage,
                        stands=_stands(cite, (document.lines[n - 1] for n in change.now)),
                    )

    def quotes_of(self, fact: Fact) -> None:
        """Look for each quote in the passage of the sealed text, or else where the passage stands in another one."""
        for cite in fact.cites:
            if cite.source in self.sealed:
                self._tell("quote_found", self._in_sealed(fact, cite, self.sealed[cite.source]))
            elif change := self.changes.get(cite.source, {}).get(cite.passage):
                document = self.reports[cite.source].document
                self._tell("quote_found", self._in_other(fact, cite, change, document))
            else:
                self.checks["quote_found"].not_run += 1
        if not any(cite.source in self.sealed or cite.source in self.reports for cite in fact.cites):
            stale = self._changed_since("quotes", fact, "V107")
            if stale:
                self._tell("quote_found", stale)

    @staticmethod
    def _in_sealed(fact: Fact, cite: Cite, document: Document) -> Finding | None:
        problem = flaw(cite.quote, document.line(cite.passage))
        if problem is None:
            return None
        kind, around = problem
        elsewhere = [str(n) for n, line in enumerate(document.lines, 1) if flaw(cite.quote, line) is None]
        if kind == "absent" and elsewhere:
            found = f"“{cite.quote}” in passage {' and '.join(elsewhere)}"
            return _finding("V102", fact.id, cite, found, f"it in passage {cite.passage}")
        code, expected = _FLAWS[kind]
        found = around or nearest_run(cite.quote, document.line(cite.passage))
        return _finding(code, fact.id, cite, f"“{found}”", f"{expected}: “{cite.quote}”")

    @staticmethod
    def _in_other(fact: Fact, cite: Cite, change: PassageChange, document: Document) -> Finding | None:
        if change.kind in ("same", "moved"):
            return None
        lines = [document.line(n) for n in change.now]
        if change.kind == "gone":
            return _finding("V106", fact.id, cite, "no such passage", f"“{cite.quote}”")
        now = " and ".join(map(str, change.now))
        if _stands(cite, lines):
            found = f"a changed passage, now {now}, in which the quote still stands"
            return _finding("V105", fact.id, cite, found, "the passage as it was sealed")
        found = f"“{nearest_run(cite.quote, ' '.join(lines))}” in the changed passage, now {now}"
        return _finding("V106", fact.id, cite, found, f"“{cite.quote}”")

    def source_records(self) -> None:
        """Hold the record of each sealed text against it: the digest of every passage, and the words of the errata."""
        for name, document in self.sealed.items():
            source = self.sources[name]
            for passage in source.passages:
                found, at = digest(document.line(passage.n)), Cite(source=name, passage=passage.n, quote="")
                finding = _finding("V109", "", at, f"the digest {found}", f"the sealed one, {passage.sha256}")
                self._tell("quote_found", None if found == passage.sha256 else finding)
            for erratum in source.errata:
                at, line = Cite(source=name, passage=erratum.passage, quote=""), document.line(erratum.passage)
                finding = _finding("V108", "", at, f"“{nearest_run(erratum.says, line)}”", f"“{erratum.says}”")
                self._tell("quote_found", None if flaw(erratum.says, line) is None else finding)

    # ------------------------------------------------------------ parts 2 and 3

    def figures_of(self, fact: Fact) -> None:
        """Hold the fact against its quotes."""
        evidence = Evidence(fact=fact, sources=self.sources, vocabulary=self.store.vocabulary)
        for rule in RULES:
            for each in rule(evidence):
                finding = _finding(each.code, fact.id, fact.cites[0], each.found, each.expected) if each else None
                self._tell("figures_match", finding)

    def reading_of(self, fact: Fact) -> None:
        """See whether a reader has compared the fact as it is now."""
        if fact.id in self.reviews["reading"]:
            self._tell("read_by", self._changed_since("reading", fact, "V301"))
        else:
            self.checks["read_by"].not_run += 1

    def _changed_since(self, kind: ReviewKind, fact: Fact, code: str) -> Finding | None:
        """Tell that a fact is no longer what was compared in the last review of a kind."""
        review = self.reviews[kind].get(fact.id)
        if review is None or review.facts[fact.id] == fact.content_hash:
            return None
        expected = f"{review.facts[fact.id]}, the hash of the fact that was compared on {review.date}"
        return Finding(code=code, fact=fact.id, found=f"content hash {fact.content_hash}", expected=expected)

    def last_checked(self) -> list[LastChecked]:
        """Give when the quotes of each source were last found in a text, as the reviews tell."""
        quotes = defaultdict[tuple[str, str, str], int](int)
        for fact in self.facts:
            review = self.reviews["quotes"].get(fact.id)
            if review and review.facts[fact.id] == fact.content_hash:
                for cite in fact.cites:
                    if cite.source in review.texts:
                        quotes[cite.source, str(review.date), review.texts[cite.source]] += 1
        return [
            LastChecked(source=source, date=date, text_sha256=sha256, quotes=count)
            for (source, date, sha256), count in sorted(quotes.items())
        ]

    def _tell(self, part: Part, finding: Finding | None) -> None:
        tally = self.checks[part]
        tally.run += 1
        if finding is None:
            tally.passed += 1
        else:
            self.findings.append(finding)


def _finding(code: str, fact: str, cite: Cite, found: str, expected: str) -> Finding:
    return Finding(code=code, fact=fact, source=cite.source, passage=cite.passage, found=found, expected=expected)


def _last_reviews(reviews: Iterable[Review], kind: ReviewKind) -> dict[str, Review]:
    """Give the last review of a kind for each fact; they come oldest first."""
    return {fact: review for review in reviews if review.kind == kind for fact in review.facts}


def _stands(cite: Cite, lines: Iterable[str]) -> bool:
    return any(flaw(cite.quote, line) is None for line in lines)


def review_of_quotes(store: Store, done: Verification, facts: Sequence[Fact], date: str) -> str:
    """Give the TOML of a review for the facts whose every quote was found in a sealed text, each with its content hash.

    Raises UsageError if there is none.
    """
    texts = {document.source: document.sha256 for document in done.sealed}
    faulty = {finding.fact for finding in done.findings}
    found = [fact for fact in facts if fact.id not in faulty and set(fact.sources) <= set(texts)]
    if not found:
        raise UsageError("no quote was found in a sealed text; give the texts with --text")
    review = {
        "kind": "quotes",
        "date": date,
        "compared": "every quote with the words of its passage, by tajsec verify --text",
        "texts": {source: texts[source] for source in sorted(texts)},
        "facts": {fact.id: fact.content_hash for fact in sorted(found, key=lambda fact: fact.id)},
    }
    return tomli_w.dumps({"review": [review]})
