"""The JSON object of each answer: records and results as the dicts that `tajsec.output.json_types` declares.

Keys and types are a public interface: removing or changing one needs a new major version.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tajsec.errors import Problem
from tajsec.model.as_json import FACT_KEYS, body_of, record_of
from tajsec.model.kinds import CHANGE_KINDS, CITABLE_ROLES, TermKind
from tajsec.model.protocol import Store
from tajsec.model.records import Fact, Source
from tajsec.model.selection import EVERYTHING, Selection
from tajsec.output import json_types
from tajsec.text.dates import Edtf

if TYPE_CHECKING:
    from tajsec.analysis.coverage import Coverage, SourceCoverage
    from tajsec.analysis.differences import Difference
    from tajsec.analysis.summary import Summary
    from tajsec.analysis.totals import Total
    from tajsec.analysis.uncited import UncitedPassage
    from tajsec.check.changes import Change
    from tajsec.check.copies import Document
    from tajsec.check.quoted_share import Count, Share
    from tajsec.check.text_versions import PassageChange
    from tajsec.check.verify import Finding, TextReport, Verification
    from tajsec.cite.citation import Citation, Entry
    from tajsec.factcheck.claims import DateClaim
    from tajsec.factcheck.draft import Said
    from tajsec.factcheck.known import KnownFact, KnownFigure
    from tajsec.model.records import Cite
    from tajsec.store.revisions import Revision, Status


Shape = TypeVar("Shape", bound=Mapping[str, Any])


def envelope(command: str, key: str, records: Sequence[Mapping[str, object]], **more: object) -> dict[str, object]:
    """Return the object that a listing prints: its schema, what was asked (`more`), the count, and the records."""
    return {"schema": f"tajsec/{command}/1", **more, "count": len(records), key: list(records)}


def _object(shape: type[Shape], *records: object, **given: object) -> Shape:
    """Return a dict of type `shape`: each value is one of `given`, or an attribute of the first record that has it."""
    values = {key: given[key] if key in given else _attribute(records, key) for key in shape.__annotations__}
    return cast(Shape, values)


def _attribute(records: Sequence[object], key: str) -> object:
    """Return an attribute as a JSON value. Raises AttributeError if no record has it."""
    record = next((each for each in records if hasattr(each, key)), records[0])
    value = getattr(record, key)
    if isinstance(value, Edtf):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _objects(shape: type[Shape], records: Iterable[object]) -> list[Shape]:
    return [_object(shape, each) for each in records]


# ---------------------------------------------------------------- facts, names, sources


def fact_objects(store: Store, numbers: Sequence[int], *, aliases: bool = False) -> list[json_types.Fact]:
    """Return the JSON objects of facts, by the numbers of the facts in the store."""
    return list(map(json.loads, store.objects(numbers, aliases=aliases)))


def counted_terms(store: Store, kind: TermKind, selection: Selection) -> list[json_types.Term]:
    """Return the terms of a kind that selected facts have, in the order of the vocabulary, with the number of facts.

    A fact of a part counts for the whole too.
    """
    counts = store.count_by_term(kind, selection)
    terms = store.vocabulary.of(kind).values()
    return [_object(json_types.Term, term, facts=counts[term.id]) for term in terms if term.id in counts]


def source_object(store: Store, source: Source) -> json_types.Source:
    """Return a source with its bibliographic keys; its passages are counted, not listed."""
    return _object(
        json_types.Source,
        source,
        origin=store.origin(source.id),
        errata=_objects(json_types.Erratum, source.errata),
        passages=len(source.passages),
        claims=sum(passage.role in CITABLE_ROLES for passage in source.passages),
    )


def whole_source_object(store: Store, source: Source) -> json_types.WholeSource:
    """Return a source with its passages and the facts that cite each, and the facts of its copies that it lacks."""
    from tajsec.analysis.copies import only_in_copies
    from tajsec.check.quoted_share import counts_on_record

    found: list[json_types.OnlyInCopy] = [
        {"copy": copy.id, "title": copy.title, "id": fact.id, "statement": fact.statement}
        for copy, fact in only_in_copies(store, source.id)
    ]
    return _object(
        json_types.WholeSource,
        **source_object(store, source),
        **_quoted(source, counts_on_record(store).get(source.id)),
        outline=_outline(store, source),
        only_in_copy=found,
    )


def _outline(store: Store, source: Source) -> list[json_types.OutlinedPassage]:
    """Return the passages of a source, each with the ids of the facts that cite it."""
    facts = store.facts(Selection(sources=frozenset({source.id})))
    cited = {(cite.passage, fact.id): None for fact in facts for cite in fact.cites if cite.source == source.id}
    return [
        _object(json_types.OutlinedPassage, each, passage=each.n, cited_by=[fact for n, fact in cited if n == each.n])
        for each in source.passages
    ]


def citation_object(entry: "Entry", text: str) -> json_types.Citation:
    """Return an entry: its key, its facts and source, what is cited, and `text`, the citation in the chosen style."""
    from tajsec.cite.bibliography import csl_item

    return {
        "id": entry.key,
        "facts": [each.fact.id for each in entry.citations],
        "source": entry.source.id,
        "cites": [_cited_passage(each, cite) for each in entry.citations for cite in each.cites],
        "text": text,
        "csl": csl_item(entry),
    }


def _cited_passage(citation: "Citation", cite: "Cite") -> json_types.CitedPassage:
    from tajsec.cite.citation import link, section_of

    source = citation.source
    return _object(
        json_types.CitedPassage,
        cite,
        fact=citation.fact.id,
        section=section_of(source, cite),
        address=link(source, cite),
    )


def foresee(store: Store, differences: "Sequence[Difference]", *, aliases: bool = False) -> None:
    """Ask a store ahead for both facts of each difference."""
    pairs = [[each.fact, each.relation.to] for each in differences]
    store.together(lambda: [partial(store.numbers, each) for each in pairs])
    store.together(lambda: [partial(store.objects, store.numbers(each), aliases=aliases) for each in pairs])


def difference_object(store: Store, difference: "Difference", *, aliases: bool = False) -> json_types.Difference:
    """Return two facts that differ: the `kind` of difference from the first to the second, and which to `prefer`."""
    sides = store.numbers([difference.fact, difference.relation.to])
    return _object(json_types.Difference, difference.relation, facts=fact_objects(store, sides, aliases=aliases))


def pack_objects(store: Store, places: Mapping[str, tuple[str, str | None]]) -> list[json_types.Pack]:
    """Return the packs of a store with the counts of their facts and documents.

    `places` says by id where each was found, in a word, and its folder.
    """
    from tajsec.check.reviews import reviews_of

    every = store.facts()
    reviews = reviews_of(every, store.reviews(), "quotes")
    checked = Counter(fact.pack for fact in every if (last := reviews.get(fact.id)) and last.is_current(fact))
    facts = store.count_by_term("pack", EVERYTHING)
    documents = Counter(source.pack for source in store.sources())
    return [
        _object(
            json_types.Pack,
            pack,
            where=places[pack.id][0],
            path=places[pack.id][1],
            facts=facts.get(pack.id, 0),
            documents=documents[pack.id],
            checked=checked[pack.id],
            share=_share(checked[pack.id], facts.get(pack.id, 0)),
        )
        for pack in store.packs()
    ]


# ---------------------------------------------------------------- coverage, topics


def coverage_object(coverage: "Coverage", quoted: "Mapping[str, Count]") -> json_types.Coverage:
    """Return the coverage of each source, and the numbers of facts.

    `quoted` are the recorded counts of quoted words by source.
    """
    rows = [_covered_source(each, quoted.get(each.source.id)) for each in coverage.sources]
    cells = _objects(json_types.Cell, coverage.cells)
    groups = _objects(json_types.Group, coverage.groups)
    return {"schema": "tajsec/coverage/1", "count": len(rows), "sources": rows, "topics": cells, "groups": groups}


def uncited_object(uncited: "UncitedPassage") -> json_types.UncitedPassage:
    """Return a passage that no fact cites; what its words hold is None if they are not at hand."""
    found, passage = uncited.found, uncited.passage
    return {
        "source": uncited.source.id,
        "passage": passage.n,
        "section": passage.section,
        "role": passage.role,
        "words": passage.words,
        "opening": found.opening if found else None,
        "figures": list(found.figures) if found else None,
        "dates": list(found.dates) if found else None,
    }


def _covered_source(coverage: "SourceCoverage", quoted: "Count | None") -> json_types.CoveredSource:
    """Return how much of a source is cited and quoted; `share` is `cited` of `claims`, 0 to 1."""
    uncited = [_object(json_types.Uncited, each, passage=each.n) for each in coverage.uncited]
    return _object(
        json_types.CoveredSource,
        coverage,
        coverage.source,
        passages=len(coverage.source.passages),
        share=round(coverage.share, 4),
        uncited=uncited,
        **_quoted(coverage.source, quoted),
    )


def _quoted(source: Source, count: "Count | None") -> dict[str, object]:
    """Return how many words of the claims of a source are in quotes, as last counted."""
    words, quoted = source.claim_words, count.quoted_words if count else None
    return {
        "words": words,
        "quoted_words": quoted,
        "quoted_share": _share(quoted, words),
        "quoted_on": str(count.date) if count else None,
    }


def _share(count: int | None, words: int) -> float | None:
    return None if count is None else round(count / words, 4) if words else 0.0


def summary_object(store: Store, summary: "Summary", *, aliases: bool = False) -> json_types.Summary:
    """Return a summary; `facts` are those of its points and its key figures, `total` is the number of all facts."""
    profile = summary.profile
    facts = fact_objects(store, list(dict.fromkeys([*summary.points, *summary.figures])), aliases=aliases)
    ids = [each["id"] for each in facts]
    foresee(store, summary.differences, aliases=True)
    pairs = [_differing_pair(store, each) for each in summary.differences]
    return _object(
        json_types.Summary,
        summary,
        profile,
        schema="tajsec/summary/1",
        name=store.vocabulary.name("topic", summary.topic),
        actors=_counted(profile.actors),
        statuses=dict(profile.statuses),
        sources=_summary_sources(store, dict(profile.sources), pairs),
        points=ids[: len(summary.points)],
        figures=[each.id for each in store.by_numbers(summary.figures)],
        units={each: store.vocabulary.name("unit", each) for each in _units(facts, summary.totals)},
        totals=[_object(json_types.Total, each, of=list(each.facts)) for each in summary.totals],
        differences=pairs,
        count=len(facts),
        facts=facts,
    )


def _differing_pair(store: Store, difference: "Difference") -> json_types.DifferingPair:
    """Return two facts that differ, with the sources that either of them cites."""
    sides = [each.sources for each in store.facts_of([difference.fact, difference.relation.to])]
    sources = list(dict.fromkeys(source for side in sides for source in side))
    return _object(json_types.DifferingPair, difference, difference.relation, sources=sources)


def _summary_sources(
    store: Store, counts: Mapping[str, int], pairs: Sequence[json_types.DifferingPair]
) -> list[json_types.SummarySource]:
    """Return the sources of a summary: those of its facts by the number of these, then others of its differences."""
    names = dict.fromkeys([*counts, *(source for pair in pairs for source in pair["sources"])])
    return [
        _object(
            json_types.SummarySource, source, url=source.address, facts=counts.get(each, 0), origin=store.origin(each)
        )
        for each, source in ((each, store.source(each)) for each in names)
    ]


def _units(facts: Sequence[json_types.Fact], totals: Sequence["Total"]) -> list[str]:
    of_facts = (quantity["unit"] for fact in facts for quantity in fact["quantities"])
    return list(dict.fromkeys([*of_facts, *(total.unit for total in totals)]))


def _counted(pairs: Sequence[tuple[str, int]]) -> list[json_types.Counted]:
    return [{"id": name, "facts": count} for name, count in pairs]


def topic_row(store: Store, summary: "Summary") -> json_types.Topic:
    """Return a topic on one line: the numbers of its facts, figures, differences and sources."""
    return _object(
        json_types.Topic,
        summary,
        id=summary.topic,
        name=store.vocabulary.name("topic", summary.topic),
        facts=summary.profile.total,
        figures=len(summary.figures) + summary.more_figures,
        differences=len(summary.differences),
        sources=len(summary.profile.sources),
    )


# ---------------------------------------------------------------- checks


def problem_object(problem: Problem) -> json_types.Problem:
    """Return a mistake in the data; `line` is None if no line is known, `about` the command that explains the code."""
    return _object(json_types.Problem, problem, line=problem.line or None, about=f"tajsec help {problem.code}")


def change_object(change: "Change") -> json_types.Change:
    """Return a record that differs between two stores, with its changed keys."""
    return _object(json_types.Change, change, keys=_objects(json_types.KeyChange, change.keys))


def revision_objects(revisions: "Sequence[Revision]") -> list[json_types.Revision]:
    """Return the revisions of a fact, the oldest first, each with the keys that it changed."""
    from tajsec.check.changes import changed_keys

    facts = [record_of(Fact, json.loads(each.body)) for each in revisions]
    keys = [{key: value for key, value in body_of(fact).items() if key in FACT_KEYS} for fact in facts]
    return [
        _object(
            json_types.Revision,
            each,
            statement=fact.statement,
            keys=_objects(json_types.KeyChange, changed_keys(was, now) if each.revision > 1 else ()),
        )
        for each, fact, was, now in zip(revisions, facts, [{}, *keys], keys, strict=False)
    ]


def server_object(shown: str, status: "Status") -> json_types.Server:
    """Return what a store on a server holds; `shown` is its address without a password."""
    packs = _objects(json_types.StoredPack, status.packs)
    return _object(json_types.Server, status, store=shown, packs=packs, bytes=status.size)


def verification_object(verification: "Verification", filters: Mapping[str, object]) -> json_types.Verification:
    """Return the result of `tajsec verify`: the counts of its three checks, and every finding."""
    return _object(
        json_types.Verification,
        verification,
        schema="tajsec/verify/1",
        filters=filters,
        checks=dict(
            zip(verification.checks, _objects(json_types.Tally, list(verification.checks.values())), strict=True)
        ),
        last_checked=_objects(json_types.LastChecked, verification.last_checked),
        texts=[*map(_sealed_text, verification.sealed), *map(_changed_text, verification.texts)],
        quoted=list(map(_quoted_text, verification.quoted)),
        unreached=_objects(json_types.Unreached, verification.unreached),
        offline=_objects(json_types.Offline, verification.offline),
        count=len(verification.findings),
        findings=list(map(_finding, verification.findings)),
    )


def _sealed_text(document: "Document") -> json_types.SealedText:
    return _object(json_types.SealedText, document, text=document.name)


def _quoted_text(share: "Share") -> json_types.QuotedText:
    """Return how many words of a source are in quotes."""
    words = share.source.claim_words
    more = {"source": share.source.id, "words": words, "quoted_share": _share(share.quoted_words, words)}
    return _object(json_types.QuotedText, share, rights=share.source.rights, **more)


def _changed_text(report: "TextReport") -> json_types.ChangedText:
    """Return how each passage changed in another version of a text, and the facts that cite changed passages."""
    counts: dict[str, int] = {kind: sum(each.kind == kind for each in report.passages) for kind in CHANGE_KINDS}
    return _object(
        json_types.ChangedText,
        report,
        report.document,
        text=report.document.name,
        counts=counts | {"added": len(report.added)},
        passages=list(map(_passage_change, report.passages)),
        facts=[
            _object(json_types.AffectedFact, each, id=each.fact, stands=each.is_quote_found) for each in report.affected
        ],
    )


def _passage_change(change: "PassageChange") -> json_types.PassageChange:
    words = _objects(json_types.WordChange, change.words)
    more = {"passage": change.n, "change": change.kind, "words": words, "every_word": change.is_whole}
    return _object(json_types.PassageChange, change, **more)


def factcheck_object(store: Store, draft: str, said: "Sequence[Said]", *, since: str | None) -> json_types.FactCheck:
    """Return the findings of a draft, and below `facts` every fact that they name, whole."""
    from tajsec.factcheck.draft import FLAGS

    findings = list(map(_draft_finding, said))
    named = dict.fromkeys(value["fact"] for each in findings for value in each["values"])
    return {
        "schema": "tajsec/factcheck/1",
        "draft": draft,
        "since": since,
        "flags": {flag: sum(each.flag == flag for each in said) for flag in FLAGS},
        "facts": fact_objects(store, store.numbers(list(named))),
        "count": len(findings),
        "findings": findings,
    }


def _draft_finding(said: "Said") -> json_types.DraftFinding:
    from tajsec.factcheck.claims import FigureClaim

    claim = said.claim
    figure = claim.context.figure if isinstance(claim, FigureClaim) else None
    first, last = (None, None) if claim is None or isinstance(claim, FigureClaim) else _ends(claim)
    values = [
        *(_draft_value(each.known, each.standing, each.figure) for each in said.beside),
        *(_draft_value(each, "newer", _alike(each, said)) for each in said.newer),
        *(_draft_value(each, "differs", _alike(each, said)) for each in said.partners),
    ]
    more = {"value": figure and figure.value, "unit": figure and figure.unit, "qualifier": figure and figure.qualifier}
    return _object(json_types.DraftFinding, said, **more, first=first, last=last, values=values)


def _draft_value(known: "KnownFact", how: str, figure: "KnownFigure | None") -> json_types.DraftValue:
    """Return a fact beside a claim: its figure, or else its time, in words."""
    from tajsec.output import wording

    fact = known.fact
    quantity = _object(json_types.Quantity, figure.quantity) if figure and figure.quantity else None
    when, as_of = (str(each) if each else None for each in (fact.when, fact.as_of))
    text = wording.per_period(quantity) if quantity else figure.text if figure else wording.date(when, "")
    return {"fact": fact.id, "how": how, "text": text, "quantity": quantity, "when": when, "as_of": as_of}


def _alike(known: "KnownFact", said: "Said") -> "KnownFigure | None":
    """Return the figure of a fact that counts in the unit of the fact beside the claim; None if none does."""
    figure = next((each.figure for each in said.beside if each.figure), None)
    unit = figure.quantity.unit if figure and figure.quantity else None
    return next((each for each in known.figures if unit and each.quantity and each.quantity.unit == unit), None)


def _ends(claim: "DateClaim") -> tuple[str | None, str | None]:
    """Return the first and the last day of a date as ISO dates; None for an open end."""
    from tajsec.text.dates import FIRST_DAY, LAST_DAY

    (first, last), *_ = claim.spans
    return tuple(  # type: ignore[return-value]
        None if day in (FIRST_DAY, LAST_DAY) else "{:04}-{:02}-{:02}".format(*day) for day in (first, last)
    )


def _finding(finding: "Finding") -> json_types.Finding:
    """Return a failed check; `fact`, `source` and `passage` are None if the check is not about one."""
    absent: dict[str, object] = {key: getattr(finding, key) or None for key in ("fact", "source", "passage")}
    return _object(json_types.Finding, finding, **absent)
