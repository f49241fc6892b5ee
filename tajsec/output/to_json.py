"""The JSON of every command: one object, its shape named by `schema`, the records always whole.

Functions give plain dicts; `tajsec.jsontext` makes text of them. Keys and shapes are a promise: dropping or changing
one is a major version.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tajsec.errors import Problem
from tajsec.model.as_json import erratum_object, relation_object
from tajsec.model.kinds import CHANGE_KINDS, CITABLE_ROLES, TermKind
from tajsec.model.protocol import Store
from tajsec.model.records import Source
from tajsec.model.selection import Selection
from tajsec.model.vocabulary import Term
from tajsec.text.jsontext import Json

if TYPE_CHECKING:
    from tajsec.analysis.coverage import Coverage, SourceCoverage
    from tajsec.analysis.differences import Dispute
    from tajsec.analysis.summary import Summary
    from tajsec.analysis.totals import Total
    from tajsec.check.changes import Difference
    from tajsec.check.copies import Document
    from tajsec.check.verify import Finding, TextReport, Verification
    from tajsec.cite.citation import Citation


def envelope(command: str, key: str, records: Sequence[Json], **more: object) -> Json:
    """Give the object that every listing prints: schema, what was asked, count, records."""
    return {"schema": f"tajsec/{command}/1", **more, "count": len(records), key: list(records)}


def fact_objects(store: Store, numbers: Sequence[int]) -> list[Json]:
    """Give facts whole."""
    return list(map(json.loads, store.objects(numbers)))


def term_object(term: Term, facts: int) -> Json:
    """Give a name of the vocabulary, with the number of facts it stands in (its parts counted with it)."""
    return {
        "id": term.id,
        "name": term.name,
        "aliases": list(term.aliases),
        "about": term.about,
        "part_of": term.part_of,
        "facts": facts,
    }


def source_object(store: Store, source: Source) -> Json:
    """Give a source with its bibliographic keys; passages are counted, not listed."""
    return {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "author": list(source.author),
        "publisher": source.publisher,
        "container_title": source.container_title,
        "issued": str(source.issued) if source.issued else None,
        "updated": str(source.updated) if source.updated else None,
        "accessed": str(source.accessed) if source.accessed else None,
        "as_of": str(source.as_of) if source.as_of else None,
        "url": source.url,
        "archive_url": source.archive_url,
        "language": source.language,
        "file": source.file,
        "text_sha256": source.text_sha256,
        "derived_from": source.derived_from,
        "origin": store.origin(source.id),
        "notes": list(source.notes),
        "errata": [erratum_object(each) for each in source.errata],
        "passages": len(source.passages),
        "claims": sum(passage.role in CITABLE_ROLES for passage in source.passages),
    }


def citation_object(citation: "Citation", text: str) -> Json:
    """Give a citation: its key, the fact and source it joins, and its text in the style asked for."""
    from tajsec.cite.bibliography import csl_items

    first = citation.cites[0]
    keys = {"id": citation.key, "fact": citation.fact.id, "source": first.source, "passage": first.passage}
    cites = [{"passage": cite.passage, "quote": cite.quote} for cite in citation.cites]
    return {**keys, "quote": first.quote, "cites": cites, "text": text, "csl": csl_items([citation])[0]}


def coverage_object(coverage: "Coverage") -> Json:
    """Give the coverage of each source, and the facts by topic, year and source."""
    cells = [{"topic": c.topic, "year": c.year, "source": c.source, "facts": c.facts} for c in coverage.cells]
    return {**envelope("coverage", "sources", list(map(coverage_row, coverage.sources))), "topics": cells}


def coverage_row(coverage: "SourceCoverage") -> Json:
    """Give how much of one source is cited; `share` is `cited` of `claims`, 0 to 1."""
    uncited = [{"passage": each.n, "section": each.section, "role": each.role} for each in coverage.uncited]
    return {
        "id": coverage.source.id,
        "title": coverage.source.title,
        "passages": len(coverage.source.passages),
        "claims": coverage.claims,
        "cited": coverage.cited,
        "share": round(coverage.share, 4),
        "uncited": uncited,
        "facts": coverage.facts,
    }


def summary_object(store: Store, summary: "Summary") -> Json:
    """Give a summary; its key figures are whole facts under `facts`, its `total` counts the facts of the topic."""
    profile = summary.profile
    return {
        "schema": "tajsec/summary/1",
        "topic": summary.topic,
        "total": profile.total,
        "first": str(summary.first) if summary.first else None,
        "last": str(summary.last) if summary.last else None,
        "actors": [{"id": actor, "facts": count} for actor, count in profile.actors],
        "statuses": dict(profile.statuses),
        "sources": [{"id": source, "facts": count} for source, count in profile.sources],
        "origins": summary.origins,
        "totals": [total_object(each) for each in summary.totals],
        "disagreements": [
            {"fact": each.fact, "to": each.relation.to, **relation_object(each.relation)}
            for each in summary.disagreements
        ],
        "more_figures": summary.more_figures,
        "count": len(summary.figures),
        "facts": fact_objects(store, summary.figures),
    }


def topic_row(store: Store, summary: "Summary") -> Json:
    """Give a topic on one line: how many facts, from when to when, how many figures and disagreements."""
    return {
        "id": summary.topic,
        "name": store.vocabulary.name("topic", summary.topic),
        "facts": summary.profile.total,
        "first": str(summary.first) if summary.first else None,
        "last": str(summary.last) if summary.last else None,
        "figures": len(summary.figures) + summary.more_figures,
        "disagreements": len(summary.disagreements),
        "sources": len(summary.profile.sources),
        "origins": summary.origins,
    }


def total_object(total: "Total") -> Json:
    """Give a sum of parts of the fact `whole`: which figures were added, and which were not and why."""
    left_out = [
        {
            "fact": each.fact,
            "value": each.quantity.value,
            "qualifier": each.quantity.qualifier,
            "reason": each.reason,
            "other": each.other,
        }
        for each in total.left_out
    ]
    keys = {"whole": total.whole, "value": total.value, "unit": total.unit, "qualifier": total.qualifier}
    return {**keys, "of": list(total.facts), "left_out": left_out}


def dispute_object(store: Store, dispute: "Dispute") -> Json:
    """Give two facts that differ: what `kind` of difference the first has to the second, and which one to `prefer`."""
    sides = [store.number(each) for each in (dispute.fact, dispute.relation.to)]
    return {**relation_object(dispute.relation), "facts": fact_objects(store, sides)}


def difference_object(difference: "Difference") -> Json:
    """Give a record that is not the same in two stores."""
    keys = [{"key": each.key, "was": each.was, "now": each.now} for each in difference.keys]
    head = {"change": difference.change, "kind": difference.kind, "id": difference.id}
    return {**head, "statement": difference.statement, "keys": keys}


# ---------------------------------------------------------------- what verify found


def verification_object(verification: "Verification", **asked: object) -> Json:
    """Give the three parts of a check with what was run, passed and not run, and everything that failed."""
    checks = {
        part: {"run": tally.run, "passed": tally.passed, "not_run": tally.not_run}
        for part, tally in verification.checks.items()
    }
    last_checked = [
        {"source": each.source, "date": each.date, "text_sha256": each.text_sha256, "quotes": each.quotes}
        for each in verification.last_checked
    ]
    texts = [*map(_sealed_object, verification.sealed), *map(text_report_object, verification.texts)]
    found = {"checks": checks, "last_checked": last_checked, "texts": texts}
    findings = list(map(finding_object, verification.findings))
    unreached = [
        {"source": each.source, "address": each.address, "reason": each.reason} for each in verification.unreached
    ]
    return envelope("verify", "findings", findings, **asked, **found, unreached=unreached)


def _sealed_object(document: "Document") -> Json:
    return {"source": document.source, "text": document.name, "sha256": document.sha256, "sealed": True}


def text_report_object(report: "TextReport") -> Json:
    """Give what became of each passage in another version of a text, and which facts that touches."""
    document = report.document
    head = {"source": document.source, "text": document.name, "sha256": document.sha256, "sealed": False}
    counts = {kind: sum(each.kind == kind for each in report.passages) for kind in CHANGE_KINDS}
    return {
        **head,
        "counts": {**counts, "added": len(report.added)},
        "passages": [
            {
                "passage": each.n,
                "change": each.kind,
                "now": list(each.now),
                "words": [{"was": words.was, "now": words.now} for words in each.words],
                "every_word": each.is_whole,
            }
            for each in report.passages
        ],
        "added": list(report.added),
        "facts": [{"id": each.fact, "passage": each.passage, "stands": each.stands} for each in report.touched],
    }


def finding_object(finding: "Finding") -> Json:
    """Give a check that failed: what stands there and what was expected."""
    where = {"fact": finding.fact or None, "source": finding.source or None, "passage": finding.passage or None}
    return {"code": finding.code, **where, "found": finding.found, "expected": finding.expected}


def problem_object(problem: Problem) -> Json:
    """Give a problem of the data."""
    line = problem.line or None
    return {"code": problem.code, "file": problem.file, "line": line, "path": problem.path, "what": problem.what}


def counted_terms(store: Store, kind: TermKind, selection: Selection) -> list[Json]:
    """Give the terms of a kind that stand in a selected fact, in the order of the vocabulary."""
    counts = store.count_by_term(kind, selection)
    terms = store.vocabulary.of(kind).values()
    return [term_object(term, counts[term.id]) for term in terms if term.id in counts]
