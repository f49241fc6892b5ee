"""Writing down that facts were compared with their documents: the review that `verify` makes of the quotes it found."""

from collections.abc import Sequence

import tomli_w

from tajsec.errors import UsageError
from tajsec.model import Fact
from tajsec.protocol import Store
from tajsec.verify import Verification


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
