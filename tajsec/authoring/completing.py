"""Complete imported facts: names as ids; status, dates and quotes as they are proposed for a fact that is typed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tajsec.authoring import drafting
from tajsec.check.quoted_share import is_limited
from tajsec.model.kinds import TermKind
from tajsec.model.records import Contents, Source
from tajsec.model.vocabulary import Vocabulary
from tajsec.text.figures import date_keys
from tajsec.text.forms import fold

_KINDS: Mapping[str, TermKind] = {"actors": "actor", "topics": "topic", "places": "place", "people": "person"}
"""The keys of a fact with ids of terms."""
_READ = 400
"""Characters of a statement that are read, as one of thirty words has some 200: 10,000 rows of nothing but dates take
10 s of processor time, where whole statements of 1,700 characters took 60."""


class Completion:
    """Completes the keys of facts that are not checked yet: what is of a wrong type stays for the reader to report."""

    def __init__(self, contents: Contents, words: Callable[[Source, int], str]) -> None:
        """`contents` are the records beside which the facts are to be.

        `words` returns a passage of a source, by its number; UsageError if there is no copy of the source.
        """
        self._sources, self._words = contents.sources, words
        self._ids = {kind: _ids_by_name(contents.vocabulary, kind) for kind in (*_KINDS.values(), "unit")}

    def __call__(self, keys: dict[str, Any]) -> dict[str, Any]:
        """Return the keys with ids for names and aliases, and with quotes, `status`, `when` and `as_of` if missing.

        As in `tajsec new fact`, the date of an event is the first one of the statement, and what is not completed
        held when the source says so. Raises UsageError where a quote is to be proposed and there is no copy.
        """
        done = {key: self._resolved(_KINDS[key], value) if key in _KINDS else value for key, value in keys.items()}
        if isinstance(quantities := done.get("quantities"), list):
            done["quantities"] = list(map(self._with_unit, quantities))
        statement = done.get("statement")
        if not isinstance(statement, str):
            return done
        statement = statement[:_READ]
        if isinstance(cites := done.get("cites"), list):
            done["cites"] = [each for cite in cites for each in self._with_quotes(cite, statement)]
        if "status" not in done:
            quotes = (quote for cite in _tables(done.get("cites")) if isinstance(quote := cite.get("quote"), str))
            done["status"] = drafting.status(statement, quotes)
        if not done.keys() & {"when", "as_of"} and (dates := drafting.dates(statement)):
            done["when"] = dates[0]
        if "as_of" not in done and ("when" not in done or done["status"] != "completed"):
            said = self._said(done)
            done |= {"as_of": said} if said else {}
        return done

    def _resolved(self, kind: TermKind, names: object) -> object:
        return [self._id(kind, name) for name in names] if isinstance(names, list) else names

    def _id(self, kind: TermKind, name: object) -> object:
        return self._ids[kind].get(fold(name), name) if isinstance(name, str) else name

    def _with_unit(self, quantity: object) -> object:
        if not isinstance(quantity, dict) or "unit" not in quantity:
            return quantity
        return {**quantity, "unit": self._id("unit", quantity["unit"])}

    def _with_quotes(self, cite: object, statement: str) -> list[object]:
        """Return a cite once for each quote that is proposed, if it has none; else as it is."""
        if not isinstance(cite, dict) or cite.get("quote") or not (cited := self._cited(cite)):
            return [cite]
        source, n = cited
        known = date_keys([source.issued, source.updated, source.as_of, source.passages[n - 1].as_of])
        whole = not is_limited(source)
        quotes = drafting.quotes(statement, self._words(source, n), proven=set(known), whole=whole)
        return [{**cite, "quote": quote} for quote in quotes] or [cite]

    def _said(self, keys: Mapping[str, Any]) -> str:
        """Return the date at which the first cited passage says so, or "" if it is not known."""
        for cite in _tables(keys.get("cites")):
            if cited := self._cited(cite):
                source, n = cited
                return str(source.passages[n - 1].as_of or source.as_of or source.updated or source.issued or "")
        return ""

    def _cited(self, cite: Mapping[str, object]) -> tuple[Source, int] | None:
        """Return the source and the number of the passage that a cite names, or None if there is no such passage."""
        source, n = self._sources.get(str(cite.get("source"))), cite.get("passage")
        return (source, n) if source and isinstance(n, int) and 1 <= n <= len(source.passages) else None


def _ids_by_name(vocabulary: Vocabulary, kind: TermKind) -> dict[str, str]:
    """Return the id for each id, name and alias of a kind, folded; ids come first, as `Vocabulary.resolve` has it."""
    terms = vocabulary.of(kind).values()
    found = {fold(term.id): term.id for term in terms}
    for term in terms:
        for name in term.names:
            found.setdefault(fold(name), term.id)
    return found


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))
